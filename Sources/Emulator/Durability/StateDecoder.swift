/// Reads a value that ``StateEncoder`` has written, and the rows of the maps in it.
struct StateDecoder: Decoder {
  fileprivate let reader: StateReader
  let row: Row

  /// The row that is read, and where its maps' rows come from.
  final class Row {
    let rows: any StateRows
    /// Where the bytes of objects are.
    let payloads: any PayloadStore
    /// What the names of the row's maps begin with.
    private let prefix: String

    init(rows: any StateRows, payloads: any PayloadStore, prefix: String = "") {
      self.rows = rows
      self.payloads = payloads
      self.prefix = prefix
    }

    /// The place of the map that the row calls `name`.
    func place(ofMap name: String) -> String { prefix + name }

    /// The row `key` of the map at `place`.
    func row(_ key: String, ofMapAt place: String) -> Row {
      Row(rows: rows, payloads: payloads, prefix: StateRow.prefix(ofMapsIn: key, at: place))
    }
  }

  init(_ bytes: [UInt8], row: Row) { self.init(StateReader(bytes), row: row) }

  fileprivate init(_ reader: StateReader, row: Row) {
    self.reader = reader
    self.row = row
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    var reader = reader
    guard try reader.tag() == .record else { throw StateFormatError.other("a structure") }
    return KeyedDecodingContainer(Record(reader: StateReader(reader.bytes, try reader.inside()), row: row))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    var reader = reader
    guard try reader.tag() == .list else { throw StateFormatError.other("a list") }
    return List(reader: StateReader(reader.bytes, try reader.inside()), row: row)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(reader: reader, row: row) }

  /// The name of the map that stands here; `nil` where it has no entries.
  func mapName() throws -> String? {
    var reader = reader
    guard try reader.tag() == .map else { throw StateFormatError.other("a map") }
    let name = try reader.text()
    return name.isEmpty ? nil : name
  }

  fileprivate static func value<T: Decodable>(_ type: T.Type, _ reader: inout StateReader, _ row: Row) throws -> T {
    let start = reader
    if T.self == [UInt8].self, let blob = try reader.blob() as? T { return blob }
    try reader.skip()
    return try T(from: StateDecoder(start, row: row))
  }
}

// MARK: Containers

extension StateDecoder {
  /// Members are mostly asked for in the order in which they stand, so each search begins where the last one ended.
  private final class Record<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let whole: StateReader
    private var next: StateReader
    /// Where the member begins that was found last.
    private var member = 0
    private let row: Row
    var codingPath: [any CodingKey] { [] }

    init(reader: StateReader, row: Row) {
      whole = reader
      next = reader
      self.row = row
    }

    /// Goes to the value of the member `name`; false where there is none.
    private func find(_ name: String) throws -> Bool {
      var name = name
      return try name.withUTF8 { name in
        let former = next.position
        while !next.isAtEnd {
          if try isNext(name) { return true }
          try next.skip()
        }
        next = whole
        while next.position < former {
          if try isNext(name) { return true }
          try next.skip()
        }
        return false
      }
    }

    /// Reads a name and tells whether it is `name`.
    private func isNext(_ name: UnsafeBufferPointer<UInt8>) throws -> Bool {
      member = next.position
      let range = try next.counted()
      return range.count == name.count && next.bytes[range].elementsEqual(name)
    }

    private func take<T>(_ key: Key, _ read: (inout StateReader) throws -> T) throws -> T {
      guard try find(key.stringValue) else { throw StateFormatError("a row has no \(key.stringValue)") }
      return try read(&next)
    }

    var allKeys: [Key] {
      var reader = whole
      var keys: [Key] = []
      while !reader.isAtEnd, let name = try? reader.text(), (try? reader.skip()) != nil {
        if let key = Key(stringValue: name) { keys.append(key) }
      }
      return keys
    }

    func contains(_ key: Key) -> Bool {
      guard (try? find(key.stringValue)) == true else { return false }
      next.position = member
      return true
    }

    func decodeNil(forKey key: Key) throws -> Bool {
      guard try find(key.stringValue) else { return true }
      let isNull = try next.takeNull()
      next.position = member
      return isNull
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try take(key) { try $0.boolean() } }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try take(key) { try $0.string() } }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try take(key) { try $0.real() } }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try take(key) { try $0.integer(type) } }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try take(key) { try StateDecoder.value(type, &$0, row) }
    }

    private func decoder(_ key: Key) throws -> StateDecoder {
      try take(key) { reader in
        let start = reader
        try reader.skip()
        return StateDecoder(start, row: row)
      }
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw StateFormatError.classes }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw StateFormatError.classes }
  }

  private struct List: UnkeyedDecodingContainer {
    private var reader: StateReader
    private let row: Row
    private(set) var currentIndex = 0
    var count: Int? {
      var (rest, count) = (reader, currentIndex)
      while !rest.isAtEnd, (try? rest.skip()) != nil { count += 1 }
      return count
    }
    var isAtEnd: Bool { reader.isAtEnd }
    var codingPath: [any CodingKey] { [] }

    init(reader: StateReader, row: Row) {
      self.reader = reader
      self.row = row
    }

    mutating func decodeNil() throws -> Bool { try reader.takeNull() }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      currentIndex += 1
      return try StateDecoder.value(type, &reader, row)
    }

    private mutating func decoder() throws -> StateDecoder {
      let start = reader
      try reader.skip()
      currentIndex += 1
      return StateDecoder(start, row: row)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try decoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try decoder().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { throw StateFormatError.classes }
  }

  private struct Single: SingleValueDecodingContainer {
    let reader: StateReader
    let row: Row
    var codingPath: [any CodingKey] { [] }

    private func read<T>(_ body: (inout StateReader) throws -> T) rethrows -> T {
      var reader = reader
      return try body(&reader)
    }

    func decodeNil() -> Bool { (try? read { try $0.takeNull() }) ?? false }
    func decode(_ type: Bool.Type) throws -> Bool { try read { try $0.boolean() } }
    func decode(_ type: String.Type) throws -> String { try read { try $0.string() } }
    func decode(_ type: Double.Type) throws -> Double { try read { try $0.real() } }
    func decode(_ type: Float.Type) throws -> Float { Float(try read { try $0.real() }) }
    func decode(_ type: Int.Type) throws -> Int { try read { try $0.integer(type) } }
    func decode(_ type: Int8.Type) throws -> Int8 { try read { try $0.integer(type) } }
    func decode(_ type: Int16.Type) throws -> Int16 { try read { try $0.integer(type) } }
    func decode(_ type: Int32.Type) throws -> Int32 { try read { try $0.integer(type) } }
    func decode(_ type: Int64.Type) throws -> Int64 { try read { try $0.integer(type) } }
    func decode(_ type: UInt.Type) throws -> UInt { try read { try $0.integer(type) } }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try read { try $0.integer(type) } }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try read { try $0.integer(type) } }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try read { try $0.integer(type) } }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try read { try $0.integer(type) } }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      try read { reader in try StateDecoder.value(type, &reader, row) }
    }
  }
}

extension StateFormatError {
  static let classes = StateFormatError("classes that inherit are not kept")
}
