extension SortedMap: Sequence {
  package var underestimatedCount: Int { count }

  /// Every pair, in the order of the keys.
  package func makeIterator() -> Iterator { Iterator(root) }

  /// The pairs from `key` on, it included.
  package func elements(from key: Key) -> Elements { elements { $0 < key } }

  /// The pairs behind `key`, it excluded.
  package func elements(after key: Key) -> Elements { elements { $0 <= key } }

  /// The pairs from the first key on for which `isBefore` no longer holds. It must hold for a first part of all keys and
  /// for none behind; the start is then found without visiting what lies before it.
  package func elements(skipping isBefore: (Key) -> Bool) -> Elements {
    var iterator = Iterator()
    iterator.descend(root, skipping: isBefore)
    return Elements(iterator: iterator)
  }

  package var first: Element? {
    var iterator = makeIterator()
    return iterator.next()
  }

  package var last: Element? {
    var node = root
    while let child = node.children.last { node = child }
    return node.slots.last.flatMap { slot in slot.value.map { (slot.key, $0) } }
  }

  package var keys: [Key] { map(\.key) }
  package var values: [Value] { map(\.value) }

  /// A part of the map, from some key to the end.
  package struct Elements: Sequence, IteratorProtocol {
    var iterator: Iterator

    package mutating func next() -> Element? { iterator.next() }
  }

  /// Walks the map as it was when the walk began.
  package struct Iterator: IteratorProtocol {
    /// The leaf in hand and the slot that comes next in it; then its ancestors, each with the slot that comes next there.
    private var slots: [Node.Slot] = []
    private var index = 0
    private var ancestors: [(node: Node, index: Int)] = []

    init() {}

    init(_ root: Node) { descend(root) { _ in false } }

    /// Goes down to the first key for which `isBefore` does not hold.
    mutating func descend(_ root: Node, skipping isBefore: (Key) -> Bool) {
      var node = root
      while true {
        let position = node.partition(isBefore)
        guard !node.isLeaf else {
          (slots, index) = (node.slots, position)
          return
        }
        ancestors.append((node, position))
        node = node.children[position]
      }
    }

    package mutating func next() -> Element? {
      while true {
        if index < slots.count {
          let slot = slots[index]
          index += 1
          guard let value = slot.value else { continue }
          return (slot.key, value)
        }
        guard let parent = ancestors.popLast() else { return nil }
        guard parent.index < parent.node.slots.count else { continue }
        let slot = parent.node.slots[parent.index]
        ancestors.append((parent.node, parent.index + 1))
        descend(parent.node.children[parent.index + 1]) { _ in false }
        guard let value = slot.value else { continue }
        return (slot.key, value)
      }
    }
  }
}
