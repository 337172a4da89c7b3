package import HTTP

/// What carries a request to where it is answered. Blocks its thread until the answer is there.
package protocol Transport: Sendable {
  /// Sends `request` exactly as it is: neither its target nor its headers are changed, and no redirect is followed.
  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse
}

/// Why there is no answer.
package struct TransportError: Error, Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The host has no address, nobody listens there, or TLS was not agreed upon: nothing was sent.
    case notConnected
    /// The other side is not who it should be: its certificate is not trusted, is for another host, or has run out. Nothing
    /// was sent, and trying again would not change it.
    case untrusted
    case timedOut
    /// The connection broke after something may have been sent.
    case broken
    /// The answer is larger than what is held in memory.
    case tooLarge
    /// The request cannot be written as HTTP: a line break in a header, a space in the target.
    case invalidRequest
    case other
  }

  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String { message }
}
