/// A query parameter or header of an S3 request, and what S3 says where it is wrong.
///
/// The messages are those that S3 was seen to answer; where none is known, `InvalidArgument` names the argument.
struct S3Argument {
  let member: StructureShape.Member
  /// The name on the wire.
  let name: String

  init(_ member: StructureShape.Member, name: String) {
    self.member = member
    self.name = name
  }

  /// The value that `text` stands for.
  func value(_ text: String) throws(AWSError) -> AWSValue {
    guard let value = AWSValue(wireText: text, member.shape) else { throw unreadable(text) }
    if case .integer(let number) = value, case .query = member.location, Int32(exactly: number) == nil {
      throw unreadable(text)
    }
    return value
  }

  /// The numbers that S3 accepts; of most its models do not say.
  var range: ClosedRange<Int> {
    if case .integer(let range?) = member.shape { return range }
    if name == "partNumber" { return 1...10_000 }
    // Headers carry sizes, which may be those of a large object.
    if case .header = member.location { return 0...Int.max }
    return 0...Int(Int32.max)
  }

  /// S3's answer to a text that is no number, truth value or time where one must be.
  func unreadable(_ text: String) -> AWSError {
    switch member.shape {
    case .integer where name == "partNumber": partNumber(text)
    case .integer: invalid("Provided \(name) not an integer or within integer range", text)
    default: invalid("Argument format not recognized", text)
    }
  }

  /// S3's answer to a number that is out of range.
  func outOfRange(_ number: Int) -> AWSError {
    if name == "partNumber" { return partNumber(String(number)) }
    let argument = Self.camelCase(name)
    return AWSError(
      "InvalidArgument", "Argument \(argument) must be an integer between \(range.lowerBound) and \(range.upperBound)",
      status: 400,
      fields: [.init(name: "ArgumentName", value: argument), .init(name: "ArgumentValue", value: String(number))])
  }

  /// S3's answer to a text that is not in the set of values.
  func notInSet(_ text: String) -> AWSError {
    switch name {
    case "x-amz-storage-class":
      AWSError(
        "InvalidStorageClass", "The storage class you specified is not valid", status: 400,
        fields: [.init(name: "StorageClassRequested", value: text)])
    case "x-amz-checksum-algorithm", "x-amz-sdk-checksum-algorithm":
      AWSError(
        "InvalidRequest",
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
          + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]", status: 400)
    case "encoding-type": invalid("Invalid Encoding Method specified in Request", text)
    case "x-amz-metadata-directive": invalid("Unknown metadata directive.", text)
    case "x-amz-tagging-directive": invalid("Unknown tagging directive.", text)
    case "x-amz-object-lock-mode": invalid("Unknown wormMode directive.", text)
    case "x-amz-object-lock-legal-hold": invalid("Legal Hold must be either of 'ON' or 'OFF'", text)
    case "x-amz-server-side-encryption": invalid("The encryption method specified is not supported", text)
    case "x-amz-object-attributes": invalid("Invalid attribute name specified.", text)
    case "x-amz-object-ownership": invalid("Invalid x-amz-object-ownership header: \(text)", text)
    default: invalid("", text)
    }
  }

  /// S3's answer where a header it demands is not there.
  var missing: AWSError {
    AWSError(
      "MissingSecurityHeader", "Your request was missing a required header", status: 400,
      fields: [.init(name: "MissingHeaderName", value: name)])
  }

  private func partNumber(_ text: String) -> AWSError {
    invalid("Part number must be an integer between 1 and 10000, inclusive", text)
  }

  func invalid(_ message: String, _ text: String) -> AWSError {
    AWSError(
      "InvalidArgument", message, status: 400,
      fields: [.init(name: "ArgumentName", value: name), .init(name: "ArgumentValue", value: text)])
  }

  /// `max-keys` as `maxKeys`.
  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "-")
    return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}
