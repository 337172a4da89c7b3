import HTTP

/// Keeps web pages from steering the emulator through their visitor's browser.
///
/// A page's request carries its origin, or is marked as a fetch. One that got its own name pointed at this machine (DNS
/// rebinding) need not, but then asks for a host of that name.
struct ControlGuard: Sendable {
  /// The name under which the server is reached besides this machine's own.
  var hostName: String?

  func check(_ request: HTTPRequest) throws(ControlError) {
    guard request.headers["Origin"] == nil, request.headers["Sec-Fetch-Site"] == nil else {
      throw ControlError(403, "Web pages may not steer the emulator.")
    }
    let host = Self.name(request.headers["Host"] ?? "")
    guard isTrusted(host) else {
      throw ControlError(403, "The emulator is not steered under the name \(host); use its address.")
    }
  }

  private func isTrusted(_ host: Substring) -> Bool {
    if host.equalsIgnoringASCIICase("localhost") || host.lowercased().hasSuffix(".localhost") { return true }
    if let hostName, host.equalsIgnoringASCIICase(hostName) { return true }
    return Self.isAddress(host)
  }

  /// A host without its port.
  private static func name(_ host: String) -> Substring {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return host[...end] }
    return host.prefix { $0 != ":" }
  }

  /// Whether `host` is an address in numbers, which no name can stand for.
  private static func isAddress(_ host: Substring) -> Bool {
    if host.hasPrefix("[") { return true }
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8(Substring($0)) != nil }
  }
}
