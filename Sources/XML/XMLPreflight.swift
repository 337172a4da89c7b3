/// What is looked for in the bytes before libxml2 sees them: what takes it quadratic time or much memory, and what it
/// would read in another encoding.
enum XMLPreflight {
  /// The error for which `bytes` are refused; `nil` where libxml2 may read them.
  ///
  /// libxml2 compares each attribute of an element with all before it, each prefix with all namespaces in scope, and
  /// keeps names in a table of fixed width. The counts here are upper bounds that need no parsing: no `<` occurs inside a
  /// tag, and none but attributes have `=` and a quote, except text, where that many do not occur.
  static func failure(in bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) -> XMLError? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return XMLError("the document is UTF-16; only UTF-8 is read", line: 1, column: 1)
    }
    if let invalid = firstInvalidByte(bytes) { return error("this byte is not UTF-8", at: invalid, in: bytes) }
    var tags = 0
    var attributes = 0
    var attributesBeforeTag = 0
    var namespaces = 0
    for offset in bytes.indices {
      let byte = bytes[offset]
      // All that is looked for but the `x` stands before the letters, of which nearly everything is made.
      if byte > UInt8(ascii: "="), byte != UInt8(ascii: "x") { continue }
      switch byte {
      case 0: return error("a NUL character", at: offset, in: bytes)
      case UInt8(ascii: "<"):
        tags += 1
        attributesBeforeTag = attributes
        guard tags <= limits.tags else { return error("more than \(limits.tags) tags", at: offset, in: bytes) }
      case UInt8(ascii: "="):
        guard quoteFollows(offset + 1, in: bytes) else { continue }
        attributes += 1
        guard attributes <= limits.attributes else {
          return error("more than \(limits.attributes) attributes", at: offset, in: bytes)
        }
        guard attributes - attributesBeforeTag <= limits.attributesOfElement else {
          return error(
            "an element with more than \(limits.attributesOfElement) attributes", at: offset, in: bytes)
        }
      case UInt8(ascii: "x"):
        guard offset > 0, isBlank(bytes[offset - 1]), bytes[offset...].starts(with: "xmlns".utf8) else { continue }
        namespaces += 1
        guard namespaces <= limits.namespaces else {
          return error("more than \(limits.namespaces) namespace declarations", at: offset, in: bytes)
        }
      default: continue
      }
    }
    return nil
  }

  private static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func quoteFollows(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = start
    while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
    return offset < bytes.count && (bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'"))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private static func error(_ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> XMLError {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return XMLError(
      message, line: 1 + before.count { $0 == UInt8(ascii: "\n") },
      column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 })
  }
}
