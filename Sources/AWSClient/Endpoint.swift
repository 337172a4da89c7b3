/// Where requests for a service go: a scheme, a host, a port.
package struct Endpoint: Sendable, Hashable {
  package enum Scheme: String, Sendable, Hashable {
    case http, https

    package var defaultPort: Int {
      switch self {
      case .http: 80
      case .https: 443
      }
    }
  }

  package var scheme: Scheme
  /// A name or an address; an IPv6 address in brackets.
  package var host: String
  /// `nil` for the scheme's own.
  package var port: Int?

  package init(_ scheme: Scheme, host: String, port: Int? = nil) {
    self.scheme = scheme
    self.host = host
    self.port = port == scheme.defaultPort ? nil : port
  }

  /// What stands in the `Host` header: the port only where it is not the scheme's own.
  package var authority: String {
    port.map { "\(host):\($0)" } ?? host
  }

  /// The URL without a path.
  package var url: String { "\(scheme.rawValue)://\(authority)" }
}

extension Endpoint {
  /// The endpoint behind `url`, `http://127.0.0.1:9000` or `https://host/`; `nil` where it is not of that form, has a path,
  /// a user, or anything else that would have to be guessed about.
  package init?(url: some StringProtocol) {
    let bytes = url.utf8
    let scheme: Scheme
    if url.hasPrefix("https://") {
      scheme = .https
    } else if url.hasPrefix("http://") {
      scheme = .http
    } else {
      return nil
    }
    var rest = String(url)[bytes.index(url.startIndex, offsetBy: scheme.rawValue.utf8.count + 3)...]
    if rest.utf8.last == UInt8(ascii: "/") { rest.removeLast() }
    guard let (host, port) = Self.split(rest), Self.isHost(host) else { return nil }
    self.init(scheme, host: String(host), port: port)
  }

  /// Host and port of an authority; `nil` where the port is no port.
  private static func split(_ authority: Substring) -> (host: Substring, port: Int?)? {
    let end =
      authority.utf8.first == UInt8(ascii: "[")
      ? authority.utf8.firstIndex(of: UInt8(ascii: "]")) ?? authority.startIndex : authority.startIndex
    guard let colon = authority[end...].utf8.firstIndex(of: UInt8(ascii: ":")) else { return (authority, nil) }
    let digits = authority[authority.utf8.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = Int(digits),
      (1...65535).contains(port)
    else { return nil }
    return (authority[..<colon], port)
  }

  private static func isHost(_ text: Substring) -> Bool {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
    let inner = isBracketed ? text.dropFirst().dropLast() : text
    return !inner.isEmpty
      && inner.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        case UInt8(ascii: ":"): isBracketed
        default: false
        }
      }
  }
}
