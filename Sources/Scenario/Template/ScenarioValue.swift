/// The value of a variable, or of a template after its references were replaced.
///
/// There are no numbers or truth values here: a scalar is read by where it stands, so `012345678901` and `no` stay what
/// was written until a parameter's shape says otherwise.
package indirect enum ScenarioValue: Sendable, Hashable {
  case null
  case string(String)
  case list([ScenarioValue])
  case mapping([Entry])

  package struct Entry: Sendable, Hashable {
    package var key: String
    package var value: ScenarioValue

    package init(_ key: String, _ value: ScenarioValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text, where this is a scalar.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
}
