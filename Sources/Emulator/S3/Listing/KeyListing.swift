/// What a listing of keys asks for, the same in ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads.
struct KeyListing: Sendable, Hashable {
  /// Only keys that begin with this.
  var prefix = ""
  /// Keys that have this behind the prefix are rolled up to what ends with its first occurrence; empty for none.
  var delimiter = ""
  var start = Start.beginning
  /// At most this many entries, rolled up prefixes counted as one each.
  var limit = 1000

  /// Behind what the listing begins.
  enum Start: Sendable, Hashable {
    case beginning
    /// Behind this key. Where the key lies in a prefix that is rolled up, the prefix still shows for the keys behind it.
    case key(String)
    /// Behind this key or rolled up prefix, and behind every key that is rolled up to it.
    case entry(String)
  }

  /// One line of a listing.
  enum Entry<Value> {
    case key(UTF8Key, Value)
    case commonPrefix(String)

    /// The key or the prefix.
    var name: String {
      switch self {
      case .key(let key, _): key.string
      case .commonPrefix(let prefix): prefix
      }
    }
  }

  struct Page<Value> {
    var entries: [Entry<Value>] = []
    var isTruncated = false
  }

  /// The page of `map` that is asked for. A key for whose value `select` gives nothing is not there.
  ///
  /// What is rolled up is stepped over, not read: the work grows with the entries listed.
  func page<Value, Selected>(
    of map: SortedMap<UTF8Key, Value>, selecting select: (UTF8Key, Value) -> Selected?
  ) -> Page<Selected> {
    var page = Page<Selected>()
    guard limit > 0 else { return page }
    var remaining = firstElements(of: map)
    while let (key, value) = remaining.next(), key.hasPrefix(UTF8Key(prefix)) {
      guard let selected = select(key, value) else { continue }
      guard page.entries.count < limit else {
        page.isTruncated = true
        break
      }
      guard let rolledUp = commonPrefix(of: key.string) else {
        page.entries.append(.key(key, selected))
        continue
      }
      page.entries.append(.commonPrefix(rolledUp))
      remaining = Self.elements(of: map, behindAllWith: rolledUp)
    }
    return page
  }

  private func firstElements<Value>(of map: SortedMap<UTF8Key, Value>) -> SortedMap<UTF8Key, Value>.Elements {
    let first = UTF8Key(prefix)
    switch start {
    case .beginning: return map.elements(from: first)
    case .key(let key): return UTF8Key(key) < first ? map.elements(from: first) : map.elements(after: UTF8Key(key))
    case .entry(let entry):
      if let rolledUp = commonPrefix(of: entry) { return Self.elements(of: map, behindAllWith: rolledUp) }
      return UTF8Key(entry) < first ? map.elements(from: first) : map.elements(after: UTF8Key(entry))
    }
  }

  private static func elements<Value>(
    of map: SortedMap<UTF8Key, Value>, behindAllWith prefix: String
  ) -> SortedMap<UTF8Key, Value>.Elements {
    let prefix = UTF8Key(prefix)
    return map.elements { $0 < prefix || $0.hasPrefix(prefix) }
  }

  /// What `key` is rolled up to; `nil` where it is not.
  func commonPrefix(of key: String) -> String? {
    guard !delimiter.isEmpty, UTF8Key(key).hasPrefix(UTF8Key(prefix)) else { return nil }
    let bytes = Array(key.utf8)
    let sought = Array(delimiter.utf8)
    var start = prefix.utf8.count
    while start + sought.count <= bytes.count {
      if bytes[start..<(start + sought.count)].elementsEqual(sought) {
        return String(decoding: bytes[..<(start + sought.count)], as: UTF8.self)
      }
      start += 1
    }
    return nil
  }
}
