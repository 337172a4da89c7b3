// Reading a text piece by piece, for those who need few of its values as a tree.
extension JSONParser {
  /// The kinds of bracket that enclose values.
  package enum Container: Sendable {
    case object, array

    var close: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
  }

  /// The byte the next value begins with; `nil` at the end.
  package mutating func peek() -> UInt8? {
    skipSpace()
    return position < bytes.count ? bytes[position] : nil
  }

  /// Goes into an object or array.
  /// - Returns: `false`, with nothing read, where the next value is another.
  package mutating func enter(_ container: Container) -> Bool {
    skipSpace()
    return take(container == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
  }

  /// Goes to the next member or element.
  /// - Parameter isFirst: whether none was read yet.
  /// - Returns: `false` where the container ended, and was left.
  package mutating func next(in container: Container, isFirst: Bool) throws(JSONError) -> Bool {
    skipSpace()
    if take(container.close) { return false }
    if !isFirst, !take(UInt8(ascii: ",")) {
      throw error(container == .object ? "`,` or `}` is missing" : "`,` or `]` is missing")
    }
    return true
  }

  /// Reads a member's name and its colon.
  package mutating func name() throws(JSONError) -> (text: String, range: Range<Int>) {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw error("a member's name is missing")
    }
    let start = position
    let text = try string()
    let end = position
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw error("`:` is missing behind a member's name") }
    skipSpace()
    return (text, start..<end)
  }

  /// Goes behind the next value without reading it: strings and brackets are told apart, nothing else is looked at.
  /// - Returns: the bytes that spell it, which may still not be JSON.
  package mutating func skipValue() throws(JSONError) -> Range<Int> {
    skipSpace()
    let start = position
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return try ended(from: start) }
        depth -= 1
        if depth == 0 {
          position += 1
          return start..<position
        }
      case UInt8(ascii: "\""):
        try skipString()
        if depth == 0 { return start..<position }
        continue
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
        if depth == 0 { return try ended(from: start) }
      default: break
      }
      position += 1
    }
    guard depth == 0 else { throw error("the text ends within a value") }
    return try ended(from: start)
  }

  private func ended(from start: Int) throws(JSONError) -> Range<Int> {
    guard position > start else { throw error("a value is missing") }
    return start..<position
  }

  private mutating func skipString() throws(JSONError) {
    let start = position
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    position = bytes.count
    throw error("a string does not end", at: start)
  }

  /// Goes behind the next value if `known`, the text of a whole object or array, is how it is spelled.
  package mutating func skip(_ known: [UInt8]) -> Bool {
    let end = position + known.count
    guard !known.isEmpty, end <= bytes.count else { return false }
    let isEqual = known.withUnsafeBytes { known in
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[position..<end]).hasSameBytes(as: known)
    }
    if isEqual { position = end }
    return isEqual
  }
}

extension UnsafeRawBufferPointer {
  /// Compares eight bytes at a time: policies are long and mostly the same from request to request.
  fileprivate func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index + 8 <= count {
      if loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index += 8
    }
    while index < count {
      if self[index] != other[index] { return false }
      index += 1
    }
    return true
  }
}

extension JSONParser {
  /// The bytes of a range.
  package func text(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  /// Reads the value that was skipped before, and stands behind it again.
  /// - Throws: where what was skipped is no JSON, or more than one value.
  package mutating func value(from start: Int) throws(JSONError) -> JSONValue {
    let end = position
    position = start
    let value = try value()
    guard position == end else { throw error("something follows the value") }
    return value
  }
}
