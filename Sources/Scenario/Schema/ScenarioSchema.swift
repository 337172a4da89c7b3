package import JSON

/// The JSON Schema of scenario files, for editors: written from the tables that the loader holds files against.
package enum ScenarioSchema {
  /// The schema as the text of `scenarios/scenario.schema.json`, which ends with a line break.
  package static func text() -> String { json().pretty + "\n" }

  /// The schema, draft 2020-12.
  package static func json() -> JSONValue {
    SchemaWriter.document(of: ScenarioKeyword.object, title: "iamdrill scenario")
  }
}

/// The JSON Schema of `iamdrill.yaml`, written from the same kind of tables.
package enum ConfigurationSchema {
  /// The schema as text that ends with a line break.
  package static func text() -> String { json().pretty + "\n" }

  /// The schema, draft 2020-12.
  package static func json() -> JSONValue {
    SchemaWriter.document(of: ConfigurationKeyword.object, title: "iamdrill configuration")
  }
}
