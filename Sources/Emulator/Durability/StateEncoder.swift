/// Writes a value in the form of ``StateFormat`` and puts the maps aside that get rows of their own.
///
/// One encoder writes one row. Containers are written in one pass: a container ends where the value ends that asked for
/// it, so nothing may be written into an outer container while an inner one is open, which synthesized conformances never do.
final class StateEncoder: Encoder {
  private(set) var bytes: [UInt8] = []
  /// The maps inside of the value with their names, as far as they have entries.
  private(set) var maps: [(name: String, map: any RowMap)] = []
  /// The names of the members that are being written.
  private var names: [String] = []
  /// Where the lengths of the open containers stand.
  private var open: [Int] = []

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// `value` as a row.
  static func encode(_ value: some Encodable) throws -> StateEncoder {
    let encoder = StateEncoder()
    try encoder.write(value)
    return encoder
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    begin(.record)
    return KeyedEncodingContainer(Record(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    begin(.list)
    return List(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  // MARK: Writing

  fileprivate func begin(_ tag: StateFormat.Tag) {
    bytes.append(tag.rawValue)
    open.append(bytes.count)
    bytes.append(contentsOf: [0, 0, 0, 0])
  }

  fileprivate func write<T: Encodable>(_ value: T) throws {
    if T.self == [UInt8].self, let blob = value as? [UInt8] {
      bytes.append(StateFormat.Tag.bytes.rawValue)
      append(count: UInt64(blob.count))
      bytes.append(contentsOf: blob)
      return
    }
    let outer = open.count
    try value.encode(to: self)
    while open.count > outer, let start = open.popLast() {
      guard let length = UInt32(exactly: bytes.count - start - 4) else { throw StateFormatError("a row is too long") }
      for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
    }
  }

  fileprivate func write<T: Encodable>(_ value: T, named key: any CodingKey) throws {
    names.append(key.stringValue)
    defer { names.removeLast() }
    append(key)
    try write(value)
  }

  /// Writes only the name of `map`, whose entries are rows of their own.
  func write(map: any RowMap) {
    bytes.append(StateFormat.Tag.map.rawValue)
    let name = map.isEmpty ? "" : names.joined(separator: ".")
    append(text: name)
    if !map.isEmpty { maps.append((name, map)) }
  }

  fileprivate func append(_ key: any CodingKey) { append(text: key.stringValue) }

  fileprivate func write(null: Void) { bytes.append(StateFormat.Tag.null.rawValue) }

  fileprivate func write(_ flag: Bool) { bytes.append((flag ? StateFormat.Tag.yes : .no).rawValue) }

  fileprivate func write(_ text: String) {
    bytes.append(StateFormat.Tag.text.rawValue)
    append(text: text)
  }

  fileprivate func write(_ number: Double) {
    bytes.append(StateFormat.Tag.real.rawValue)
    let bits = number.bitPattern
    for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))) }
  }

  fileprivate func write(integer number: some FixedWidthInteger) {
    bytes.append(StateFormat.Tag.integer.rawValue)
    append(count: StateFormat.zigzag(Int64(truncatingIfNeeded: number)))
  }

  private func append(text: String) {
    append(count: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private func append(count: UInt64) {
    var rest = count
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

// MARK: Containers

extension StateEncoder {
  private struct Record<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
      encoder.append(key)
      encoder.write(null: ())
    }

    func encode(_ value: Bool, forKey key: Key) {
      encoder.append(key)
      encoder.write(value)
    }

    func encode(_ value: String, forKey key: Key) {
      encoder.append(key)
      encoder.write(value)
    }

    func encode(_ value: Double, forKey key: Key) {
      encoder.append(key)
      encoder.write(value)
    }

    func encode(_ value: Int, forKey key: Key) {
      encoder.append(key)
      encoder.write(integer: value)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoder.write(value, named: key) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      encoder.append(key)
      return encoder.container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder.append(key)
      return encoder.unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder }
  }

  private struct List: UnkeyedEncodingContainer {
    let encoder: StateEncoder
    var count = 0
    var codingPath: [any CodingKey] { [] }

    init(encoder: StateEncoder) { self.encoder = encoder }

    mutating func encodeNil() {
      count += 1
      encoder.write(null: ())
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
      count += 1
      try encoder.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
      count += 1
      return encoder.container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      count += 1
      return encoder.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder }
  }

  private struct Single: SingleValueEncodingContainer {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.write(null: ()) }
    func encode(_ value: Bool) { encoder.write(value) }
    func encode(_ value: String) { encoder.write(value) }
    func encode(_ value: Double) { encoder.write(value) }
    func encode(_ value: Float) { encoder.write(Double(value)) }
    func encode(_ value: Int) { encoder.write(integer: value) }
    func encode(_ value: Int8) { encoder.write(integer: value) }
    func encode(_ value: Int16) { encoder.write(integer: value) }
    func encode(_ value: Int32) { encoder.write(integer: value) }
    func encode(_ value: Int64) { encoder.write(integer: value) }
    func encode(_ value: UInt) { encoder.write(integer: value) }
    func encode(_ value: UInt8) { encoder.write(integer: value) }
    func encode(_ value: UInt16) { encoder.write(integer: value) }
    func encode(_ value: UInt32) { encoder.write(integer: value) }
    func encode(_ value: UInt64) { encoder.write(integer: value) }
    func encode<T: Encodable>(_ value: T) throws { try encoder.write(value) }
  }
}
