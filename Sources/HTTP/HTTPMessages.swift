/// A request as it crosses the wire: nothing in it is decoded, so a signature over it can still be checked.
public struct HTTPRequest: Sendable {
  public var method: String
  /// The request target as sent, `/path?query`, percent-encoding untouched.
  public var target: String
  public var headers: HTTPHeaders
  public var body: HTTPBody
  /// Where the request comes from and how; the client's side leaves the defaults.
  public var connection: Connection

  /// What the server knows of the way a request came.
  public struct Connection: Sendable, Hashable {
    /// The numeric address of the peer, IPv4 or IPv6.
    public var peerAddress: String
    /// Whether the request came over TLS.
    public var isSecure: Bool

    public init(peerAddress: String = "127.0.0.1", isSecure: Bool = false) {
      self.peerAddress = peerAddress
      self.isSecure = isSecure
    }
  }

  public init(
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
  public var path: Substring {
    target[..<(target.firstIndex(of: "?") ?? target.endIndex)]
  }

  /// The target behind the first `?`, as sent; empty where there is none.
  public var query: Substring {
    target.firstIndex(of: "?").map { target[target.index(after: $0)...] } ?? ""
  }
}

/// A response as it crosses the wire.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var headers: HTTPHeaders
  public var body: HTTPBody

  public init(status: Int, headers: HTTPHeaders = [:], body: HTTPBody = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
