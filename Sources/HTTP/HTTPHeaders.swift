/// Header fields in the order they were sent, with the spelling they were sent in.
///
/// Names compare without regard to ASCII case. Repeated names are kept apart, because SigV4 signs them in their order
/// and because merging them would hide a request that tries to smuggle a second `Content-Length`.
package struct HTTPHeaders: Sendable, Hashable {
  /// One field: its name as spelled and its value without surrounding white space.
  package struct Field: Sendable, Hashable {
    /// The name as spelled on the wire.
    package var name: String
    /// The value without surrounding white space.
    package var value: String

    /// A field as it is to be sent; neither side is checked or changed.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Every field, in the order of the wire.
  package private(set) var fields: [Field]

  /// Headers from fields in their order; repetitions stay.
  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// The first value under `name`; setting replaces every field of that name, setting `nil` removes them.
  package subscript(name: String) -> String? {
    get {
      // Every request looks for many: most fields are passed over by their names' lengths, without touching them.
      let length = name.utf8.count
      for index in fields.indices where fields[index].name.utf8.count == length {
        if fields[index].name.equalsIgnoringASCIICase(name) { return fields[index].value }
      }
      return nil
    }
    set {
      guard let newValue else {
        fields.removeAll { $0.name.equalsIgnoringASCIICase(name) }
        return
      }
      guard let first = fields.firstIndex(where: { $0.name.equalsIgnoringASCIICase(name) }) else {
        fields.append(Field(name: name, value: newValue))
        return
      }
      fields[first].value = newValue
      let rest = fields[(first + 1)...].filter { !$0.name.equalsIgnoringASCIICase(name) }
      fields.replaceSubrange((first + 1)..., with: rest)
    }
  }

  /// Every value under `name`, in order.
  package func values(_ name: String) -> [String] {
    fields.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
  }

  /// Adds a field behind the others, even where one of that name is there already.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
  /// Headers in the order of the literal; repetitions stay.
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Field(name: $0.0, value: $0.1) })
  }
}

extension StringProtocol {
  /// Compares as HTTP compares names: ASCII letters without case, every other byte as it is.
  @inlinable
  package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    String(self).equalsIgnoringASCIICase(String(other))
  }
}

extension String {
  /// Compares as HTTP compares names. Every header that is looked up is held against several others, so this works on the
  /// bytes in memory, and most are told apart by their lengths.
  @usableFromInline
  package func equalsIgnoringASCIICase(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    var (left, right) = (self, other)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        left.indices.allSatisfy { left[$0] == right[$0] || left[$0].asciiLowercased == right[$0].asciiLowercased }
      }
    }
  }
}

extension UInt8 {
  /// The byte with `A`…`Z` turned into `a`…`z`, every other byte as it is.
  @inlinable
  package var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
