import HTTP

/// Writes the parts of a canonical request one behind the other.
///
/// It works on bytes where they lie, and copies runs of them: every request is put into this form twice, to be signed and to
/// be verified.
struct CanonicalWriter: ~Copyable {
  private(set) var bytes: ByteWriter

  init(capacity: Int) { bytes = ByteWriter(capacity: capacity) }

  /// What was written.
  consuming func written() -> ByteWriter { bytes }

  mutating func append(_ text: String) { bytes.append(utf8: text) }

  mutating func line(_ text: String) {
    bytes.append(utf8: text)
    endLine()
  }

  private mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  // MARK: Path

  mutating func path(_ sent: UnsafeBufferPointer<UInt8>, rule: CanonicalRequest.PathRule) {
    switch rule {
    case .s3:
      if sent.isEmpty { bytes.append(Self.slash) }
      recode(sent, keepingSlashes: true)
    case .normalized: normalizedPath(sent)
    }
    endLine()
  }

  /// What is sent is already encoded and is encoded once more: `%20` becomes `%2520`.
  private mutating func normalizedPath(_ sent: UnsafeBufferPointer<UInt8>) {
    var segments: [Slice<UnsafeBufferPointer<UInt8>>] = []
    for segment in sent.split(separator: Self.slash) {
      switch segment.elementsEqual(Self.dot) ? 1 : segment.elementsEqual(Self.dotDot) ? 2 : 0 {
      case 1: continue
      case 2: _ = segments.popLast()
      default: segments.append(segment)
      }
    }
    for segment in segments {
      bytes.append(Self.slash)
      for byte in segment { encode(byte) }
    }
    if segments.isEmpty || sent.last == Self.slash { bytes.append(Self.slash) }
  }

  // MARK: Query

  /// The parameters sorted by their encoded names and, where these are the same, by their encoded values.
  mutating func query(_ sent: UnsafeBufferPointer<UInt8>, excluding excluded: String?) {
    guard !sent.isEmpty else { return endLine() }
    var recoded = CanonicalWriter(capacity: sent.count * 2)
    var pairs: [Pair] = []
    pairs.reserveCapacity(8)
    var start = 0
    while start < sent.count {
      let end = sent.end(before: UInt8(ascii: "&"), from: start)
      if end > start { pairs.append(recoded.pair(sent.part(start..<end))) }
      start = end + 1
    }
    recoded.bytes.withBytes { recoded in
      if let excluded { pairs.removeAll { recoded.part($0.name).elementsEqual(excluded.utf8) } }
      let isBefore = { (left: Pair, right: Pair) in
        let order = recoded.part(left.name).order(recoded.part(right.name))
        return order == 0 ? recoded.part(left.value).order(recoded.part(right.value)) < 0 : order < 0
      }
      // Most clients send them in their order.
      let isSorted = pairs.indices.dropFirst().allSatisfy { !isBefore(pairs[$0], pairs[$0 - 1]) }
      if !isSorted { pairs.sort(by: isBefore) }
      for index in pairs.indices {
        if index > 0 { bytes.append(UInt8(ascii: "&")) }
        bytes.append(recoded.part(pairs[index].name.lowerBound..<pairs[index].value.upperBound))
      }
    }
    endLine()
  }

  /// Where the sides of a parameter were written; between them is the equals sign.
  private struct Pair {
    var name: Range<Int>
    var value: Range<Int>
  }

  /// Writes one parameter; one without a value has an empty one.
  private mutating func pair(_ piece: UnsafeBufferPointer<UInt8>) -> Pair {
    let equals = piece.end(before: UInt8(ascii: "="))
    let start = bytes.count
    recode(piece.part(..<equals), keepingSlashes: false)
    let middle = bytes.count
    bytes.append(UInt8(ascii: "="))
    if equals < piece.count { recode(piece.part((equals + 1)...), keepingSlashes: false) }
    return Pair(name: start..<middle, value: (middle + 1)..<bytes.count)
  }

  // MARK: Headers

  /// One line for all fields called `name`: their values in the order of the wire, joined by commas.
  mutating func header(_ name: UnsafeBufferPointer<UInt8>, in headers: HTTPHeaders) {
    bytes.append(name)
    bytes.append(UInt8(ascii: ":"))
    var isFirst = true
    let fields = headers.fields
    for index in fields.indices where fields[index].name.utf8.count == name.count {
      guard fields[index].name.withBytes({ $0.equalsIgnoringASCIICase(name) }) else { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      trimmed(fields[index].value)
    }
    endLine()
  }

  /// `value` without white space at its ends, and with runs of it inside made one space.
  private mutating func trimmed(_ value: String) {
    let start = bytes.count
    value.withBytes { value in
      // Most values are one word, and a session token a long one.
      guard !value.isBlankless else { return bytes.append(value) }
      var position = 0
      while position < value.count {
        let end = value[position...].firstIndex(where: Self.isBlank) ?? value.count
        if end > position {
          if bytes.count > start { bytes.append(UInt8(ascii: " ")) }
          bytes.append(value.part(position..<end))
        }
        position = end + 1
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }

  // MARK: Encoding

  /// Decodes and encodes, which makes one form of what clients encode more or less of: `~` and `%7E`, `%3a` and `%3A`.
  private mutating func recode(_ sent: UnsafeBufferPointer<UInt8>, keepingSlashes: Bool) {
    var index = 0
    while index < sent.count {
      let start = index
      while index < sent.count, sent[index].isUnreserved || (keepingSlashes && sent[index] == Self.slash) {
        index += 1
      }
      bytes.append(sent.part(start..<index))
      guard index < sent.count else { return }
      var byte = sent[index]
      index += 1
      if byte == UInt8(ascii: "%"), index + 1 < sent.count, let high = sent[index].hexDigitValue,
        let low = sent[index + 1].hexDigitValue
      {
        byte = high << 4 | low
        index += 2
      }
      if keepingSlashes, byte == Self.slash { bytes.append(byte) } else { encode(byte) }
    }
  }

  private mutating func encode(_ byte: UInt8) {
    guard !byte.isUnreserved else { return bytes.append(byte) }
    bytes.append(UInt8(ascii: "%"))
    bytes.append((byte >> 4).upperHexDigit)
    bytes.append((byte & 15).upperHexDigit)
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = ".".utf8
  private static let dotDot = "..".utf8
}

extension ByteWriter {
  /// Appends the scope as it is signed.
  mutating func append(_ scope: CredentialScope) {
    append(utf8: scope.day)
    append(UInt8(ascii: "/"))
    append(utf8: scope.region)
    append(UInt8(ascii: "/"))
    append(utf8: scope.service)
    append("/aws4_request")
  }
}
