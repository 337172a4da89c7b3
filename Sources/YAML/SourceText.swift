/// The bytes of a file, known to be UTF-8, and the way from libyaml's positions to places in it.
///
/// libyaml counts scalars from the file's start. A table of every 16th byte makes each look-up a short walk, so that even
/// a file of one long line does not take quadratic time.
struct SourceText {
  /// The file without its byte order mark. Valid only as long as the buffer it was made from.
  let content: UnsafeBufferPointer<UInt8>
  /// The bytes of the byte order mark.
  private let skipped: Int
  private let checkpoints: [Checkpoint]

  private static let stride = 16
  /// libyaml compares each `%TAG` with all before it.
  private static let directiveLimit = 64

  /// Where a walk over the bytes stands: what is said of the next scalar that begins.
  private struct Checkpoint {
    var scalars: Int32 = 0
    var line: Int32 = 1
    var column: Int32 = 1

    /// Passes one byte; `next` is the byte after it.
    mutating func pass(_ byte: UInt8, next: UInt8?) {
      guard byte & 0xC0 != 0x80 else { return }
      scalars += 1
      column += 1
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n")) {
        line += 1
        column = 1
      }
    }
  }

  init(_ buffer: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
    skipped = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    content = UnsafeBufferPointer(rebasing: buffer[skipped...])
    let invalid = Self.firstInvalidByte(content)
    let valid = UnsafeBufferPointer(rebasing: content[..<(invalid ?? content.count)])

    var checkpoints: [Checkpoint] = []
    checkpoints.reserveCapacity(valid.count / Self.stride + 1)
    var walk = Checkpoint()
    var directives = 0
    var excess: Int?
    for offset in valid.indices {
      if offset % Self.stride == 0 { checkpoints.append(walk) }
      if walk.column == 1, valid[offset] == UInt8(ascii: "%") {
        directives += 1
        if directives > Self.directiveLimit, excess == nil { excess = offset }
      }
      walk.pass(valid[offset], next: offset + 1 < valid.count ? valid[offset + 1] : nil)
    }
    if valid.count % Self.stride == 0 { checkpoints.append(walk) }
    self.checkpoints = checkpoints

    if let invalid { throw notUTF8(at: invalid) }
    if let excess {
      throw YAMLError("more than \(Self.directiveLimit) directives", at: character(at: mark(byte: excess)))
    }
  }

  private static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private func notUTF8(at offset: Int) -> YAMLError {
    let start = mark(byte: offset)
    let utf16 = content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF])
    return YAMLError(
      utf16 ? "the file is UTF-16; only UTF-8 is read" : "this byte is not UTF-8",
      at: YAMLRange(start: start, end: start))
  }

  // MARK: Places

  /// The place of a byte of ``content``.
  func mark(byte offset: Int) -> YAMLMark {
    let offset = min(max(offset, 0), content.count)
    // Up to the place of the invalid byte, where the file has one: no further places are asked for then.
    let index = min(offset / Self.stride, checkpoints.count - 1)
    return walk(from: index) { _, byte in byte >= offset }
  }

  /// The place of libyaml's mark.
  func mark(scalar index: Int) -> YAMLMark {
    var checkpoint = 0
    return mark(scalar: index, from: &checkpoint)
  }

  /// The same, looked for from the checkpoint of another mark on. Marks mostly ascend, and are near one another.
  func mark(scalar index: Int, from checkpoint: inout Int) -> YAMLMark {
    var (low, high) = (checkpoints[checkpoint].scalars <= index ? checkpoint : 0, checkpoints.count)
    var step = 1
    while low + step < high, checkpoints[low + step].scalars <= index {
      low += step
      step *= 2
    }
    high = min(high, low + step)
    while high - low > 1 {
      let middle = (low + high) / 2
      if checkpoints[middle].scalars <= index { low = middle } else { high = middle }
    }
    checkpoint = low
    return walk(from: low) { scalars, _ in scalars >= index }
  }

  private func walk(from index: Int, until reached: (_ scalars: Int, _ byte: Int) -> Bool) -> YAMLMark {
    var walk = checkpoints[index]
    var offset = index * Self.stride
    while offset < content.count {
      let isContinuation = content[offset] & 0xC0 == 0x80
      if !isContinuation, reached(Int(walk.scalars), offset) { break }
      walk.pass(content[offset], next: offset + 1 < content.count ? content[offset + 1] : nil)
      offset += 1
    }
    return YAMLMark(line: Int(walk.line), column: Int(walk.column), offset: offset + skipped)
  }

  /// The one character that begins at this place; nothing where the line or the file ends there.
  func character(at start: YAMLMark) -> YAMLRange {
    guard let byte = self[start], byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else {
      return YAMLRange(start: start, end: start)
    }
    return YAMLRange(start: start, end: mark(byte: start.offset - skipped + 1))
  }

  /// The byte at this place; `nil` at the file's end.
  subscript(mark: YAMLMark) -> UInt8? {
    let offset = mark.offset - skipped
    return content.indices.contains(offset) ? content[offset] : nil
  }

  /// The place before the white space and line ends that stand before `end`, but not before `start`.
  func trimmed(_ end: YAMLMark, notBefore start: YAMLMark) -> YAMLMark {
    var offset = end.offset - skipped
    while offset > start.offset - skipped, Self.isBlank(content[offset - 1]) { offset -= 1 }
    return offset == end.offset - skipped ? end : mark(byte: offset)
  }

  /// The tag of the node that begins at `start`, after an anchor if there is one.
  func tag(from start: YAMLMark) -> YAMLRange {
    let rest = content[max(0, start.offset - skipped)...]
    guard let first = rest.firstIndex(of: UInt8(ascii: "!")) else { return YAMLRange(start: start, end: start) }
    let end = content[first...].firstIndex { Self.isBlank($0) || $0 == UInt8(ascii: ",") } ?? content.count
    return YAMLRange(start: mark(byte: first), end: mark(byte: end))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
