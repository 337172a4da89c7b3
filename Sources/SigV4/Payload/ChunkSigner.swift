import HTTP

/// The chain of signatures over chunks: each covers the chunk and the signature before it, the first that of the request.
///
/// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
/// Chunks" and "… Including Trailing Headers".
package struct ChunkSigner: Sendable {
  private let key: SigningKey
  private let date: String
  private let scope: CredentialScope
  let accessKeyID: String
  private var previous: String

  init(key: SigningKey, date: String, scope: CredentialScope, accessKeyID: String, seed: String) {
    self.key = key
    self.date = date
    self.scope = scope
    self.accessKeyID = accessKeyID
    previous = seed
  }

  /// What the next signature is made of, for a chunk whose bytes have this digest.
  func stringToSign(chunk digest: [UInt8]) -> String {
    // The third hash is that of a chunk's header fields, of which there never are any.
    head("AWS4-HMAC-SHA256-PAYLOAD") + S3Payload.hash(of: []) + "\n" + CryptoBytes.hex(digest)
  }

  /// What the last signature is made of, for fields written as ``trailerText(_:)`` that have this digest.
  func stringToSign(trailer digest: [UInt8]) -> String {
    head("AWS4-HMAC-SHA256-TRAILER") + CryptoBytes.hex(digest)
  }

  /// Signs, and makes the signature the one that the next covers.
  mutating func sign(_ stringToSign: String) -> String {
    previous = stringToSign.withBytes { key.sign($0) }
    return previous
  }

  /// The fields behind the last chunk as they enter the signature.
  static func trailerText(_ trailers: HTTPHeaders) -> String {
    trailers.fields.map { $0.name.lowercased() + ":" + $0.value + "\n" }.joined()
  }

  private func head(_ algorithm: String) -> String {
    algorithm + "\n" + date + "\n" + scope.description + "\n" + previous + "\n"
  }
}
