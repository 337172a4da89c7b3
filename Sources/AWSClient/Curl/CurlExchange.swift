import CLibCurl
import HTTP

/// One transfer as libcurl's callbacks see it: what is still to be sent, and what has come.
final class CurlExchange {
  let bodyLength: Int64?
  let hasBody: Bool
  private(set) var headers = HeaderBlock()
  private(set) var received: [UInt8] = []
  /// Why the transfer was given up from this side.
  private(set) var failure: TransportError?

  private let body: HTTPBody
  private let largestResponse: Int
  /// What is being sent: all of a body in memory, or a stream's current piece.
  private var sending: [UInt8]
  private var sent = 0

  init(_ request: HTTPRequest, largestResponse: Int) {
    body = request.body
    bodyLength = request.body.length
    // A PUT or POST without a body still says so, with `Content-Length: 0`.
    hasBody = bodyLength != 0 || request.method == "PUT" || request.method == "POST"
    sending = if case .bytes(let bytes) = request.body { bytes } else { [] }
    self.largestResponse = largestResponse
  }

  private static func exchange(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Returning another number than was given makes libcurl stop.
  private static let refused = 0

  static let receiveBody: iamdrill_curl_data_callback = { bytes, size, count, context in
    guard let exchange = exchange(context), let bytes else { return refused }
    let length = size * count
    guard exchange.received.count + length <= exchange.largestResponse else {
      exchange.failure = TransportError(
        .tooLarge, "the response has more than \(exchange.largestResponse) bytes")
      return refused
    }
    exchange.received.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
    return length
  }

  static let receiveHeader: iamdrill_curl_data_callback = { bytes, size, count, context in
    guard let exchange = exchange(context), let bytes else { return refused }
    let length = size * count
    guard exchange.headers.append(UnsafeRawBufferPointer(start: bytes, count: length)) else {
      exchange.failure = TransportError(.tooLarge, "the response's headers are larger than is sensible")
      return refused
    }
    return length
  }

  static let sendBody: iamdrill_curl_data_callback = { buffer, size, count, context in
    guard let exchange = exchange(context), let buffer else { return Int(CURL_READFUNC_ABORT) }
    return exchange.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    if sent == sending.count, case .stream(let stream) = body {
      do {
        sending = try stream.next() ?? []
        sent = 0
      } catch {
        failure = TransportError(.invalidRequest, "the body cannot be read: \(error)")
        return Int(CURL_READFUNC_ABORT)
      }
    }
    let length = min(buffer.count, sending.count - sent)
    buffer.copyBytes(from: sending[sent..<(sent + length)])
    sent += length
    return length
  }

  /// libcurl starts over where a kept connection turns out to be closed; a stream cannot.
  static let rewindBody: iamdrill_curl_seek_callback = { context, offset, origin in
    guard let exchange = exchange(context), case .bytes(let bytes) = exchange.body, origin == 0,
      (0...bytes.count).contains(Int(offset))
    else { return Int32(CURL_SEEKFUNC_CANTSEEK) }
    exchange.sent = Int(offset)
    return Int32(CURL_SEEKFUNC_OK)
  }
}

/// The header fields of a response, from the lines that libcurl hands over one by one.
struct HeaderBlock {
  private(set) var headers = HTTPHeaders()
  private var size = 0
  /// What comes after the block's end are trailers, which nothing here reads.
  private var isComplete = false

  static let largest = 1 << 18

  /// - Returns: `false` where the bound on the block's size is passed.
  mutating func append(_ line: UnsafeRawBufferPointer) -> Bool {
    size += line.count
    guard size <= Self.largest else { return false }
    let text = line.drop { $0 == 0x0A }
    if text.starts(with: "HTTP/".utf8) {
      // The final response after an interim one (100) starts over.
      headers = HTTPHeaders()
      isComplete = false
      return true
    }
    guard !isComplete else { return true }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
      isComplete = text.allSatisfy { $0 == 0x0D || $0 == 0x0A }
      return true
    }
    headers.append(
      String(decoding: text[..<colon], as: UTF8.self),
      String(decoding: Self.trimmed(text[(colon + 1)...]), as: UTF8.self))
    return true
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var bytes = bytes.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return bytes
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }
}
