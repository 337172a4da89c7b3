extension SortedMap {
  /// Whether both are the same tree in memory, neither changed since one was copied from the other: then they are equal. Takes
  /// two comparisons, however large they are; `false` says nothing.
  ///
  /// Neither can be changed in place while the other is there, because they share their nodes.
  func isIdentical(to other: SortedMap) -> Bool {
    root.slots.isIdentical(inMemoryTo: other.root.slots) && root.children.isIdentical(inMemoryTo: other.root.children)
  }
}

extension Array {
  fileprivate func isIdentical(inMemoryTo other: [Element]) -> Bool {
    withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress && own.count == $0.count }
    }
  }
}
