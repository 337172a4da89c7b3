/// The text of a file and its lines, for showing places in it.
package struct SourceFile: Sendable, Hashable {
  /// As it was given to the loader; diagnostics print it.
  package let path: String
  package let text: String
  /// Where each line starts, in UTF-8 bytes.
  private let lineStarts: [Int]

  package init(path: String, text: String) {
    self.path = path
    var text = text
    lineStarts = text.withUTF8 { Self.lineStarts($0) }
    self.text = text
  }

  /// Lines end with LF, CR LF or CR, and a byte order mark belongs to none, as YAML counts them.
  private static func lineStarts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() {
      let isEnd =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r") && (offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n"))
      if isEnd { starts.append(offset + 1) }
    }
    return starts
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.path == right.path && left.text == right.text
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
  }

  package var lineCount: Int { lineStarts.count }

  /// Line `number`, counted from 1, without its end; `nil` where the file has no such line.
  package func line(_ number: Int) -> Substring? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] : text.utf8.count
    var line = text[index(start)..<index(end)]
    while let last = line.unicodeScalars.last, last == "\n" || last == "\r" { line.unicodeScalars.removeLast() }
    return line
  }

  /// The text of `range`; empty where the file has no such range.
  package func text(of range: SourceRange) -> Substring {
    guard let bytes = bytes(of: range) else { return "" }
    return text[index(bytes.lowerBound)..<index(bytes.upperBound)]
  }

  /// Where the bytes of `range` stand; `nil` where the file has no such range.
  func bytes(of range: SourceRange) -> Range<Int>? {
    guard let start = byteOffset(of: range.start), let end = byteOffset(of: range.end), start <= end else { return nil }
    return start..<end
  }

  /// Where `position` is in the text, in bytes; a column beyond the line is the line's end.
  private func byteOffset(of position: SourcePosition) -> Int? {
    guard position.line >= 1, position.line <= lineStarts.count else {
      // The end of a file that ends with a line break is the start of a line that has no text.
      return position.line == lineCount + 1 ? text.utf8.count : nil
    }
    return withBytes { bytes in
      var offset = lineStarts[position.line - 1]
      var end = position.line < lineStarts.count ? lineStarts[position.line] : bytes.count
      while end > offset, Self.isLineEnd(bytes[end - 1]) { end -= 1 }
      var column = 1
      while offset < end, column < position.column {
        offset += 1
        while offset < end, Self.isContinuation(bytes[offset]) { offset += 1 }
        column += 1
      }
      return offset
    }
  }

  /// Where `position` is in the text; a column beyond the line is the line's end.
  func offset(of position: SourcePosition) -> String.Index? { byteOffset(of: position).map(index) }

  /// Looks at the bytes of ``text``.
  func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(text.utf8).withUnsafeBufferPointer(body)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  /// Whether `byte` goes on with a character that began before.
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// The position of the byte at `offset`.
  func position(ofByte offset: Int) -> SourcePosition {
    let offset = min(max(offset, lineStarts[0]), text.utf8.count)
    var (line, end) = (0, lineStarts.count)
    while end - line > 1 {
      let middle = (line + end) / 2
      if lineStarts[middle] > offset { end = middle } else { line = middle }
    }
    let column = withBytes { bytes in bytes[lineStarts[line]..<offset].count { !Self.isContinuation($0) } }
    return SourcePosition(line: line + 1, column: column + 1)
  }

  private func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }
}
