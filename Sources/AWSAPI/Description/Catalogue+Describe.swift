extension Catalogue {
  /// The whole catalogue as JSON: what `Tests/Clients/test_catalogue.py` holds against AWS's own models.
  package static func describe() -> String {
    var json = JSONText()
    json.object { json in
      for service in Service.allCases {
        json.key(service.rawValue)
        json.object { json in
          for operation in names(of: service).compactMap({ operation(service, $0) }) {
            json.key(operation.name)
            json.describe(operation)
          }
        }
      }
    }
    return json.text
  }
}

extension JSONText {
  fileprivate mutating func describe(_ operation: Operation) {
    object { json in
      json.key("command")
      json.strings(operation.commandWords)
      if let binding = operation.binding {
        json.key("binding")
        json.describe(binding)
      }
      json.key("input")
      json.describe(operation.input, options: true)
      if let output = operation.output {
        json.key("output")
        json.describe(output, options: false)
      }
      json.key("authorization")
      json.strings(operation.authorization.map(\.action))
      if let undo = operation.undo {
        json.key("undo")
        json.string(undo.operation)
      }
    }
  }

  private mutating func describe(_ binding: RESTBinding) {
    object { json in
      json.key("method")
      json.string(binding.method)
      json.key("target")
      json.string(binding.target.rawValue)
      json.key("selector")
      json.strings(binding.selector)
      json.key("status")
      json.literal(String(binding.status))
      json.key("needsChecksum")
      json.literal(String(binding.needsChecksum))
    }
  }

  private mutating func describe(_ structure: StructureShape, options: Bool) {
    array { json in
      for member in structure.members {
        json.object { json in
          json.key("name")
          json.string(member.name)
          json.key("required")
          json.literal(String(member.isRequired))
          json.key("location")
          json.describe(member.location)
          json.key("wire")
          json.string(member.wireName)
          json.key("shape")
          json.describe(member.shape)
          if options {
            json.key("option")
            json.string(CommandName.kebab(member.name))
          }
        }
      }
    }
  }

  private mutating func describe(_ location: StructureShape.Member.Location) {
    switch location {
    case .element: string("element")
    case .attribute: string("attribute")
    case .uri: string("uri")
    case .query: string("query")
    case .header: string("header")
    case .headerPrefix: string("headers")
    case .body: string("body")
    case .payload: string("payload")
    }
  }

  private mutating func describe(_ shape: Shape) {
    object { json in
      json.key("type")
      switch shape {
      case .string(let constraint):
        json.string("string")
        json.describe(constraint)
      case .integer(let range):
        json.string("integer")
        json.describe(range)
      case .boolean: json.string("boolean")
      case .timestamp(let format):
        json.string("timestamp")
        json.key("format")
        json.string(format.rawValue)
      case .blob: json.string("blob")
      case .list(let list):
        json.string("list")
        json.describe(list.count)
        json.key("element")
        json.describe(list.element)
        if let name = list.elementName {
          json.key("elementName")
          json.string(name)
        }
      case .map(let map):
        json.string("map")
        json.key("value")
        json.describe(map.value)
      case .structure(let structure):
        json.string("structure")
        json.key("members")
        json.describe(structure, options: false)
      }
    }
  }

  private mutating func describe(_ constraint: StringConstraint) {
    describe(constraint.length)
    if let pattern = constraint.pattern {
      key("pattern")
      string(pattern.source)
    }
    if let values = constraint.values {
      key("enum")
      strings(values)
    }
    key("sensitive")
    literal(String(constraint.isSensitive))
    key("policy")
    literal(String(constraint.isPolicyDocument))
  }

  private mutating func describe(_ range: ClosedRange<Int>?) {
    guard let range else { return }
    key("min")
    literal(String(range.lowerBound))
    guard range.upperBound != .max else { return }
    key("max")
    literal(String(range.upperBound))
  }

  private mutating func strings(_ texts: [String]) {
    array { json in for text in texts { json.string(text) } }
  }
}
