/// Reads JSON as RFC 8259 has it: no comments, no trailing commas, UTF-8 only.
///
/// Our own because policies need the place of every value (the linter and SimulatePrincipalPolicy report them), which
/// the parsers at hand do not keep, and because Foundation's costs the static binary megabytes.
///
/// Within the package it also serves readers that take a text member by member (`JSONParser+Members.swift`).
package struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  private let depthLimit: Int
  package internal(set) var position: Int

  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0, depthLimit: Int = JSONLimits().depth
  ) {
    self.bytes = bytes
    self.position = position
    self.depthLimit = depthLimit
  }

  package mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  package var isAtEnd: Bool { position >= bytes.count }

  package func error(_ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(message, at: offset ?? position, of: bytes)
  }

  /// Reads the value that begins here.
  package mutating func value(depth: Int = 0) throws(JSONError) -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw error("a value is missing") }
    let start = position
    let kind: JSONValue.Kind
    switch bytes[position] {
    case UInt8(ascii: "{"): kind = .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): kind = .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): kind = .string(try string())
    case UInt8(ascii: "t"): kind = try literal("true", .bool(true))
    case UInt8(ascii: "f"): kind = try literal("false", .bool(false))
    case UInt8(ascii: "n"): kind = try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .number(try number())
    default: throw error("a value cannot begin like this")
    }
    return JSONValue(kind, range: start..<position)
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
    guard depth <= depthLimit else { throw error("nested more than \(depthLimit) levels deep") }
    position += 1
    var members: [JSONMember] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("a member's name is missing")
      }
      let start = position
      let name = try string()
      let nameRange = start..<position
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("`:` is missing behind a member's name") }
      members.append(JSONMember(name: name, nameRange: nameRange, value: try value(depth: depth)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw error("`,` or `}` is missing") }
    }
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
    guard depth <= depthLimit else { throw error("nested more than \(depthLimit) levels deep") }
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw error("`,` or `]` is missing") }
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func literal(_ text: StaticString, _ kind: JSONValue.Kind) throws(JSONError) -> JSONValue.Kind {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count, (0..<count).allSatisfy({ bytes[position + $0] == text.utf8Start[$0] }) else {
      throw error("a value cannot begin like this")
    }
    position += count
    return kind
  }

  private mutating func number() throws(JSONError) -> String {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    guard position > start else { throw error("a digit is missing") }
  }

  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    var bits: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(start..<position, isASCII: bits < 0x80)
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case ..<0x20: throw error("a control character must be escaped")
      default:
        bits |= byte
        position += 1
      }
    }
    throw error("a string does not end", at: start - 1)
  }

  /// Almost all strings are ASCII, which needs no validation: that costs more than reading them.
  private func text(_ range: Range<Int>, isASCII: Bool) throws(JSONError) -> String {
    let bytes = UnsafeBufferPointer(rebasing: bytes[range])
    if isASCII { return String(decoding: bytes, as: UTF8.self) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("a string is not UTF-8", at: range.lowerBound)
    }
    return text
  }

  /// The slower way, for a string with at least one escape.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("a string is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case ..<0x20: throw error("a control character must be escaped", at: position - 1)
      default: text.append(byte)
      }
    }
    throw error("a string does not end", at: start - 1)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw error("a string does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
    default: throw error("an unknown escape", at: position - 2)
    }
  }

  private mutating func escapedScalar() throws(JSONError) -> Character {
    let start = position - 2
    let first = try hexadecimal()
    var value = UInt32(first)
    if (0xD800..<0xDC00).contains(first) {
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      else { throw error("half of a surrogate pair", at: start) }
      position += 2
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else { throw error("half of a surrogate pair", at: start) }
      value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw error("half of a surrogate pair", at: start) }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    guard position + 4 <= bytes.count,
      let value = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+")
    else { throw error("four hexadecimal digits are missing") }
    position += 4
    return value
  }
}

extension JSONValue {
  /// Reads the one value that `bytes` are.
  /// - Throws: ``JSONError`` with its place where they are not a JSON text or exceed `limits`.
  public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    let result: Result<JSONValue, JSONError>? = bytes.withContiguousStorageIfAvailable { buffer in
      Self.parse(buffer, limits: limits)
    }
    self = try (result ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0, limits: limits) }).get()
  }

  private static func parse(_ buffer: UnsafeBufferPointer<UInt8>, limits: JSONLimits) -> Result<JSONValue, JSONError> {
    do throws(JSONError) {
      guard buffer.count <= limits.bytes else {
        throw JSONError("the text has more than \(limits.bytes) bytes", at: 0, of: buffer)
      }
      var parser = JSONParser(buffer, from: 0, depthLimit: limits.depth)
      let value = try parser.value()
      parser.skipSpace()
      guard parser.isAtEnd else { throw parser.error("something follows the value") }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
}
