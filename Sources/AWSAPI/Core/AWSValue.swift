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

  package private(set) var members: [Member]

  package init(_ members: [Member] = []) {
    self.members = []
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
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  package var isEmpty: Bool { members.isEmpty }

  /// Where a name is. An answer is asked for every member that its operation may have: most names are told apart by their
  /// lengths.
  private func index(of name: String) -> Int? {
    let length = name.utf8.count
    for index in members.indices where members[index].name.utf8.count == length {
      if members[index].name == name { return index }
    }
    return nil
  }

  /// Adds `value` to the end of the list named `name`, which comes to be where there is none.
  mutating func append(_ value: AWSValue, toList name: String) {
    guard let index = members.firstIndex(where: { $0.name == name }), case .list(var values) = members[index].value
    else {
      members.append(Member(name: name, value: .list([value])))
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
  package init(dictionaryLiteral elements: (String, AWSValue?)...) {
    self.init(elements.compactMap { element in element.1.map { Member(name: element.0, value: $0) } })
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
    self = .structure(
      AWSStructure(elements.compactMap { element in element.1.map { AWSStructure.Member(name: element.0, value: $0) } })
    )
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
