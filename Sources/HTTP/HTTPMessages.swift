/// A request as it crosses the wire: nothing in it is decoded, so a signature over it can still be checked.
package struct HTTPRequest: Sendable {
  /// The method in upper case, `GET`.
  package var method: String
  /// The request target as sent, `/path?query`, percent-encoding untouched.
  package var target: String
  /// The fields as sent, `Host` among them.
  package var headers: HTTPHeaders
  /// What the request carries; a stream can be read only once.
  package var body: HTTPBody
  /// Where the request comes from and how; the client's side says at most that it means to send it over TLS.
  package var connection: Connection

  /// What the server knows of the way a request came.
  package struct Connection: Sendable, Hashable {
    /// The numeric address of the peer, IPv4 or IPv6.
    package var peerAddress: String
    /// Whether the request came over TLS.
    package var isSecure: Bool

    /// A connection from this address; by default from this machine, in clear.
    package init(peerAddress: String = "127.0.0.1", isSecure: Bool = false) {
      self.peerAddress = peerAddress
      self.isSecure = isSecure
    }
  }

  /// A request to be sent, or one that was received over `connection`.
  package init(
    method: String, target: String, headers: HTTPHeaders = [:], body: HTTPBody = .empty,
    connection: Connection = Connection()
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.connection = connection
  }

  /// The target up to the first `?`, as sent.
  package var path: Substring { target[..<mark] }

  /// The target behind the first `?`, as sent; empty where there is none.
  package var query: Substring { target.utf8[mark...].isEmpty ? "" : target[target.utf8.index(after: mark)...] }

  /// Where the first `?` is, as a byte (as a character it may be one with a combining mark behind it); the end where there
  /// is none.
  private var mark: String.Index {
    let offset = target.withBytes { $0.end(before: UInt8(ascii: "?")) }
    return target.utf8.index(target.startIndex, offsetBy: offset)
  }
}

/// A response as it crosses the wire.
package struct HTTPResponse: Sendable {
  /// The status code, 100 to 599.
  package var status: Int
  /// The fields in the order they are sent.
  package var headers: HTTPHeaders
  /// What the response carries; a stream can be read only once.
  package var body: HTTPBody
  /// How long it took, where a client's connection tells.
  package var timing: ConnectionTiming?

  /// A response with these parts; no header is added.
  package init(status: Int, headers: HTTPHeaders = [:], body: HTTPBody = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
