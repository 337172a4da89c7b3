/// Names and paths, which IAM itself looks at once the framework has found nothing: one fault a request, in its own words.
enum IAMNames {
  /// Whether IAM has words of its own for what does not match `pattern`.
  static func answersItself(_ pattern: StringConstraint.Pattern) -> Bool {
    message(pattern, "") != nil
  }

  /// The first name or path of an IAM call that has characters it may not have.
  static func error(_ operation: Operation, _ parameters: AWSStructure) -> AWSError? {
    guard operation.service == .iam else { return nil }
    for member in operation.input.members {
      guard case .string(let constraint) = member.shape, let pattern = constraint.pattern,
        let text = parameters[member.name]?.string, !pattern.matches(text)
      else { continue }
      let name = member.name.prefix(1).lowercased() + member.name.dropFirst()
      if let message = message(pattern, name) { return AWSError("ValidationError", message, status: 400) }
    }
    return nil
  }

  private static func message(_ pattern: StringConstraint.Pattern, _ name: String) -> String? {
    switch pattern.source {
    case StringConstraint.Pattern.name.source:
      "The specified value for \(name) is invalid. It must contain only alphanumeric characters and/or the following: "
        + "+=,.@_-"
    case StringConstraint.Pattern.path.source, StringConstraint.Pattern.policyPath.source:
      "The specified value for \(name) is invalid. It must begin and end with / and contain only alphanumeric characters "
        + "and/or / characters."
    default: nil
    }
  }
}
