/// The call that takes back another one's effect.
package struct Undo: Sendable {
  /// The operation's name in the same service.
  package var operation: String
  /// Where each parameter of it comes from.
  package var parameters: [(name: String, source: Source)]
  /// Whether the thing must be emptied before (a bucket of its objects and their versions).
  package var emptiesFirst: Bool

  /// Where a parameter of the undoing call comes from.
  package enum Source: Sendable, Hashable {
    /// The parameter of this name of the call that is undone.
    case parameter(String)
    /// The member at this path of its answer, `AccessKey/AccessKeyId`; left out where the answer has none.
    case answer(String)
    case constant(String)
  }

  package init(_ operation: String, _ parameters: KeyValuePairs<String, Source>, emptiesFirst: Bool = false) {
    self.operation = operation
    self.parameters = parameters.map { (name: $0.key, source: $0.value) }
    self.emptiesFirst = emptiesFirst
  }

  /// An undo that hands on parameters of the same names.
  package init(_ operation: String, same names: String...) {
    self.operation = operation
    self.parameters = names.map { (name: $0, source: .parameter($0)) }
    self.emptiesFirst = false
  }
}
