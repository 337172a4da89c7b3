/// One range of an object as the `Range` header asks for it.
///
/// S3 answers with one range at most: it takes a header that it cannot read, or that has several ranges, for absent.
enum ByteRange: Sendable, Hashable {
  /// `bytes=2-5` and, without an end, `bytes=2-`.
  case from(Int64, through: Int64?)
  /// `bytes=-5`, the last five.
  case last(Int64)

  /// The range that a header names; `nil` where the whole object is meant.
  init?(header: String) {
    guard header.hasPrefix("bytes=") else { return nil }
    let text = header.dropFirst("bytes=".count)
    guard let dash = text.firstIndex(of: "-") else { return nil }
    let (first, last) = (text[..<dash], text[text.index(after: dash)...])
    switch (Self.number(first), Self.number(last)) {
    case (let first?, let last?): self = .from(first, through: last)
    case (let start?, nil) where last.isEmpty: self = .from(start, through: nil)
    case (nil, let count?) where first.isEmpty: self = .last(count)
    default: return nil
    }
    if case .from(let first, let last?) = self, last < first { return nil }
  }

  /// Digits only: `Int64` would also take a sign.
  private static func number(_ text: Substring) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int64(text) ?? .max
  }

  /// The bytes meant of an object of `size`; `nil` where it has none of them.
  func resolved(size: Int64) -> Range<Int64>? {
    switch self {
    case .from(let first, let last):
      guard first < size else { return nil }
      let end = last.map { min($0, size - 1) + 1 } ?? size
      return first..<end
    case .last(let count):
      guard count > 0, size > 0 else { return nil }
      return max(0, size - count)..<size
    }
  }
}
