/// Why a request to `iamdrill evaluate` cannot be answered, and where in it.
public struct EvaluationError: Error, Sendable, Hashable {
  /// The way from the request's root: `identityPolicies[0].Statement.Effect`; empty for the request as a whole.
  public var path: String
  /// What is wrong.
  public var message: String

  init(_ message: String, at path: String = "") {
    self.message = message
    self.path = path
  }
}
