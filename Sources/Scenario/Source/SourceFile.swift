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
    guard let start = offset(of: range.start), let end = offset(of: range.end), start <= end else { return "" }
    return text[start..<end]
  }

  /// Where `index` is, in bytes.
  func byteOffset(_ index: String.Index) -> Int { text.utf8.distance(from: text.startIndex, to: index) }

  /// Where `position` is in the text; a column beyond the line is the line's end.
  func offset(of position: SourcePosition) -> String.Index? {
    guard position.line >= 1 else { return nil }
    // The end of a file that ends with a line break is the start of a line that has no text.
    guard let line = line(position.line) else { return position.line == lineCount + 1 ? text.endIndex : nil }
    let scalars = line.unicodeScalars
    return scalars.index(line.startIndex, offsetBy: max(0, position.column - 1), limitedBy: line.endIndex)
      ?? line.endIndex
  }

  /// The position of the byte at `offset`.
  func position(ofByte offset: Int) -> SourcePosition {
    let offset = min(max(offset, lineStarts[0]), text.utf8.count)
    var (line, end) = (0, lineStarts.count)
    while end - line > 1 {
      let middle = (line + end) / 2
      if lineStarts[middle] > offset { end = middle } else { line = middle }
    }
    let column = text.unicodeScalars.distance(from: index(lineStarts[line]), to: index(offset))
    return SourcePosition(line: line + 1, column: column + 1)
  }

  private func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }
}
