import HTTP

/// Writes the head of a response.
struct ResponseHead {
  var response: HTTPResponse
  var request: RequestHead?
  var keepsAlive: Bool

  /// Whether a body follows the head at all.
  var hasBody: Bool { request?.method != "HEAD" && !Self.isBodiless(response.status) }

  /// Whether a body of unknown length is sent in chunks; to HTTP/1.0 it ends with the connection.
  var isChunked: Bool { hasBody && response.body.length == nil && request?.isCurrent == true }

  /// Whether the connection ends with the response.
  var closes: Bool { !keepsAlive || (hasBody && response.body.length == nil && !isChunked) }

  private static func isBodiless(_ status: Int) -> Bool { status < 200 || status == 204 || status == 304 }

  func write(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "HTTP/1.1 ".utf8)
    Self.append(response.status, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: HTTPStatusPhrase.text(response.status).utf8)
    bytes.append(contentsOf: "\r\n".utf8)
    var hasLength = false
    for field in response.headers.fields {
      if field.name.utf8.count == 14, field.name.equalsIgnoringASCIICase("Content-Length") {
        // A body's own length is the only one that can be right.
        if hasBody { continue }
        hasLength = true
      }
      bytes.append(contentsOf: field.name.utf8)
      bytes.append(contentsOf: ": ".utf8)
      Self.append(value: field.value, to: &bytes)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    writeFraming(hasLength: hasLength, to: &bytes)
    if closes {
      bytes.append(contentsOf: "Connection: close\r\n".utf8)
    } else if request?.isCurrent == false {
      bytes.append(contentsOf: "Connection: keep-alive\r\n".utf8)
    }
    bytes.append(contentsOf: "\r\n".utf8)
  }

  private func writeFraming(hasLength: Bool, to bytes: inout [UInt8]) {
    if isChunked {
      bytes.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
    } else if !hasLength, !Self.isBodiless(response.status), let length = response.body.length {
      bytes.append(contentsOf: "Content-Length: ".utf8)
      Self.append(Int(length), to: &bytes)
      bytes.append(contentsOf: "\r\n".utf8)
    }
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) { bytes.append(contentsOf: String(number).utf8) }

  /// A value may repeat what a client sent in a query, decoded: a line end in it would begin a field of the client's.
  private static func append(value: String, to bytes: inout [UInt8]) {
    var value = value
    value.withUTF8 { value in
      let start = bytes.count
      bytes.append(contentsOf: value)
      guard value.contains(where: Self.isControl) else { return }
      for index in start..<bytes.count where Self.isControl(bytes[index]) { bytes[index] = UInt8(ascii: " ") }
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != UInt8(ascii: "\t")) || byte == 0x7f
  }
}
