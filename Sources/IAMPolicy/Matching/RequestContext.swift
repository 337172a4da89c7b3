/// The context keys of a request with their values. Keys compare without regard to ASCII case, values as bytes.
public struct RequestContext: Sendable, Hashable {
  private var entries: [Entry] = []

  private struct Entry: Sendable, Hashable {
    /// Lower case.
    var key: String
    var values: [String]
  }

  /// A context without keys.
  public init() {}

  /// The values of `key`; `nil` where the request does not have it. Several values make a multivalued key.
  public subscript(key: String) -> [String]? {
    get { values(lowercased: key.lowercased()) }
    set {
      let name = key.lowercased()
      let index = entries.firstIndex { $0.key == name }
      switch (index, newValue) {
      case (let index?, let values?): entries[index].values = values
      case (let index?, nil): entries.remove(at: index)
      case (nil, let values?): entries.append(Entry(key: name, values: values))
      case (nil, nil): break
      }
    }
  }

  /// Gives `key` this single value unless it has one already.
  public mutating func setDefault(_ key: String, _ value: String) {
    if self[key] == nil { self[key] = [value] }
  }

  /// The keys in lower case, in the order they were set.
  public var keys: [String] { entries.map(\.key) }

  func values(lowercased key: String) -> [String]? {
    for entry in entries where entry.key == key { return entry.values }
    return nil
  }

  /// The value of a key that has just one, which is what a policy variable can stand for.
  func single(_ lowercasedKey: String) -> String? {
    guard let values = values(lowercased: lowercasedKey), values.count == 1 else { return nil }
    return values[0]
  }
}
