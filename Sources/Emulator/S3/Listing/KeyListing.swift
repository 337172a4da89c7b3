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
    /// At this key, it included: what of it was listed before, the caller leaves out.
    case at(String)
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

  /// What one key brings to a listing.
  enum Lines<Value> {
    case none
    case one(Value)
    /// Its versions or its uploads.
    case several([Value])
  }

  /// The page of `map` that is asked for. A key for whose value `select` gives nothing is not there.
  func page<Value, Selected>(
    of map: SortedMap<UTF8Key, Value>, selecting select: (UTF8Key, Value) -> Selected?
  ) -> Page<Selected> {
    page(of: map) { key, value in select(key, value).map { .one($0) } ?? .none }
  }

  /// The page of `map` that is asked for, where a key may bring several lines.
  ///
  /// What is rolled up is stepped over, not read: the work grows with the entries listed.
  func page<Value, Selected>(
    of map: SortedMap<UTF8Key, Value>, lines: (UTF8Key, Value) -> Lines<Selected>
  ) -> Page<Selected> {
    var page = Page<Selected>()
    guard limit > 0 else { return page }
    var remaining = firstElements(of: map)
    while !page.isTruncated, let (key, value) = remaining.next(), key.hasPrefix(UTF8Key(prefix)) {
      let lines = lines(key, value)
      if case .none = lines { continue }
      if case .several(let all) = lines, all.isEmpty { continue }
      guard let rolledUp = commonPrefix(of: key.string) else {
        add(lines, of: key, to: &page)
        continue
      }
      guard page.entries.count < limit else {
        page.isTruncated = true
        break
      }
      page.entries.append(.commonPrefix(rolledUp))
      remaining = Self.elements(of: map, behindAllWith: rolledUp)
    }
    return page
  }

  private func add<Value>(_ lines: Lines<Value>, of key: UTF8Key, to page: inout Page<Value>) {
    switch lines {
    case .none: return
    case .one(let value):
      if page.entries.count < limit { page.entries.append(.key(key, value)) } else { page.isTruncated = true }
    case .several(let values):
      let room = values.prefix(limit - page.entries.count)
      page.entries += room.map { .key(key, $0) }
      page.isTruncated = room.count < values.count
    }
  }

  private func firstElements<Value>(of map: SortedMap<UTF8Key, Value>) -> SortedMap<UTF8Key, Value>.Elements {
    let first = UTF8Key(prefix)
    switch start {
    case .beginning: return map.elements(from: first)
    case .at(let key): return map.elements(from: max(first, UTF8Key(key)))
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
