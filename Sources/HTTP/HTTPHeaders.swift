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
  /// A bit for the length and the last letter of each field's name: most lookups are for fields that are not there, and end
  /// here.
  package private(set) var traits: UInt64 = 0

  /// Headers from fields in their order; repetitions stay.
  package init(_ fields: [Field] = []) {
    self.fields = fields
    noteTraits()
  }

  /// The first value under `name`; setting replaces every field of that name, setting `nil` removes them.
  package subscript(name: String) -> String? {
    get { index(of: name).map { fields[$0].value } }
    set {
      guard let newValue else {
        fields.removeAll { $0.name.equalsIgnoringASCIICase(name) }
        noteTraits()
        return
      }
      guard let first = fields.firstIndex(where: { $0.name.equalsIgnoringASCIICase(name) }) else {
        append(name, newValue)
        return
      }
      fields[first].value = newValue
      let rest = fields[(first + 1)...].filter { !$0.name.equalsIgnoringASCIICase(name) }
      fields.replaceSubrange((first + 1)..., with: rest)
    }
  }

  /// Every value under `name`, in order.
  package func values(_ name: String) -> [String] {
    var values: [String] = []
    var start = 0
    while let index = index(of: name, from: start) {
      values.append(fields[index].value)
      start = index + 1
    }
    return values
  }

  /// Whether more than one field is called `name`.
  package func repeats(_ name: String) -> Bool {
    index(of: name).map { index(of: name, from: $0 + 1) != nil } ?? false
  }

  /// Where the first field called `name` is, from that at `start` on.
  private func index(of name: String, from start: Int = 0) -> Int? {
    guard traits & Self.trait(of: name) != 0 else { return nil }
    return name.withBytes { name in
      // Every request looks for many: most fields are passed over by their names' lengths, without touching them.
      for index in start..<fields.count where fields[index].name.utf8.count == name.count {
        if fields[index].name.withBytes({ $0.equalsIgnoringASCIICase(name) }) { return index }
      }
      return nil
    }
  }

  /// Adds a field behind the others, even where one of that name is there already.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
    traits |= Self.trait(of: name)
  }

  private mutating func noteTraits() {
    traits = 0
    for index in fields.indices { traits |= Self.trait(of: fields[index].name) }
  }

  /// The bit of a field called `name` in ``traits``.
  package static func trait(of name: String) -> UInt64 {
    name.withBytes { bytes in
      // A letter in either case; what else it makes of other bytes is the same for equal names.
      let last = Int(bytes.last ?? 0) | 0x20
      return 1 << UInt64((bytes.count &* 5 &+ last) & 63)
    }
  }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
  private static let usuallyAdded = 8

  /// Headers in the order of the literal; repetitions stay.
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    guard !elements.isEmpty else { return }
    // Most answers begin so, and get some more.
    fields.reserveCapacity(elements.count + Self.usuallyAdded)
    for (name, value) in elements { append(name, value) }
  }
}
