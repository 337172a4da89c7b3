import CLibCurl
import HTTP

/// One easy handle with its connections.
///
/// `@unchecked Sendable`: libcurl lets a handle move between threads as long as one uses it at a time, and
/// ``CurlTransport`` hands it to one caller at a time.
final class CurlHandle: @unchecked Sendable {
  private let curl: UnsafePointer<iamdrill_curl>
  private let handle: UnsafeMutableRawPointer
  /// Where libcurl writes what went wrong; it must outlive every transfer.
  private let errorText: UnsafeMutablePointer<CChar>

  init() throws(TransportError) {
    curl = try CurlLibrary.shared().functions
    guard let handle = curl.pointee.easy_init() else {
      throw TransportError(.other, "libcurl cannot be initialized")
    }
    self.handle = handle
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl.pointee.easy_cleanup(handle)
    errorText.deallocate()
  }

  func perform(
    _ request: HTTPRequest, to endpoint: Endpoint, _ settings: CurlSettings
  ) throws(TransportError) -> HTTPResponse {
    let lines = try HeaderLines(request, curl)
    curl.pointee.easy_reset(handle)
    errorText[0] = 0
    set(pointer: errorText, for: CURLOPT_ERRORBUFFER)
    configure(settings, for: endpoint)
    set(string: endpoint.url + "/", for: CURLOPT_URL)
    // The URL's own path is not used: libcurl would drop the `?` of an empty query and cut at a `#`.
    set(string: request.target, for: CURLOPT_REQUEST_TARGET)
    set(string: request.method, for: CURLOPT_CUSTOMREQUEST)
    set(pointer: lines.list, for: CURLOPT_HTTPHEADER)
    let exchange = CurlExchange(request, largestResponse: settings.largestResponse)
    return try withExtendedLifetime((lines, exchange)) { () throws(TransportError) in
      attach(exchange, method: request.method)
      let code = curl.pointee.easy_perform(handle)
      if let failure = exchange.failure { throw failure }
      guard code == CURLE_OK else { throw error(code) }
      var status = 0
      iamdrill_curl_get_long(curl, handle, CURLINFO_RESPONSE_CODE, &status)
      var response = HTTPResponse(status: status, headers: exchange.headers.headers, body: .bytes(exchange.received))
      response.timing = timing
      return response
    }
  }

  /// What libcurl has measured of the transfer that has just ended.
  private var timing: ConnectionTiming {
    func microseconds(_ information: CURLINFO) -> Int {
      var value: curl_off_t = 0
      iamdrill_curl_get_offset(curl, handle, information, &value)
      return Int(value)
    }
    func number(_ information: CURLINFO) -> Int {
      var value = 0
      iamdrill_curl_get_long(curl, handle, information, &value)
      return value
    }
    var address: UnsafeMutablePointer<CChar>?
    iamdrill_curl_get_string(curl, handle, CURLINFO_PRIMARY_IP, &address)
    let host = address.map { String(cString: $0) } ?? ""
    let peer = (host.contains(":") ? "[\(host)]" : host) + ":\(number(CURLINFO_PRIMARY_PORT))"
    return ConnectionTiming(
      isReused: number(CURLINFO_NUM_CONNECTS) == 0, peer: peer,
      nameLookup: microseconds(CURLINFO_NAMELOOKUP_TIME_T), connect: microseconds(CURLINFO_CONNECT_TIME_T),
      secure: microseconds(CURLINFO_APPCONNECT_TIME_T), firstByte: microseconds(CURLINFO_STARTTRANSFER_TIME_T),
      total: microseconds(CURLINFO_TOTAL_TIME_T))
  }

  private func configure(_ settings: CurlSettings, for endpoint: Endpoint) {
    set(long: 1, for: CURLOPT_NOSIGNAL)
    set(long: 0, for: CURLOPT_FOLLOWLOCATION)
    set(long: Int(CURL_HTTP_VERSION_1_1), for: CURLOPT_HTTP_VERSION)
    set(long: settings.connectTimeout.wholeMilliseconds, for: CURLOPT_CONNECTTIMEOUT_MS)
    set(long: settings.totalTimeout.wholeMilliseconds, for: CURLOPT_TIMEOUT_MS)
    if let authorities = settings.certificateAuthorities { set(string: authorities, for: CURLOPT_CAINFO) }
    if settings.proxy == .none || endpoint.scheme == .http { set(string: "", for: CURLOPT_PROXY) }
  }

  private func attach(_ exchange: CurlExchange, method: String) {
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    set(pointer: context, for: CURLOPT_WRITEDATA)
    iamdrill_curl_set_data_callback(curl, handle, CURLOPT_WRITEFUNCTION, CurlExchange.receiveBody)
    set(pointer: context, for: CURLOPT_HEADERDATA)
    iamdrill_curl_set_data_callback(curl, handle, CURLOPT_HEADERFUNCTION, CurlExchange.receiveHeader)
    if method == "HEAD" { set(long: 1, for: CURLOPT_NOBODY) }
    guard exchange.hasBody else { return }
    set(long: 1, for: CURLOPT_UPLOAD)
    set(pointer: context, for: CURLOPT_READDATA)
    iamdrill_curl_set_data_callback(curl, handle, CURLOPT_READFUNCTION, CurlExchange.sendBody)
    set(pointer: context, for: CURLOPT_SEEKDATA)
    iamdrill_curl_set_seek_callback(curl, handle, CurlExchange.rewindBody)
    iamdrill_curl_set_offset(curl, handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(exchange.bodyLength ?? -1))
  }

  // Every option that is set here exists in the libcurl this was compiled against, so the results say nothing.

  private func set(long value: Int, for option: CURLoption) {
    iamdrill_curl_set_long(curl, handle, option, value)
  }

  /// libcurl copies the text.
  private func set(string value: String, for option: CURLoption) {
    iamdrill_curl_set_string(curl, handle, option, value)
  }

  private func set(pointer value: UnsafeMutableRawPointer?, for option: CURLoption) {
    iamdrill_curl_set_pointer(curl, handle, option, value)
  }

  private func error(_ code: CURLcode) -> TransportError {
    let detail = String(cString: errorText)
    let text = curl.pointee.easy_strerror(code).map { String(cString: $0) }
    return TransportError(Self.kind(of: code), detail.isEmpty ? text ?? "error \(code.rawValue)" : detail)
  }

  private static func kind(of code: CURLcode) -> TransportError.Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR:
      .notConnected
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: .untrusted
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND: .broken
    default: .other
    }
  }
}

/// The header lines of a request as libcurl takes them.
private final class HeaderLines {
  let list: UnsafeMutablePointer<curl_slist>?
  private let curl: UnsafePointer<iamdrill_curl>

  init(_ request: HTTPRequest, _ curl: UnsafePointer<iamdrill_curl>) throws(TransportError) {
    self.curl = curl
    try Self.check(request)
    var lines = request.headers.fields.map { field in
      // libcurl takes `Name:` as "leave this header out", and `Name;` as one without a value.
      field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    // Headers that libcurl would add of its own.
    for name in ["Expect", "Accept", "User-Agent", "Content-Type"] where request.headers[name] == nil {
      lines.append("\(name):")
    }
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl.pointee.slist_append(list, line) else {
        curl.pointee.slist_free_all(list)
        throw TransportError(.other, "out of memory")
      }
      list = longer
    }
    self.list = list
  }

  deinit { curl.pointee.slist_free_all(list) }

  /// Whatever would make libcurl write another request than the one that was signed.
  private static func check(_ request: HTTPRequest) throws(TransportError) {
    guard !request.target.isEmpty, request.target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw TransportError(.invalidRequest, "the request target has a character that cannot be sent")
    }
    guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw TransportError(.invalidRequest, "'\(request.method)' is not a method")
    }
    for field in request.headers.fields {
      let hasLineBreak = field.value.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }
      let isName = field.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A && $0 != 0x3B }
      guard isName, !field.name.isEmpty, !hasLineBreak else {
        throw TransportError(.invalidRequest, "the header '\(field.name)' cannot be sent")
      }
    }
  }
}
