/// Finds `${{ … }}` in text.
///
/// The same scan runs over what YAML made of a scalar and over how the scalar is written in the file, so that the second
/// tells where in the file the references of the first stand.
struct TemplateScanner {
  enum Token: Equatable {
    /// Bytes taken as they are.
    case text(Range<Int>)
    /// `$${{`, which stands for `${{`.
    case escape(Range<Int>)
    /// `${{ … }}` as a whole.
    case reference(Range<Int>)
    /// `${{` that no `}}` follows, up to the end.
    case unclosed(Range<Int>)
  }

  /// The tokens of `bytes`, in order and without gaps.
  static func scan(_ bytes: borrowing [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var textStart = 0
    var index = 0
    func flush(to end: Int, _ tokens: inout [Token]) {
      if textStart < end { tokens.append(.text(textStart..<end)) }
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$") else {
        index += 1
        continue
      }
      if opens(in: bytes, at: index + 1) {
        flush(to: index, &tokens)
        tokens.append(.escape(index..<(index + 4)))
        index += 4
      } else if opens(in: bytes, at: index) {
        flush(to: index, &tokens)
        guard let end = closing(in: bytes, from: index + 3) else {
          tokens.append(.unclosed(index..<bytes.count))
          return tokens
        }
        tokens.append(.reference(index..<end))
        index = end
      } else {
        index += 1
        continue
      }
      textStart = index
    }
    flush(to: bytes.count, &tokens)
    return tokens
  }

  /// Whether `${{` stands at `index`.
  private static func opens(in bytes: borrowing [UInt8], at index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{")
      && bytes[index + 2] == UInt8(ascii: "{")
  }

  /// Just behind the first `}}` at or after `start`.
  private static func closing(in bytes: borrowing [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return index + 2 }
      // A reference that opens inside another one means that the first was never closed.
      if opens(in: bytes, at: index) { return nil }
      index += 1
    }
    return nil
  }
}
