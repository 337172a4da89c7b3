import AWSAPI

/// Where the next page of a listing begins, as an opaque text: clients hand it back and look no further.
enum ContinuationToken {
  /// Tells a token of ours from other base64.
  private static let mark: UInt8 = 1

  static func encode(_ entry: String) -> String { Base64.encode([mark] + Array(entry.utf8)) }

  /// - Throws: `InvalidArgument` where `token` is none of ours.
  static func decode(_ token: String) throws(AWSError) -> String {
    guard let bytes = Base64.decode(token), bytes.first == mark,
      let entry = String(validating: bytes.dropFirst(), as: UTF8.self)
    else {
      throw .invalidArgument(
        "The continuation token provided is incorrect", name: "continuation-token", value: token)
    }
    return entry
  }
}
