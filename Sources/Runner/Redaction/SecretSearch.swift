/// Finds secrets in bytes, whichever way they are written there.
struct SecretSearch: Sendable {
  /// How deep encodings are looked through: percent-encoding of percent-encoding, JSON within XML.
  private static let deepestEncoding = 2
  /// A secret of which only this many first bytes are left, because a text was cut, is taken out as well.
  private static let shortestPrefix = 16

  /// How many first bytes needles are looked up by.
  private static let keyLength = 4

  private var known: Set<String> = []
  private var needles: [Needle] = []
  /// The needles that start with these four bytes.
  private var index: [UInt32: [Int]] = [:]
  /// Which pairs of bytes any needle starts with: rules out almost every position.
  private var firstPairs = [Bool](repeating: false, count: 1 << 16)

  private struct Needle {
    var bytes: [UInt8]
    /// What follows is the secret, up to where a value ends.
    var isMarker = false
  }

  /// Names that a secret stands behind, known or not.
  private static let markers = [
    "Signature=", "X-Amz-Security-Token=", "x-amz-security-token: ", "X-Amz-Security-Token: ", "<SecretAccessKey>",
    "<SessionToken>", "\"SecretAccessKey\":", "\"SessionToken\":", "aws_secret_access_key=", "aws_session_token=",
    "AWS_SECRET_ACCESS_KEY=", "AWS_SESSION_TOKEN=",
  ]

  init() {
    for marker in Self.markers { add(Needle(bytes: Array(marker.utf8), isMarker: true)) }
  }

  /// Looks for `secret` from now on.
  mutating func add(_ secret: String) {
    guard known.insert(secret).inserted else { return }
    let bytes = Array(secret.utf8)
    add(Needle(bytes: bytes))
    // Forms write a space so; everything else in them is percent-encoded.
    if bytes.contains(0x20) { add(Needle(bytes: bytes.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 })) }
    for form in Base64Forms.forms(of: bytes) { add(Needle(bytes: form)) }
  }

  private mutating func add(_ needle: Needle) {
    guard needle.bytes.count >= Self.keyLength else { return }
    index[Self.key(needle.bytes, at: 0), default: []].append(needles.count)
    firstPairs[Self.pair(needle.bytes, at: 0)] = true
    needles.append(needle)
  }

  private static func key(_ bytes: [UInt8], at position: Int) -> UInt32 {
    UInt32(bytes[position]) << 24 | UInt32(bytes[position + 1]) << 16 | UInt32(bytes[position + 2]) << 8
      | UInt32(bytes[position + 3])
  }

  private static func pair(_ bytes: [UInt8], at position: Int) -> Int {
    Int(bytes[position]) << 8 | Int(bytes[position + 1])
  }

  /// What must not be written, in order and without overlaps.
  func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    search(DecodedView(bytes), depth: 0, into: &found)
    return Self.merged(found)
  }

  private func search(_ view: DecodedView, depth: Int, into found: inout [Range<Int>]) {
    for range in matches(in: view.bytes) { found.append(view.sourceRange(range)) }
    guard depth < Self.deepestEncoding else { return }
    for syntax in EscapeSyntax.allCases {
      if let decoded = view.undoing(syntax) { search(decoded, depth: depth + 1, into: &found) }
    }
  }

  private func matches(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    guard bytes.count >= Self.keyLength else { return found }
    var position = 0
    while position <= bytes.count - Self.keyLength {
      if firstPairs[Self.pair(bytes, at: position)], let candidates = index[Self.key(bytes, at: position)] {
        var end = position
        for candidate in candidates {
          guard let range = match(needles[candidate], in: bytes, at: position) else { continue }
          found.append(range)
          end = max(end, range.upperBound)
        }
        position = max(end, position + 1)
      } else {
        position += 1
      }
    }
    return found
  }

  private func match(_ needle: Needle, in bytes: [UInt8], at position: Int) -> Range<Int>? {
    var length = 0
    while length < needle.bytes.count, position + length < bytes.count, bytes[position + length] == needle.bytes[length]
    {
      length += 1
    }
    if needle.isMarker {
      return length == needle.bytes.count ? Self.value(in: bytes, after: position + length) : nil
    }
    return length == needle.bytes.count || length >= Self.shortestPrefix ? position..<(position + length) : nil
  }

  /// The value that stands at `start`: behind spaces and a quotation mark, in an element also behind line breaks, up to what
  /// ends a value.
  private static func value(in bytes: [UInt8], after start: Int) -> Range<Int>? {
    let isElement = bytes[start - 1] == UInt8(ascii: ">")
    var start = start
    while start < bytes.count,
      bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\"") || (isElement && bytes[start] < 0x20)
    {
      start += 1
    }
    let end = bytes[start...].firstIndex(where: isEnd) ?? bytes.count
    return start < end ? start..<end : nil
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "`"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

/// How bytes look within base64, wherever in it they start.
enum Base64Forms {
  /// Shorter pieces of base64 are too common to be told.
  private static let shortest = 8

  static func forms(of bytes: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    for offset in 0..<3 {
      let form = form(of: bytes, offset: offset)
      guard form.count >= shortest else { continue }
      forms.append(form)
      guard form.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }) else { continue }
      forms.append(
        form.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 })
    }
    return forms
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The characters that depend on `bytes` alone, where they start `offset` bytes into a group of three.
  private static func form(of bytes: [UInt8], offset: Int) -> [UInt8] {
    // The first bits belong to a character that depends on the byte before as well.
    var (bits, count) = (UInt32(0), -(6 - offset * 8 % 6) % 6)
    let alphabet = alphabet
    return [UInt8](unsafeUninitializedCapacity: bytes.count * 4 / 3 + 1) { result, length in
      for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 6 {
          count -= 6
          result[length] = alphabet[Int(bits >> UInt32(count) & 63)]
          length += 1
        }
      }
    }
  }
}
