/// Header fields in the order they were sent, with the spelling they were sent in.
///
/// Names compare without regard to ASCII case. Repeated names are kept apart, because SigV4 signs them in their order
/// and because merging them would hide a request that tries to smuggle a second `Content-Length`.
public struct HTTPHeaders: Sendable, Hashable {
  /// One field: its name as spelled and its value without surrounding white space.
  public struct Field: Sendable, Hashable {
    /// The name as spelled on the wire.
    public var name: String
    /// The value without surrounding white space.
    public var value: String

    /// A field as it is to be sent; neither side is checked or changed.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Every field, in the order of the wire.
  public private(set) var fields: [Field]

  /// Headers from fields in their order; repetitions stay.
  public init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// The first value under `name`; setting replaces every field of that name, setting `nil` removes them.
  public subscript(name: String) -> String? {
    get { fields.first { $0.name.equalsIgnoringASCIICase(name) }?.value }
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
  public func values(_ name: String) -> [String] {
    fields.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
  }

  /// Adds a field behind the others, even where one of that name is there already.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
  /// Headers in the order of the literal; repetitions stay.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Field(name: $0.0, value: $0.1) })
  }
}

extension StringProtocol {
  /// Compares as HTTP compares names: ASCII letters without case, every other byte as it is.
  public func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    let (left, right) = (self.utf8, other.utf8)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }
}

extension UInt8 {
  /// The byte with `A`…`Z` turned into `a`…`z`, every other byte as it is.
  public var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
