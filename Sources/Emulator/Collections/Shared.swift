/// A value in a box that copies share: copying costs one reference count however much the value holds, changing makes a new
/// box. For what is copied often and changed seldom.
@dynamicMemberLookup
package struct Shared<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private var box: Box

  package init(_ value: Value) { box = Box(value) }

  package var value: Value {
    get { box.value }
    set { box = Box(newValue) }
  }

  package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { box.value[keyPath: path] }

  package subscript<Member>(dynamicMember path: WritableKeyPath<Value, Member>) -> Member {
    get { box.value[keyPath: path] }
    set { value[keyPath: path] = newValue }
  }
}
