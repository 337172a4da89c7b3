/// A call whose parameters cannot be put on the wire at all. What AWS would merely refuse is sent.
package struct RequestEncodingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `iam:CreateRole`.
  package var operation: String
  /// The place, `Tags.2.Key`; empty where the call as a whole is meant.
  package var parameter: String
  /// What is wrong, behind the parameter's name: `is not a parameter`.
  package var problem: String

  package var description: String {
    parameter.isEmpty ? "\(operation): \(problem)" : "\(operation): \(parameter) \(problem)"
  }
}
