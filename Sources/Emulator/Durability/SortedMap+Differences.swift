extension SortedMap {
  /// Gives every key to `visit` whose value may be another than in `former`, with both values.
  ///
  /// What the two maps share is passed over without being looked at, so after a few changes to a large map this takes a
  /// number of steps that grows with the changes, and with the logarithm of the map's size. Nodes are told to be shared by
  /// the addresses of their arrays, which is sound while both maps are alive: a shared array is copied before it changes.
  func differences(
    from former: SortedMap, _ visit: (_ key: Key, _ former: Value?, _ current: Value?) throws -> Void
  ) rethrows {
    var (old, new) = (Forest(former.root), Forest(root))
    while old.height > 0 || new.height > 0 {
      let height = Swift.max(old.height, new.height)
      if old.height == new.height { Forest.dropShared(&old, &new) }
      if old.height == height { old.descend() }
      if new.height == height { new.descend() }
    }
    try Self.merge(old.entries(), new.entries(), visit)
  }

  private static func merge(
    _ old: [Entry], _ new: [Entry], _ visit: (Key, Value?, Value?) throws -> Void
  ) rethrows {
    var (left, right) = (old[...], new[...])
    while let former = left.first, let current = right.first {
      if former.key < current.key {
        try visit(former.key, former.value, nil)
        left.removeFirst()
      } else if current.key < former.key {
        try visit(current.key, nil, current.value)
        right.removeFirst()
      } else {
        if !former.isIdentical(to: current) { try visit(current.key, former.value, current.value) }
        left.removeFirst()
        right.removeFirst()
      }
    }
    for entry in left { try visit(entry.key, entry.value, nil) }
    for entry in right { try visit(entry.key, nil, entry.value) }
  }

  /// A slot where it is.
  private struct Entry {
    var slots: [Node.Slot]
    var index: Int

    var key: Key { slots[index].key }
    var value: Value? { slots[index].value }

    /// Whether the bytes of both slots are the same. Then the values are: they are the same numbers and refer to the same
    /// boxes, which both sides keep alive. Where they are not, the values may still be equal.
    func isIdentical(to other: Entry) -> Bool {
      let size = MemoryLayout<Node.Slot>.stride
      return slots.withUnsafeBytes { own in
        other.slots.withUnsafeBytes { others in
          own[(index * size)..<((index + 1) * size)]
            .elementsEqual(others[(other.index * size)..<((other.index + 1) * size)])
        }
      }
    }
  }

  /// Neighbouring subtrees of one height, and the slots that were passed on the way down to them.
  private struct Forest {
    var nodes: [Node]
    var height: Int
    var passed: [[Node.Slot]] = []

    init(_ root: Node) {
      nodes = [root]
      height = 1
      var node = root
      while let child = node.children.first {
        node = child
        height += 1
      }
    }

    mutating func descend() {
      passed += nodes.map(\.slots)
      nodes = nodes.flatMap(\.children)
      height -= 1
    }

    func entries() -> [Entry] {
      passed.flatMap { slots in slots.indices.map { Entry(slots: slots, index: $0) } }.sorted { $0.key < $1.key }
    }

    /// Takes out the subtrees that both have.
    static func dropShared(_ old: inout Forest, _ new: inout Forest) {
      let shared = Set(old.nodes.map(\.identity)).intersection(new.nodes.map(\.identity))
      if !shared.isEmpty {
        old.nodes.removeAll { shared.contains($0.identity) }
        new.nodes.removeAll { shared.contains($0.identity) }
      }
    }
  }
}

extension SortedMap.Node {
  /// What tells nodes apart that are alive at the same time: two with the same share all that is in them.
  fileprivate struct Identity: Hashable {
    var slots: UnsafeRawPointer?
    var children: UnsafeRawPointer?
  }

  fileprivate var identity: Identity {
    Identity(slots: slots.withUnsafeBytes { $0.baseAddress }, children: children.withUnsafeBytes { $0.baseAddress })
  }
}
