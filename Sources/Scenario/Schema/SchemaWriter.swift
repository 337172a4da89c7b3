import AWSAPI
import JSON

/// Writes formats as schemas, and collects the objects that they refer to.
struct SchemaWriter {
  private var definitions: [JSONMember] = []
  private var known: Set<String> = []

  /// A whole schema, draft 2020-12, of which `object` is the root.
  static func document(of object: ObjectFormat, title: String) -> JSONValue {
    var writer = SchemaWriter()
    let root = writer.reference(to: object)
    return .object([
      .init(name: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
      .init(name: "title", value: .string(title)),
      .init(name: "$ref", value: root),
      .init(name: "$defs", value: .object(writer.definitions)),
    ])
  }

  /// The `$ref` to `object`, which is defined when it is first referred to.
  private mutating func reference(to object: ObjectFormat) -> JSONValue {
    let name = object.identifier
    if known.insert(name).inserted {
      // Its place is taken before its members are written, so that definitions stand in the order of their first use.
      let index = definitions.count
      definitions.append(.init(name: name, value: [:]))
      definitions[index].value = schema(of: object)
    }
    return .string("#/$defs/\(name)")
  }

  private mutating func schema(of object: ObjectFormat) -> JSONValue {
    var properties: [JSONMember] = []
    for key in object.keys {
      var property = members(of: key.meaning.format)
      property.append(.init(name: "description", value: .string(key.meaning.description)))
      properties.append(.init(name: key.name, value: .object(property)))
    }
    var schema: [JSONMember] = [
      .init(name: "description", value: .string(object.description)),
      .init(name: "type", value: "object"),
      .init(name: "properties", value: .object(properties)),
      .init(name: "additionalProperties", value: false),
    ]
    let required = object.keys.filter(\.meaning.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { schema.append(.init(name: "required", value: .array(required))) }
    let choices = object.exactlyOne.map { keys -> JSONValue in ["oneOf": .array(keys.map(Self.requiring))] }
    if let choice = choices.first, choices.count == 1 {
      schema += choice.object ?? []
    } else if !choices.isEmpty {
      schema.append(.init(name: "allOf", value: .array(choices)))
    }
    let dependents = object.keys.filter { !$0.meaning.beside.isEmpty }.map { key in
      JSONMember(name: key.name, value: ["anyOf": .array(key.meaning.beside.map(Self.requiring))])
    }
    if !dependents.isEmpty { schema.append(.init(name: "dependentSchemas", value: .object(dependents))) }
    return .object(schema)
  }

  private static func requiring(_ key: String) -> JSONValue { ["required": [.string(key)]] }

  private mutating func schema(of format: Format) -> JSONValue { .object(members(of: format)) }

  private mutating func members(of format: Format) -> [JSONMember] {
    switch format {
    case .text(let form): Self.members(of: form)
    case .choice(let choices): [.init(name: "enum", value: .array(choices.flatMap(Self.spellings)))]
    case .integer(let limits):
      [
        .init(name: "type", value: "integer"), .init(name: "minimum", value: .number(limits.lowerBound)),
        .init(name: "maximum", value: .number(limits.upperBound)),
      ]
    case .boolean: [.init(name: "type", value: "boolean")]
    case .tree: []
    case .mappingTree: [.init(name: "type", value: "object")]
    case .list(let format):
      [.init(name: "type", value: "array"), .init(name: "items", value: schema(of: format))]
    case .map(let format, let key): map(of: format, key: key)
    case .object(let object): [.init(name: "$ref", value: reference(to: object()))]
    case .either(let formats): [.init(name: "anyOf", value: .array(formats.map { schema(of: $0) }))]
    }
  }

  private mutating func map(of format: Format, key: Format.MapKey) -> [JSONMember] {
    var members: [JSONMember] = [
      .init(name: "type", value: "object"), .init(name: "additionalProperties", value: schema(of: format)),
    ]
    if case .name = key {
      let names: JSONValue = ["pattern": "^[A-Za-z0-9_-]+$", "maxLength": .number(Identifier.longest)]
      members.append(.init(name: "propertyNames", value: names))
    }
    return members
  }

  /// An editor reads plain scalars by YAML's own guesses, so that a text may look like a number or a truth value to it.
  private static func members(of form: Format.TextForm) -> [JSONMember] {
    switch form {
    case .plain, .prose, .template: [.init(name: "type", value: ["string", "number", "boolean"])]
    case .duration:
      [
        .init(name: "type", value: "string"),
        .init(name: "pattern", value: "^(?=.)([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?$"),
      ]
    case .accountID:
      [.init(name: "type", value: ["string", "integer"]), .init(name: "pattern", value: "^[0-9]{12}$")]
    case .operation: [.init(name: "enum", value: .array(operations.map(JSONValue.string)))]
    }
  }

  /// A choice as text, and as the truth value that an editor may take it for.
  private static func spellings(of choice: String) -> [JSONValue] {
    switch choice {
    case "true": [true]
    case "false": [false]
    default: [.string(choice)]
    }
  }

  private static var operations: [String] {
    Service.allCases.flatMap { service in Catalogue.names(of: service).map { "\(service.rawValue):\($0)" } }
  }
}
