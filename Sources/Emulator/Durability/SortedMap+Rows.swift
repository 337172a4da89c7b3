import HTTP

/// A map whose entries are rows.
protocol RowMap {
  var isEmpty: Bool { get }

  /// Adds what makes the rows at `place` those of this map, where they are those of `former` so far.
  /// - Parameter former: a map of the same type; `nil` for one without entries.
  func addChanges(since former: (any RowMap)?, at place: String, to changes: inout [StateRow]) throws

  /// Adds the removal of all of its rows.
  func addRemoval(at place: String, to changes: inout [StateRow]) throws
}

extension SortedMap: RowMap where Key: RowKey, Value: Codable {
  func addChanges(since former: (any RowMap)?, at place: String, to changes: inout [StateRow]) throws {
    try differences(from: former as? Self ?? [:]) { key, former, current in
      try StateRow.addChanges(from: former, to: current, key: key.rowKey, at: place, &changes)
    }
  }

  func addRemoval(at place: String, to changes: inout [StateRow]) throws {
    try SortedMap().addChanges(since: self, at: place, to: &changes)
  }
}

extension SortedMap: Encodable where Key: RowKey, Value: Codable {
  package func encode(to encoder: any Encoder) throws {
    guard let encoder = encoder as? StateEncoder else { throw StateFormatError.foreignCoder }
    encoder.write(map: self)
  }
}

extension SortedMap: Decodable where Key: RowKey, Value: Codable {
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? StateDecoder else { throw StateFormatError.foreignCoder }
    self.init()
    guard let name = try decoder.mapName() else { return }
    let place = decoder.row.place(ofMap: name)
    try decoder.row.rows.rows(of: place) { key, value in
      guard let mapKey = Key(rowKey: key) else { throw StateFormatError("\(place) has the odd key \(key)") }
      updateValue(try Value(from: StateDecoder(value, row: decoder.row.row(key, ofMapAt: place))), forKey: mapKey)
    }
  }
}

extension StateRow {
  /// What the places of the maps in a row begin with.
  static func prefix(ofMapsIn key: String, at map: String) -> String {
    map.isEmpty && key.isEmpty ? "" : "\(map)/\(PercentEncoding.encode(key))/"
  }

  /// Adds what turns the row of `former`, with the rows of the maps in it, into that of `current`.
  static func addChanges<Value: Encodable>(
    from former: Value?, to current: Value?, key: String, at map: String, _ changes: inout [StateRow]
  ) throws {
    let old = try former.map { try StateEncoder.encode($0) }
    let new = try current.map { try StateEncoder.encode($0) }
    if old?.bytes != new?.bytes { changes.append(StateRow(map: map, key: key, value: new?.bytes)) }
    let prefix = prefix(ofMapsIn: key, at: map)
    for (name, map) in new?.maps ?? [] {
      try map.addChanges(since: old?.maps.first { $0.name == name }?.map, at: prefix + name, to: &changes)
    }
    for (name, map) in old?.maps ?? [] where new?.maps.contains(where: { $0.name == name }) != true {
      try map.addRemoval(at: prefix + name, to: &changes)
    }
  }
}

extension StateFormatError {
  static let foreignCoder = StateFormatError("maps are kept as rows only")
}
