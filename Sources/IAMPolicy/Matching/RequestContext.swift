/// The context keys of a request with their values. Keys compare without regard to ASCII case, values as bytes.
public struct RequestContext: Sendable {
  /// In the order in which they were set; of two under one key the last counts.
  private var entries: [Entry] = []
  /// What this context stands in: keys that it does not have itself are looked up there.
  private var outer: Layer?

  /// A key as it is spelled, with its values.
  package struct Entry: Sendable, Hashable {
    package var key: ContextKey
    package var values: ContextValues

    package init(_ key: ContextKey, _ values: ContextValues) {
      self.key = key
      self.values = values
    }

    package init(_ key: String, _ values: [String]) { self.init(ContextKey(key), ContextValues(values)) }

    package init(_ key: String, _ value: String) { self.init(ContextKey(key), .one(value)) }
  }

  /// A context that others stand in: a caller has many calls, a call several permissions, and what is the same for all of
  /// them is written down once.
  package final class Layer: Sendable {
    let context: RequestContext

    package init(_ context: RequestContext) { self.context = context }
  }

  /// A context without keys.
  public init() {}

  /// A context of these keys, and of those of `outer` that are not among them.
  package init(_ entries: [Entry] = [], in outer: Layer?) {
    self.entries = entries
    self.outer = outer
  }

  /// The values of `key`; `nil` where the request does not have it. Several values make a multivalued key.
  public subscript(key: String) -> [String]? {
    get { values(ContextKey(key))?.array }
    set {
      let key = ContextKey(key)
      if let newValue { return set(key, ContextValues(newValue)) }
      self = RequestContext(flat.filter { !$0.key.isSame(as: key) }, in: nil)
    }
  }

  /// Gives `key` these values instead of those that it may have.
  package mutating func set(_ key: ContextKey, _ values: ContextValues) {
    if let index = index(of: key) {
      entries[index].values = values
    } else {
      entries.append(Entry(key, values))
    }
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
    entries.append(Entry(key, values))
    return true
  }

  func has(_ key: ContextKey) -> Bool {
    index(of: key) != nil || outer?.context.has(key) ?? false
  }

  func values(_ key: ContextKey) -> ContextValues? {
    index(of: key).map { entries[$0].values } ?? outer?.context.values(key)
  }

  /// The value of a key that has just one, which is what a policy variable can stand for.
  func single(_ key: ContextKey) -> String? {
    if case .one(let value)? = values(key) { value } else { nil }
  }

  /// Where the key is among those that the context has itself.
  private func index(of key: ContextKey) -> Int? {
    var index = entries.count
    while index > 0 {
      index -= 1
      if entries[index].key.isSame(as: key) { return index }
    }
    return nil
  }
}

extension RequestContext: Hashable {
  /// Every key once, with what counts.
  private var flat: [Entry] {
    var context = RequestContext()
    for entry in (outer?.context.flat ?? []) + entries { context.set(entry.key, entry.values) }
    return context.entries
  }

  /// The keys in lower case, in the order they were set.
  public var keys: [String] { flat.map(\.key.name) }

  /// The keys as they were spelled when they were set, with their values, sorted by key.
  public var sorted: [(key: String, values: [String])] {
    flat.sorted { $0.key.name < $1.key.name }.map { ($0.key.spelling, $0.values.array) }
  }

  /// Whether both have the same keys with the same values, set in the same order, wherever they are written down.
  public static func == (left: RequestContext, right: RequestContext) -> Bool { left.flat == right.flat }

  /// Of what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(flat) }
}
