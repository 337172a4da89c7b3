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
  @inlinable
  public init?(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)) }

  /// Bytes rather than characters: names are split for every request, and a colon is one byte wherever it stands.
  @usableFromInline
  init?(bytes: [UInt8]) {
    var colons: [Int] = []
    colons.reserveCapacity(5)
    for index in bytes.indices where bytes[index] == UInt8(ascii: ":") {
      colons.append(index)
      if colons.count == 5 { break }
    }
    guard colons.count == 5, bytes[..<colons[0]].elementsEqual("arn".utf8) else { return nil }
    func part(_ number: Int) -> String {
      String(decoding: bytes[(colons[number - 1] + 1)..<(number < 5 ? colons[number] : bytes.count)], as: UTF8.self)
    }
    (partition, service, region, account, resource) = (part(1), part(2), part(3), part(4), part(5))
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
