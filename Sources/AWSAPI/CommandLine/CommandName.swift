/// Names as the AWS CLI writes them: `CreateSAMLProvider` as `create-saml-provider`.
enum CommandName {
  /// The AWS CLI's own rule, so that its users find what they know: a dash before each capital that starts a word and
  /// behind each run of small letters or digits, and a plural of an abbreviation at the end (`ARNs`) kept together.
  static func kebab(_ name: String) -> String {
    let bytes = Array(name.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8)
    let plural = startOfPlural(bytes)
    for (index, byte) in bytes.enumerated() {
      if index > 0, isCapital(byte), index <= plural {
        let startsWord = index + 1 < bytes.count && isSmall(bytes[index + 1])
        if index == plural || startsWord || isSmall(bytes[index - 1]) || isDigit(bytes[index - 1]) {
          result.append(UInt8(ascii: "-"))
        }
      }
      result.append(isCapital(byte) ? byte | 0x20 : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where an abbreviation in the plural starts that ends the name; behind the name's end where there is none.
  private static func startOfPlural(_ bytes: [UInt8]) -> Int {
    guard bytes.last == UInt8(ascii: "s") else { return bytes.count }
    let capitals = bytes.dropLast().reversed().prefix(while: isCapital).count
    return capitals >= 2 ? bytes.count - 1 - capitals : bytes.count
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Operation {
  /// What the AWS CLI calls the operation: `iam create-role`, `s3api put-object`.
  package var commandWords: [String] {
    [service.commandWord, CommandName.kebab(name)]
  }
}
