/// The context keys of a request with their values. Keys compare without regard to ASCII case, values as bytes.
public struct RequestContext: Sendable, Hashable {
  private var entries: [Entry] = []

  /// A key as it was first set, for reports, and what it has.
  private struct Entry: Sendable, Hashable {
    var key: ContextKey
    var values: ContextValues
  }

  /// A context without keys.
  public init() {}

  /// A context without keys, with room for `capacity` of them.
  package init(capacity: Int) { entries.reserveCapacity(capacity) }

  /// The same context with room for more keys.
  package init(_ context: RequestContext, room: Int) {
    entries.reserveCapacity(context.entries.count + room)
    entries += context.entries
  }

  /// The values of `key`; `nil` where the request does not have it. Several values make a multivalued key.
  public subscript(key: String) -> [String]? {
    get { values(ContextKey(key))?.array }
    set {
      let key = ContextKey(key)
      if let newValue { return set(key, ContextValues(newValue)) }
      if let index = entries.firstIndex(where: { $0.key.isSame(as: key) }) { entries.remove(at: index) }
    }
  }

  /// Gives `key` these values instead of those that it may have.
  package mutating func set(_ key: ContextKey, _ values: ContextValues) {
    for index in entries.indices where entries[index].key.isSame(as: key) {
      entries[index].values = values
      return
    }
    entries.append(Entry(key: key, values: values))
  }

  /// Gives `key` this single value.
  package mutating func set(_ key: ContextKey, _ value: String) { set(key, .one(value)) }

  /// Gives `key` this single value unless it has one already.
  public mutating func setDefault(_ key: String, _ value: String) { setDefault(ContextKey(key), value) }

  mutating func setDefault(_ key: ContextKey, _ value: String) {
    _ = add(key, .one(value))
  }

  /// Gives a key that is not there yet its values.
  /// - Returns: `false` where it is there, and keeps what it has.
  mutating func add(_ key: ContextKey, _ values: ContextValues) -> Bool {
    guard !has(key) else { return false }
    entries.append(Entry(key: key, values: values))
    return true
  }

  func has(_ key: ContextKey) -> Bool {
    for entry in entries where entry.key.isSame(as: key) { return true }
    return false
  }

  /// The keys in lower case, in the order they were set.
  public var keys: [String] { entries.map(\.key.name) }

  /// The keys as they were spelled when they were set, with their values, sorted by key.
  public var sorted: [(key: String, values: [String])] {
    entries.sorted { $0.key.name < $1.key.name }.map { ($0.key.spelling, $0.values.array) }
  }

  func values(_ key: ContextKey) -> ContextValues? {
    for entry in entries where entry.key.isSame(as: key) { return entry.values }
    return nil
  }

  /// The value of a key that has just one, which is what a policy variable can stand for.
  func single(_ key: ContextKey) -> String? {
    if case .one(let value)? = values(key) { value } else { nil }
  }
}
