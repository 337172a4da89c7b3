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
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    partition = String(parts[1])
    service = String(parts[2])
    region = String(parts[3])
    account = String(parts[4])
    resource = String(parts[5])
  }

  /// The name as it is written.
  public var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }
}
