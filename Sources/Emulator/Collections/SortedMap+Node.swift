extension SortedMap {
  /// A node of the tree: its slots in order and, unless it is a leaf, one more child than slots between them.
  struct Node {
    var slots: [Slot]
    var children: [Node]

    /// A key with its value, which is `nil` only while the caller of a subscript has it in hand.
    struct Slot {
      var key: Key
      var value: Value?
    }

    /// What a full node gives to its parent: the slot in the middle and the node behind it.
    struct Split {
      var median: Slot
      var right: Node
    }

    /// Half of a full node; every node but the root holds at least this many slots.
    static var minimum: Int { 15 }
    static var maximum: Int { 2 * minimum + 1 }

    init(slots: [Slot] = [], children: [Node] = []) {
      self.slots = slots
      self.children = children
    }

    var isLeaf: Bool { children.isEmpty }
  }
}

extension SortedMap.Node: Sendable where Key: Sendable, Value: Sendable {}
extension SortedMap.Node.Slot: Sendable where Key: Sendable, Value: Sendable {}

// MARK: Finding

extension SortedMap.Node {
  /// The first slot whose key is not before what `isBefore` describes, which must hold for a first part of all keys.
  func partition(_ isBefore: (Key) -> Bool) -> Int {
    var (low, high) = (0, slots.count)
    while low < high {
      let middle = (low + high) >> 1
      if isBefore(slots[middle].key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where `key` is or would be, and whether it is there.
  func position(of key: Key) -> (index: Int, isFound: Bool) {
    let index = partition { $0 < key }
    return (index, index < slots.count && slots[index].key == key)
  }

  func contains(_ key: Key) -> Bool {
    let (index, isFound) = position(of: key)
    return isFound || (!isLeaf && children[index].contains(key))
  }

  func slot(of key: Key) -> Value? {
    let (index, isFound) = position(of: key)
    if isFound { return slots[index].value }
    return isLeaf ? nil : children[index].slot(of: key)
  }

  /// The slot of a key that is known to be in the tree, to be changed in place.
  subscript(existing key: Key) -> Value? {
    get { slot(of: key) }
    _modify {
      let (index, isFound) = position(of: key)
      if isFound { yield &slots[index].value } else { yield &children[index][existing: key] }
    }
  }
}

extension SortedMap.Node {
  /// Changes the value under `key` in place; `nil` where there is no such key.
  mutating func update<R, Failure: Error>(
    _ key: Key, _ change: (inout Value) throws(Failure) -> R
  ) throws(Failure) -> R? {
    let (index, isFound) = position(of: key)
    guard isFound else { return isLeaf ? nil : try children[index].update(key, change) }
    // Out of its slot, so that it has one owner while it changes.
    guard var value = slots[index].value.take() else { return nil }
    defer { slots[index].value = value }
    return try change(&value)
  }
}

// MARK: Inserting

extension SortedMap.Node {
  /// Puts `slot` in; where its key was there already, `slot` holds the former value afterwards, otherwise `nil`.
  mutating func insert(_ slot: inout Slot) -> Split? {
    let (index, isFound) = position(of: slot.key)
    if isFound {
      swap(&slots[index].value, &slot.value)
      return nil
    }
    if isLeaf {
      slots.insert(slot, at: index)
      slot.value = nil
    } else if let split = children[index].insert(&slot) {
      slots.insert(split.median, at: index)
      children.insert(split.right, at: index + 1)
    }
    return slots.count > Self.maximum ? split() : nil
  }

  private mutating func split() -> Split {
    let middle = slots.count / 2
    let right = Self(
      slots: Array(slots[(middle + 1)...]), children: isLeaf ? [] : Array(children[(middle + 1)...]))
    let median = slots[middle]
    slots.removeSubrange(middle...)
    if !isLeaf { children.removeSubrange((middle + 1)...) }
    return Split(median: median, right: right)
  }
}

// MARK: Removing

extension SortedMap.Node {
  /// Removes a key that is known to be in the tree. The node itself may be left with too few slots; the parent repairs it.
  mutating func remove(_ key: Key) -> Value? {
    let (index, isFound) = position(of: key)
    if !isFound {
      let removed = children[index].remove(key)
      repairChild(index)
      return removed
    }
    if isLeaf { return slots.remove(at: index).value }
    let former = slots[index].value
    slots[index] = children[index].removeLast()
    repairChild(index)
    return former
  }

  private mutating func removeLast() -> Slot {
    guard !isLeaf else { return slots.removeLast() }
    let last = children[children.count - 1].removeLast()
    repairChild(children.count - 1)
    return last
  }

  /// Gives the child at `index` a slot of a neighbour, or joins the two, where it has too few.
  private mutating func repairChild(_ index: Int) {
    guard children[index].slots.count < Self.minimum else { return }
    if index > 0, children[index - 1].slots.count > Self.minimum {
      let borrowed = children[index - 1].slots.removeLast()
      children[index].slots.insert(exchange(&slots[index - 1], borrowed), at: 0)
      if !children[index].isLeaf {
        children[index].children.insert(children[index - 1].children.removeLast(), at: 0)
      }
    } else if index < slots.count, children[index + 1].slots.count > Self.minimum {
      let borrowed = children[index + 1].slots.removeFirst()
      children[index].slots.append(exchange(&slots[index], borrowed))
      if !children[index].isLeaf {
        children[index].children.append(children[index + 1].children.removeFirst())
      }
    } else {
      join(at: min(index, slots.count - 1))
    }
  }

  /// Makes one node of the child at `index`, the slot behind it and the child behind that.
  private mutating func join(at index: Int) {
    let separator = slots.remove(at: index)
    let right = children.remove(at: index + 1)
    children[index].slots.append(separator)
    children[index].slots.append(contentsOf: right.slots)
    children[index].children.append(contentsOf: right.children)
  }

  private func exchange(_ slot: inout Slot, _ new: Slot) -> Slot {
    let former = slot
    slot = new
    return former
  }
}
