package import SigV4
import Synchronization

/// The one place that all output passes: it knows every secret that was seen in a run, in whatever form text carries it.
package final class Redactor: Sendable {
  /// What stands where a secret was.
  package static let mask = "****"
  /// Anything shorter cannot be told from ordinary text: replacing it would tear other words apart.
  package static let shortest = 6

  private let search = Mutex(SecretSearch())

  package init() {}

  /// Keeps `secret` out of everything that is written from now on.
  package func add(_ secret: String) {
    guard secret.utf8.count >= Self.shortest else { return }
    search.withLock { $0.add(secret) }
  }

  package func add(_ credentials: Credentials) {
    add(credentials.secretAccessKey.reveal())
    if let token = credentials.sessionToken { add(token.reveal()) }
  }

  /// `text` with a mask in place of every secret, in whatever encoding it stands: as it is, percent-encoded once or twice,
  /// in base64, or escaped for JSON or XML; also where only its first part is left, because the text was cut; and of what is
  /// a secret by the name it stands under, known or not.
  package func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let redacted = redact(bytes) else { return text }
    return String(decoding: redacted, as: UTF8.self)
  }

  /// The same over bytes; `nil` where there is nothing to take out.
  package func redact(_ bytes: [UInt8]) -> [UInt8]? {
    let found = search.withLock { $0.ranges(in: bytes) }
    guard !found.isEmpty else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for range in found {
      result += bytes[position..<range.lowerBound]
      result += Self.mask.utf8
      position = range.upperBound
    }
    result += bytes[position...]
    return result
  }
}
