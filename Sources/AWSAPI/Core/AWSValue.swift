package import FoundationEssentials
package import HTTP

/// A parameter of a call or a member of an answer, before it is put on the wire or after it was read from it.
package enum AWSValue: Sendable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case timestamp(Date)
  /// Bytes, or a stream of them: the payload of PutObject and GetObject.
  case blob(HTTPBody)
  case list([AWSValue])
  case structure(AWSStructure)
}

/// Named values in the order they were given. Names are AWS's own (`RoleName`), one value a name.
package struct AWSStructure: Sendable {
  /// One named value.
  package struct Member: Sendable {
    package var name: String
    package var value: AWSValue

    package init(name: String, value: AWSValue) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var members: [Member] = []
  /// A bit for the length of each name: an answer is asked for every member that its operation may have, and most of those
  /// that it does not have are told by their lengths. Bits of names that were removed stay.
  private(set) var traits: UInt64 = 0

  package init() {}

  /// One without members, with room for `capacity` of them.
  package init(capacity: Int) { members.reserveCapacity(capacity) }

  package init(_ members: [Member]) {
    self.members.reserveCapacity(members.count)
    for member in members { self[member.name] = member.value }
  }

  /// The value named `name`. Setting replaces in place or appends; setting `nil` removes.
  package subscript(name: String) -> AWSValue? {
    get { index(of: name).map { members[$0].value } }
    set {
      let index = index(of: name)
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): add(name, value)
      case (nil, nil): break
      }
    }
  }

  /// Adds a member whose name is not there yet.
  private mutating func add(_ name: String, _ value: AWSValue) {
    members.append(Member(name: name, value: value))
    traits |= Self.trait(of: name)
  }

  static func trait(of name: String) -> UInt64 { 1 << UInt64(truncatingIfNeeded: name.utf8.count & 63) }

  package var isEmpty: Bool { members.isEmpty }

  private func index(of name: String) -> Int? {
    guard traits & Self.trait(of: name) != 0 else { return nil }
    let length = name.utf8.count
    for index in members.indices where members[index].name.utf8.count == length {
      if members[index].name == name { return index }
    }
    return nil
  }

  /// Adds `value` to the end of the list named `name`, which comes to be where there is none.
  mutating func append(_ value: AWSValue, toList name: String) {
    guard let index = index(of: name) else { return add(name, .list([value])) }
    guard case .list(var values) = members[index].value else {
      members[index].value = .list([value])
      return
    }
    // The list is taken out before it grows, or every element would copy all before it.
    members[index].value = .list([])
    values.append(value)
    members[index].value = .list(values)
  }
}

extension AWSStructure: ExpressibleByDictionaryLiteral {
  /// A member whose value is `nil` is left out, as AWS leaves out what it has nothing to say about.
  package init(dictionaryLiteral elements: (String, AWSValue?)...) { self.init(pairs: elements) }

  fileprivate init(pairs: [(String, AWSValue?)]) {
    members.reserveCapacity(pairs.count)
    for (name, value) in pairs { if let value { self[name] = value } }
  }
}

extension AWSValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: AWSValue...) { self = .list(elements) }

  /// A structure; a member whose value is `nil` is left out.
  package init(dictionaryLiteral elements: (String, AWSValue?)...) {
    self = .structure(AWSStructure(pairs: elements))
  }
}

extension AWSValue {
  /// A payload of these bytes, for modules that do not import HTTP.
  package static func bytes(_ bytes: [UInt8]) -> AWSValue { .blob(.bytes(bytes)) }

  /// The text, where this is a string.
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The number, where this is an integer.
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The truth value, where this is one.
  package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  /// The point in time, where this is one.
  package var timestamp: Date? { if case .timestamp(let value) = self { value } else { nil } }
  /// The elements, where this is a list.
  package var list: [AWSValue]? { if case .list(let value) = self { value } else { nil } }
  /// The members, where this is a structure.
  package var structure: AWSStructure? { if case .structure(let value) = self { value } else { nil } }
  /// The payload, where this is one.
  package var blob: HTTPBody? { if case .blob(let value) = self { value } else { nil } }
}
