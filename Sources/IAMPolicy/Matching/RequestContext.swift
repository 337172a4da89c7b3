/// The context keys of a request with their values. Keys compare without regard to ASCII case, values as bytes.
public struct RequestContext: Sendable, Hashable {
  private var entries: [Entry] = []

  private struct Entry: Sendable, Hashable {
    var hash: NameHash
    /// Lower case.
    var key: String
    /// As it was first set, for reports.
    var spelling: String
    var values: [String]
  }

  /// A context without keys.
  public init() {}

  /// A context without keys, with room for `capacity` of them.
  package init(capacity: Int) { entries.reserveCapacity(capacity) }

  /// The values of `key`; `nil` where the request does not have it. Several values make a multivalued key.
  public subscript(key: String) -> [String]? {
    get { values(ContextKey(key)) }
    set { self[ContextKey(key)] = newValue }
  }

  /// The same under a key that is made once for many requests.
  package subscript(key: ContextKey) -> [String]? {
    get { values(key) }
    set {
      let index = entries.firstIndex { $0.hash == key.hash && $0.key == key.name }
      switch (index, newValue) {
      case (let index?, let values?): entries[index].values = values
      case (let index?, nil): entries.remove(at: index)
      case (nil, let values?):
        entries.append(Entry(hash: key.hash, key: key.name, spelling: key.spelling, values: values))
      case (nil, nil): break
      }
    }
  }

  /// Gives `key` this single value unless it has one already.
  public mutating func setDefault(_ key: String, _ value: String) { setDefault(ContextKey(key), value) }

  mutating func setDefault(_ key: ContextKey, _ value: String) {
    _ = add(key, [value])
  }

  /// Gives a key that is not there yet its values.
  /// - Returns: `false` where it is there, and keeps what it has.
  mutating func add(_ key: ContextKey, _ values: [String]) -> Bool {
    guard self.values(key) == nil else { return false }
    entries.append(Entry(hash: key.hash, key: key.name, spelling: key.spelling, values: values))
    return true
  }

  /// The keys in lower case, in the order they were set.
  public var keys: [String] { entries.map(\.key) }

  /// The keys as they were spelled when they were set, with their values, sorted by key.
  public var sorted: [(key: String, values: [String])] {
    entries.sorted { $0.key < $1.key }.map { ($0.spelling, $0.values) }
  }

  func values(_ key: ContextKey) -> [String]? {
    for entry in entries where entry.hash == key.hash && entry.key == key.name { return entry.values }
    return nil
  }

  /// The value of a key that has just one, which is what a policy variable can stand for.
  func single(_ key: ContextKey) -> String? {
    guard let values = values(key), values.count == 1 else { return nil }
    return values[0]
  }
}

/// The name of a context key, ready to be looked up.
package struct ContextKey: Sendable, Hashable {
  /// Lower case.
  let name: String
  /// As it was written.
  let spelling: String
  let hash: NameHash

  package init(_ name: String) {
    self.name = ASCII.lower(name)
    spelling = name
    hash = NameHash(name.utf8)
  }
}
