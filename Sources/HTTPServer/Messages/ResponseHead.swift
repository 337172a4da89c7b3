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

  func write(to bytes: inout ByteWriter) {
    bytes.append("HTTP/1.1 ")
    bytes.append(decimal: response.status)
    bytes.append(UInt8(ascii: " "))
    bytes.append(utf8: HTTPStatusPhrase.text(response.status))
    bytes.append("\r", "\n")
    var hasLength = false
    let fields = response.headers.fields
    for index in fields.indices {
      if fields[index].name.utf8.count == 14, fields[index].name.equalsIgnoringASCIICase("Content-Length") {
        // A body's own length is the only one that can be right.
        if hasBody { continue }
        hasLength = true
      }
      bytes.append(utf8: fields[index].name)
      bytes.append(":", " ")
      Self.append(value: fields[index].value, to: &bytes)
      bytes.append("\r", "\n")
    }
    writeFraming(hasLength: hasLength, to: &bytes)
    if closes {
      bytes.append("Connection: close\r\n")
    } else if request?.isCurrent == false {
      bytes.append("Connection: keep-alive\r\n")
    }
    bytes.append("\r", "\n")
  }

  private func writeFraming(hasLength: Bool, to bytes: inout ByteWriter) {
    if isChunked {
      bytes.append("Transfer-Encoding: chunked\r\n")
    } else if !hasLength, !Self.isBodiless(response.status), let length = response.body.length {
      bytes.append("Content-Length: ")
      bytes.append(decimal: Int(length))
      bytes.append("\r", "\n")
    }
  }

  /// A value may repeat what a client sent in a query, decoded: a line end in it would begin a field of the client's.
  private static func append(value: String, to bytes: inout ByteWriter) {
    value.withBytes { value in
      guard !value.isPrintable else { return bytes.append(value) }
      for byte in value { bytes.append(isControl(byte) ? UInt8(ascii: " ") : byte) }
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != UInt8(ascii: "\t")) || byte == 0x7f
  }
}
