import JSON

/// Why a request of `iamdrill evaluate` cannot be answered, and where.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The way to the fault from the request's root: `identityPolicies[0].document.Statement[1].Effect`. Empty for what is
  /// wrong with the text as a whole.
  public var path: String
  /// What is wrong.
  public var message: String

  /// An error at a place.
  public init(_ message: String, path: String = "") {
    self.message = message
    self.path = path
  }

  init(_ error: PolicyError, in path: String) {
    let steps = [path, error.path, error.element ?? ""]
    self.init(error.message, path: steps.filter { !$0.isEmpty }.joined(separator: "."))
  }

  /// The message with its path.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }

  /// What is wrong with a value of another kind than expected.
  static func kind(_ value: JSONValue, not expected: String, path: String) -> EvaluationError {
    EvaluationError("must be \(expected), not \(value.article)", path: path)
  }
}
