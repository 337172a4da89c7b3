/// An Amazon Resource Name, split at its first five colons.
public struct ARN: Sendable, Hashable, CustomStringConvertible {
  /// `aws`, `aws-cn`, `aws-us-gov`.
  public var partition: String
  /// The service's namespace, `iam`, `s3`.
  public var service: String
  /// Empty for global services.
  public var region: String
  /// Twelve digits, `aws` for what AWS owns, or empty (S3's buckets and objects).
  public var account: String
  /// Everything behind the fifth colon, colons and slashes included.
  public var resource: String

  /// Splits `text`; `nil` where it does not begin with `arn:` or has fewer than five colons.
  public init?(_ text: some StringProtocol) {
    // Bytes rather than characters: names are split for every request, and a colon is one byte wherever it stands.
    let bytes = text.utf8
    var colons: [String.UTF8View.Index] = []
    var index = bytes.startIndex
    while colons.count < 5, index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: ":") { colons.append(index) }
      bytes.formIndex(after: &index)
    }
    guard colons.count == 5, bytes[..<colons[0]].elementsEqual("arn".utf8) else { return nil }
    func part(_ number: Int) -> String { String(text[bytes.index(after: colons[number - 1])..<colons[number]]) }
    partition = part(1)
    service = part(2)
    region = part(3)
    account = part(4)
    resource = String(text[bytes.index(after: colons[4])...])
  }

  /// Whether `text` has the parts of an ARN, without taking it apart.
  static func isOne(_ text: String) -> Bool {
    text.utf8.starts(with: "arn:".utf8) && text.utf8.count { $0 == UInt8(ascii: ":") } >= 5
  }

  /// Whether `text` is the number of an account, twelve digits.
  static func isAccount(_ text: String) -> Bool { text.utf8.count == 12 && text.utf8.allSatisfy(ASCII.isDigit) }

  /// The name as it is written.
  public var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }
}
