import CLibCurl

/// libcurl, which is loaded when a request first goes over the network.
///
/// `@unchecked Sendable`: the table of functions is written when it is made, and only read from then on.
struct CurlLibrary: @unchecked Sendable {
  let functions: UnsafePointer<iamdrill_curl>

  /// The names that its builds have: with OpenSSL or whatever else, and Debian's with GnuTLS.
  private static let names = ["libcurl.so.4", "libcurl-gnutls.so.4"]

  private static let loaded = Result { () throws(TransportError) in try CurlLibrary(named: names) }

  /// The library, loaded and initialized.
  /// - Throws: where it is not on this machine, each time.
  static func shared() throws(TransportError) -> CurlLibrary { try loaded.get() }

  /// The first library of these that is there.
  init(named names: [String]) throws(TransportError) {
    var problems: [String] = []
    for name in names {
      var problem: UnsafePointer<CChar>?
      if let functions = iamdrill_curl_load(name, &problem) {
        guard iamdrill_curl_global_init(functions) == CURLE_OK else {
          throw TransportError(.other, "\(name) cannot be initialized")
        }
        self.functions = functions
        return
      }
      problems.append(problem.map { String(cString: $0) } ?? "\(name): out of memory")
    }
    throw TransportError(
      .other, "calls over the network need libcurl (Debian's package libcurl4): \(problems.joined(separator: "; "))")
  }
}
