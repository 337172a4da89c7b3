import AWSAPI
import HTTP

/// Reading and checking tags of objects and buckets.
enum Tagging {
  /// Source: S3 User Guide, "Categorizing your objects using tags" and "Using cost allocation S3 bucket tags".
  static let mostOnObject = 10
  static let mostOnBucket = 50
  static let longestKey = 128
  static let longestValue = 256

  /// The tags of a `Tagging` or `TagSet` parameter: a list of structures with `Key` and `Value`.
  static func tags(of value: AWSValue?) throws(AWSError) -> [ResourceTag] {
    var tags: [ResourceTag] = []
    for item in value?.list ?? [] {
      guard let key = item.structure?["Key"]?.string, let value = item.structure?["Value"]?.string else {
        throw .malformedXML
      }
      tags.append(ResourceTag(key: key, value: value))
    }
    return tags
  }

  /// The tags of the header `x-amz-tagging`, which is written as a query string.
  static func tags(ofHeader header: String) throws(AWSError) -> [ResourceTag] {
    let malformed = AWSError.invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
        + "duplicates.", name: "x-amz-tagging", value: header)
    guard let items = QueryItems(parsing: header, plusIsSpace: true) else { throw malformed }
    let tags = items.items.map { ResourceTag(key: $0.name, value: $0.value ?? "") }
    guard Set(tags.map { UTF8Key($0.key) }).count == tags.count else { throw malformed }
    return tags
  }

  /// Holds the tags of an object against S3's rules.
  static func checkObject(_ tags: [ResourceTag]) throws(AWSError) {
    guard tags.count <= mostOnObject else {
      throw AWSError("BadRequest", "Object tags cannot be greater than 10", status: 400)
    }
    try check(tags, reserved: "Your TagKey cannot be prefixed with aws:")
  }

  /// Holds the tags of a bucket against S3's rules.
  static func checkBucket(_ tags: [ResourceTag]) throws(AWSError) {
    guard tags.count <= mostOnBucket else {
      throw AWSError("BadRequest", "Bucket tag count cannot be greater than 50", status: 400)
    }
    try check(tags, reserved: "System tags cannot be added/updated by requester")
  }

  /// Holds the tags that a bucket is made with against S3's rules.
  static func checkNewBucket(_ tags: [ResourceTag]) throws(AWSError) {
    guard !tags.contains(where: { $0.key.hasPrefix("aws:") }) else {
      throw AWSError(
        "InvalidTag",
        "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from "
          + "your tag keys and try again.", status: 400)
    }
    try checkBucket(tags)
  }

  private static func check(_ tags: [ResourceTag], reserved: String) throws(AWSError) {
    var keys: Set<UTF8Key> = []
    for tag in tags {
      guard keys.insert(UTF8Key(tag.key)).inserted else {
        throw .invalidTag("Cannot provide multiple Tags with the same key", key: tag.key)
      }
      guard !tag.key.hasPrefix("aws:") else { throw .invalidTag(reserved, key: tag.key) }
      guard (1...longestKey).contains(tag.key.unicodeScalars.count), isAllowed(tag.key) else {
        throw .invalidTag("The TagKey you have provided is invalid", key: tag.key)
      }
      guard tag.value.unicodeScalars.count <= longestValue, isAllowed(tag.value) else {
        throw .invalidTag("The TagValue you have provided is invalid", key: tag.key, value: tag.value)
      }
    }
  }

  /// Letters, digits and white space of any script, and `_ . : / = + - @`.
  private static func isAllowed(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII {
        let byte = UInt8(ascii: scalar)
        return (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
          || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || " _.:/=+-@".utf8.contains(byte)
      }
      let properties = scalar.properties
      return properties.isAlphabetic || properties.numericType != nil || properties.isWhitespace
        || properties.generalCategory == .nonspacingMark || properties.generalCategory == .spacingMark
    }
  }

  /// The tags as the member `TagSet` of an answer.
  static func answer(_ tags: [ResourceTag]) -> AWSValue {
    .list(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
  }
}
