/// Replaces several texts in one pass, so that what one replacement puts in is not taken for another's.
struct TextReplacement: Sendable {
  private struct Entry: Sendable {
    var needle: [UInt8]
    var replacement: [UInt8]
    var boundary: Boundary
  }

  /// What may not stand on either side of a text that is replaced.
  enum Boundary: Sendable {
    case none
    /// An account's id is not to be found in the middle of a longer number.
    case number
    /// A name that somebody else chose is not to be found in the middle of a word.
    case word
  }

  /// The longest first: a name may begin with another one.
  private var entries: [Entry] = []
  private var first = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ needle: String, _ replacement: String, boundary: Boundary = .none) {
    guard let byte = needle.utf8.first, needle != replacement else { return }
    let entry = Entry(needle: Array(needle.utf8), replacement: Array(replacement.utf8), boundary: boundary)
    guard !entries.contains(where: { $0.needle == entry.needle }) else { return }
    let place = entries.firstIndex { $0.needle.count < entry.needle.count } ?? entries.endIndex
    entries.insert(entry, at: place)
    first[Int(byte)] = true
  }

  func apply(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return apply(bytes).map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// `nil` where there is nothing to replace.
  func apply(_ bytes: [UInt8]) -> [UInt8]? {
    guard !entries.isEmpty else { return nil }
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while index < bytes.count {
      guard first[Int(bytes[index])], let entry = entries.first(where: { matches($0, bytes, at: index) }) else {
        index += 1
        continue
      }
      result += bytes[copied..<index]
      result += entry.replacement
      index += entry.needle.count
      copied = index
    }
    guard copied > 0 else { return nil }
    return result + bytes[copied...]
  }

  private func matches(_ entry: Entry, _ bytes: [UInt8], at index: Int) -> Bool {
    let end = index + entry.needle.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(entry.needle) else { return false }
    let after = end < bytes.count ? bytes[end] : nil
    // The end of a percent escape (`%22`) belongs to no number and no word.
    let isAfterEscape = index >= 3 && bytes[index - 3] == UInt8(ascii: "%")
    let before = index > 0 && !isAfterEscape ? bytes[index - 1] : nil
    return switch entry.boundary {
    case .none: true
    case .number: !(before.map(Self.isDigit) ?? false) && !(after.map(Self.isDigit) ?? false)
    case .word: !(before.map(Self.isWord) ?? false) && !(after.map(Self.isWord) ?? false)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
