import FoundationEssentials

/// One entry of a kept state: the state's maps become rows, everything else a part of the row it stands in.
///
/// Rows are found by where their map is (`accounts/111111111111/users`) and the key in it. The state's own row has neither.
package struct StateRow: Sendable, Hashable {
  /// The place of the map: names of maps and keys of the rows around it, keys percent-encoded, with `/` between them.
  package var map: String
  package var key: String
  /// What stands there; `nil` where nothing does any more.
  package var value: [UInt8]?

  package init(map: String, key: String, value: [UInt8]?) {
    self.map = map
    self.key = key
    self.value = value
  }

  /// The place of the state's own row.
  package static let root = (map: "", key: "")
}

/// Where rows are read from.
package protocol StateRows {
  /// Gives every row of `map` to `body`, which may ask for rows of other maps meanwhile.
  func rows(of map: String, _ body: (_ key: String, _ value: [UInt8]) throws -> Void) throws
}

/// A key of a map as the key of a row.
package protocol RowKey {
  var rowKey: String { get }
  /// - Parameter rowKey: of a key of this type; `nil` comes of any other.
  init?(rowKey: String)
}

extension String: RowKey {
  package var rowKey: String { self }
  package init?(rowKey: String) { self = rowKey }
}

extension Int: RowKey {
  package var rowKey: String { String(self) }
  package init?(rowKey: String) { self.init(rowKey) }
}

extension UTF8Key: RowKey {
  package var rowKey: String { string }
  package init?(rowKey: String) { self.init(rowKey) }
}

extension NameKey: RowKey {
  package var rowKey: String { text }
  package init?(rowKey: String) { self.init(rowKey) }
}

extension SessionEnd: RowKey {
  /// The time to the bit, because a key that comes back a little earlier is another key.
  package var rowKey: String { "\(date.timeIntervalSinceReferenceDate.bitPattern) \(accessKeyID)" }

  package init?(rowKey: String) {
    let parts = rowKey.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let bits = UInt64(parts[0]) else { return nil }
    self.init(
      date: Date(timeIntervalSinceReferenceDate: Double(bitPattern: bits)), accessKeyID: UTF8Key(String(parts[1])))
  }
}
