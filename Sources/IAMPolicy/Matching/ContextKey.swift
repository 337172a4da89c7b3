/// The name of a context key, ready to be looked up.
///
/// A class, because contexts, conditions and permissions hand it on and nothing changes it: a copy costs one reference count.
package final class ContextKey: Sendable {
  /// Lower case.
  package let name: String
  /// As it was written.
  package let spelling: String
  let hash: NameHash

  package init(_ name: String) {
    self.name = ASCII.lower(name)
    spelling = name
    hash = NameHash(name.utf8)
  }

  /// Whether both name the same key, however they are spelled.
  @inline(__always)
  func isSame(as other: ContextKey) -> Bool {
    self === other || (hash == other.hash && name == other.name)
  }
}

extension ContextKey: Hashable {
  package static func == (left: ContextKey, right: ContextKey) -> Bool { left.spelling == right.spelling }

  package func hash(into hasher: inout Hasher) { hasher.combine(spelling) }
}

/// The values of a context key. Nearly all keys have one, which then needs no array.
package enum ContextValues: Sendable {
  case one(String)
  /// None, or several.
  case many([String])

  package init(_ values: [String]) {
    self = values.count == 1 ? .one(values[0]) : .many(values)
  }

  package var array: [String] {
    switch self {
    case .one(let value): [value]
    case .many(let values): values
    }
  }
}

extension ContextValues: Hashable, RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch self {
    case .one: 1
    case .many(let values): values.count
    }
  }

  package subscript(position: Int) -> String {
    switch self {
    case .one(let value): value
    case .many(let values): values[position]
    }
  }
}
