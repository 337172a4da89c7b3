extension AWSValue {
  /// What the value is, for messages: `a list`.
  package var kind: String {
    switch self {
    case .string: "a text"
    case .integer: "a number"
    case .boolean: "a truth value"
    case .timestamp: "a point in time"
    case .blob: "a payload"
    case .list: "a list"
    case .structure: "a structure"
    }
  }
}

extension Shape {
  /// What a value of this shape is, for messages: `a list`.
  package var kind: String {
    switch self {
    case .string: "a text"
    case .integer: "a number"
    case .boolean: "a truth value"
    case .timestamp: "a point in time"
    case .blob: "a payload"
    case .list: "a list"
    case .map: "a map"
    case .structure: "a structure"
    }
  }

  /// Whether a value of this shape is made of others.
  var hasParts: Bool {
    switch self {
    case .list, .map, .structure: true
    case .string, .integer, .boolean, .timestamp, .blob: false
    }
  }
}

extension StructureShape.Member {
  /// The name of the form field, element, attribute, query parameter or header; the root element's for a payload, and
  /// AWS's name of the member where it has none on the wire.
  var wireName: String {
    switch location {
    case .element(let name), .attribute(let name), .query(let name), .header(let name), .headerPrefix(let name),
      .payload(let name):
      name
    case .uri, .body: name
    }
  }
}
