/// How libcurl is to connect, and what bounds hold.
package struct CurlSettings: Sendable, Hashable {
  package var connectTimeout: Duration
  /// For the whole exchange, the connection included.
  package var totalTimeout: Duration
  /// The most bytes of a response's body that are held; more is an error.
  package var largestResponse: Int
  /// The certificate authorities that are trusted, a PEM file; `nil` for the system's.
  package var certificateAuthorities: String?
  package var proxy: Proxy

  package enum Proxy: Sendable, Hashable {
    /// The environment's (`https_proxy`, `no_proxy`) for `https`; none for `http`, because a signed request in clear goes to
    /// an emulator on this machine or next to it, and a proxy that the environment happens to name would swallow it.
    case environmentForHTTPS
    case none
  }

  package init(
    connectTimeout: Duration = .seconds(10), totalTimeout: Duration = .seconds(60), largestResponse: Int = 64 << 20,
    certificateAuthorities: String? = nil, proxy: Proxy = .environmentForHTTPS
  ) {
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.largestResponse = largestResponse
    self.certificateAuthorities = certificateAuthorities
    self.proxy = proxy
  }
}

extension Duration {
  /// Rounded up, so that a bound is never zero, which means "none" to libcurl.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
