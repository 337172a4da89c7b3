/// Reads what ``StateEncoder`` has written, from one place on.
struct StateReader {
  let bytes: [UInt8]
  var position: Int
  /// Behind the last byte that may be read.
  let end: Int

  init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position >= end }

  mutating func byte() throws(StateFormatError) -> UInt8 {
    guard position < end else { throw .cut }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func tag() throws(StateFormatError) -> StateFormat.Tag {
    guard let tag = StateFormat.Tag(rawValue: try byte()) else { throw StateFormatError("a row has an unknown value") }
    return tag
  }

  mutating func count() throws(StateFormatError) -> UInt64 {
    var (result, shift) = (UInt64(0), UInt64(0))
    while shift < 64 {
      let byte = try byte()
      result |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return result }
      shift += 7
    }
    throw StateFormatError("a row has an endless number")
  }

  /// The range of the next `count` bytes, which are passed over.
  mutating func range(_ count: UInt64) throws(StateFormatError) -> Range<Int> {
    guard count <= UInt64(end - position) else { throw .cut }
    defer { position += Int(count) }
    return position..<(position + Int(count))
  }

  /// The range of a text or of what a length stands before.
  mutating func counted() throws(StateFormatError) -> Range<Int> { try range(try count()) }

  mutating func text() throws(StateFormatError) -> String { String(decoding: bytes[try counted()], as: UTF8.self) }

  /// The range of the inside of a record or a list, which is passed over.
  mutating func inside() throws(StateFormatError) -> Range<Int> {
    var length = UInt64(0)
    for index in 0..<4 { length |= UInt64(try byte()) << UInt64(8 * index) }
    return try range(length)
  }

  /// Passes over one value.
  mutating func skip() throws(StateFormatError) {
    switch try tag() {
    case .null, .no, .yes: break
    case .integer: _ = try count()
    case .real: _ = try range(8)
    case .text, .bytes, .map: _ = try counted()
    case .record, .list: _ = try inside()
    }
  }
}

// MARK: Values

extension StateReader {
  /// Whether the next value is null; it is only passed over where it is.
  mutating func takeNull() throws(StateFormatError) -> Bool {
    guard position < end else { throw .cut }
    guard bytes[position] == StateFormat.Tag.null.rawValue else { return false }
    position += 1
    return true
  }

  mutating func boolean() throws(StateFormatError) -> Bool {
    switch try tag() {
    case .no: return false
    case .yes: return true
    default: throw .other("a truth value")
    }
  }

  mutating func string() throws(StateFormatError) -> String {
    guard try tag() == .text else { throw .other("a text") }
    return try text()
  }

  mutating func real() throws(StateFormatError) -> Double {
    guard try tag() == .real else { throw .other("a fraction") }
    return Double(bitPattern: bytes[try range(8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(StateFormatError) -> T {
    guard try tag() == .integer else { throw .other("a number") }
    let number = StateFormat.number(try count())
    // 64 bits without a sign are kept by their pattern.
    if T.self == UInt64.self || T.self == UInt.self { return T(truncatingIfNeeded: number) }
    guard let result = T(exactly: number) else { throw .other("a number that fits") }
    return result
  }

  mutating func blob() throws(StateFormatError) -> [UInt8] {
    guard try tag() == .bytes else { throw .other("bytes") }
    return Array(bytes[try counted()])
  }
}

extension StateFormatError {
  static let cut = StateFormatError("a row ends too early")
  static func other(_ expected: String) -> StateFormatError {
    StateFormatError("a row has something else than \(expected)")
  }
}
