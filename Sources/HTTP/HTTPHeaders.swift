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
    get { index(of: name).map { fields[$0].value } }
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
    // Every request looks for many: most fields are passed over by their names' lengths, without touching them.
    name.withBytes { name in
      for index in start..<fields.count where fields[index].name.utf8.count == name.count {
        if fields[index].name.withBytes({ $0.equalsIgnoringASCIICase(name) }) { return index }
      }
      return nil
    }
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
