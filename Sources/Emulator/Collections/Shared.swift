/// A value in a box that copies share: copying costs one reference count however much the value holds. Changing it is done in
/// place where nobody shares the box, and else on a copy of its own.
@dynamicMemberLookup
package struct Shared<Value: Sendable>: @unchecked Sendable {
  // The value lies behind the object's head, in the same piece of memory: a class with a variable would cost a check at every
  // access. Such a buffer is not Sendable by itself; here it is, because a box is only changed by a `Shared` that refers to
  // it alone.
  private final class Box: ManagedBuffer<Void, Value> {
    static func make(_ value: consuming Value) -> Box {
      let box = unsafeDowncast(create(minimumCapacity: 1) { _ in }, to: Box.self)
      box.pointer.initialize(to: value)
      return box
    }

    var pointer: UnsafeMutablePointer<Value> {
      @inline(__always) get { withUnsafeMutablePointerToElements { $0 } }
    }

    deinit { pointer.deinitialize(count: 1) }
  }

  private var box: Box

  package init(_ value: Value) { box = .make(value) }

  package var value: Value {
    @inline(__always) _read { yield box.pointer.pointee }
    @inline(__always) _modify {
      if !isKnownUniquelyReferenced(&box) { box = .make(box.pointer.pointee) }
      yield &box.pointer.pointee
    }
  }

  package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }

  package subscript<Member>(dynamicMember path: WritableKeyPath<Value, Member>) -> Member {
    get { value[keyPath: path] }
    set { value[keyPath: path] = newValue }
  }
}
