import AWSAPI
import FoundationEssentials
import JSON
import SigV4

/// Credentials as programs and metadata services write them: a JSON object.
struct CredentialDocument {
  var credentials: Credentials
  var expiration: Date?

  /// What the member with the session's token is called.
  enum TokenName: String {
    /// By programs.
    case sessionToken = "SessionToken"
    /// By the metadata services.
    case token = "Token"
  }

  /// - Parameter source: who wrote it, for messages.
  init(_ value: JSONValue, token: TokenName, from source: String) throws(CredentialError) {
    guard let id = value["AccessKeyId"]?.string, let secret = value["SecretAccessKey"]?.string else {
      let missing = value["AccessKeyId"]?.string == nil ? "AccessKeyId" : "SecretAccessKey"
      throw CredentialError(.incomplete, "what \(source) answers has no \(missing)")
    }
    credentials = Credentials(
      accessKeyID: id, secretAccessKey: Secret(secret),
      sessionToken: value[token.rawValue]?.string.map { Secret($0) })
    if let text = value["Expiration"]?.string {
      guard let date = AWSTimestamp.date(text) else {
        throw CredentialError(.noAnswer, "the Expiration that \(source) answers is not a time: \(text)")
      }
      expiration = date
    }
  }

  /// Reads bytes that must be JSON. What they are is not shown: they may be a secret.
  static func read(_ bytes: [UInt8], from source: String) throws(CredentialError) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes, limits: JSONLimits(bytes: largest, depth: 16))
    } catch {
      throw CredentialError(.noAnswer, "what \(source) answers is not JSON: \(error)")
    }
  }

  /// In bytes.
  static let largest = 1 << 18
}
