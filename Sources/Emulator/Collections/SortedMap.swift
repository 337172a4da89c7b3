/// Keys in order with a value each, as a value: a copy costs nothing, and both sides share what neither has changed since.
///
/// A B-tree whose nodes are arrays, so sharing, copying on write and changing in place where nobody shares are the
/// array's own; nothing here touches a reference count. Reading, setting and removing take a number of steps that grows
/// with the logarithm of ``count``, and so does what a write copies of a shared map.
package struct SortedMap<Key: Comparable, Value> {
  package typealias Element = (key: Key, value: Value)

  private(set) var root = Node()
  package private(set) var count = 0

  package init() {}

  /// A map of these pairs; of several under one key the last stays.
  package init(_ elements: some Sequence<(Key, Value)>) {
    for (key, value) in elements { updateValue(value, forKey: key) }
  }

  package var isEmpty: Bool { count == 0 }

  /// The value under `key`. Setting `nil` removes the key; changing the value in place copies nothing that is not shared.
  package subscript(key: Key) -> Value? {
    get { root.slot(of: key) }
    _modify {
      if root.contains(key) {
        defer { if root.slot(of: key) == nil { remove(key) } }
        yield &root[existing: key]
      } else {
        var added: Value?
        defer { if let added { updateValue(added, forKey: key) } }
        yield &added
      }
    }
  }

  /// The value under `key`, which is `initial` where there is none yet; changing it in place adds it.
  package subscript(key: Key, default initial: @autoclosure () -> Value) -> Value {
    get { root.slot(of: key) ?? initial() }
    _modify {
      var value = removeForUpdate(key) ?? initial()
      defer { updateValue(value, forKey: key) }
      yield &value
    }
  }

  /// Changes the value under `key` in place and returns what `change` returns; `nil` where there is no such key.
  package mutating func update<R, Failure: Error>(
    _ key: Key, _ change: (inout Value) throws(Failure) -> R
  ) throws(Failure) -> R? {
    try root.update(key, change)
  }

  package func contains(_ key: Key) -> Bool { root.contains(key) }

  /// Puts `value` under `key` and returns what was there before.
  @discardableResult
  package mutating func updateValue(_ value: Value, forKey key: Key) -> Value? {
    var slot = Node.Slot(key: key, value: value)
    if let split = root.insert(&slot) {
      root = Node(slots: [split.median], children: [root, split.right])
    }
    if slot.value == nil { count += 1 }
    return slot.value
  }

  /// Takes out the value under `key`, if there is one.
  @discardableResult
  package mutating func removeValue(forKey key: Key) -> Value? {
    root.contains(key) ? remove(key) : nil
  }

  package mutating func removeAll() { self = SortedMap() }

  @discardableResult
  private mutating func remove(_ key: Key) -> Value? {
    let removed = root.remove(key)
    if root.slots.isEmpty, let only = root.children.first { root = only }
    count -= 1
    return removed
  }

  /// Takes the value out of its slot and leaves the slot, so that the caller is the only owner while it changes it.
  private mutating func removeForUpdate(_ key: Key) -> Value? {
    guard root.contains(key) else { return nil }
    let value = root[existing: key].take()
    // The slot is filled again by `updateValue`, which counts an empty slot as a new key.
    count -= 1
    return value
  }
}

extension SortedMap: Sendable where Key: Sendable, Value: Sendable {}

extension SortedMap: Equatable where Value: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.elementsEqual(right) { $0.key == $1.key && $0.value == $1.value }
  }
}

extension SortedMap: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (Key, Value)...) { self.init(elements) }
}
