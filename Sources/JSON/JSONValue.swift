/// A JSON value that knows where in its source it stands.
public struct JSONValue: Sendable {
  /// What the value is.
  public var kind: Kind
  /// The bytes of the source that spell the value; empty for a value that was not read from one.
  public var range: Range<Int>

  /// The kinds of JSON value.
  public indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// The number as it is spelled, so that nothing is lost of it.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// The members in their order; a name may stand in it more than once.
    case object([JSONMember])
  }

  /// A value, with the place it was read from if it was.
  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }

  /// The value of the last member of this name, as most readers of JSON take it; `nil` where this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = kind else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text, where this is a string.
  public var string: String? { if case .string(let text) = kind { text } else { nil } }

  /// The elements, where this is an array.
  public var array: [JSONValue]? { if case .array(let elements) = kind { elements } else { nil } }

  /// The members, where this is an object.
  public var object: [JSONMember]? { if case .object(let members) = kind { members } else { nil } }

  /// What this is, for a message: `a string`, `an object`.
  public var article: String {
    switch kind {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A name and its value within an object.
public struct JSONMember: Sendable {
  /// The name, its escapes resolved.
  public var name: String
  /// The bytes of the source that spell the name, with its quotation marks.
  public var nameRange: Range<Int>
  /// The value.
  public var value: JSONValue

  /// A member, with the place its name was read from if it was.
  public init(name: String, nameRange: Range<Int> = 0..<0, value: JSONValue) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self.init(.string(value)) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self.init(.bool(value)) }
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(.number(String(value))) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self.init(.array(elements)) }
  /// An object with its members in this order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(.object(elements.map { JSONMember(name: $0.0, value: $0.1) }))
  }
}

extension JSONValue {
  /// A string.
  public static func string(_ text: String) -> JSONValue { JSONValue(.string(text)) }
  /// A whole number.
  public static func number(_ value: Int) -> JSONValue { JSONValue(.number(String(value))) }
  /// A truth value.
  public static func bool(_ value: Bool) -> JSONValue { JSONValue(.bool(value)) }
  /// An array.
  public static func array(_ elements: [JSONValue]) -> JSONValue { JSONValue(.array(elements)) }
  /// An object with its members in this order.
  public static func object(_ members: [JSONMember]) -> JSONValue { JSONValue(.object(members)) }
}
