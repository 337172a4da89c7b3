package import AWSAPI

// The codes, statuses and messages of IAM. Codes and statuses are those of the published service model; messages are
// those that were recorded from AWS or are quoted in public.
extension AWSError {
  static func noSuchEntity(_ message: String) -> AWSError { AWSError("NoSuchEntity", message, status: 404) }

  static func noSuchEntity(_ kind: EntityKind, _ name: String) -> AWSError {
    noSuchEntity("The \(kind.noun) with name \(name) cannot be found.")
  }

  static func noSuchPolicy(_ arn: String) -> AWSError { noSuchEntity("Policy \(arn) was not found.") }

  static func alreadyExists(_ message: String) -> AWSError { AWSError("EntityAlreadyExists", message, status: 409) }

  static func alreadyExists(_ kind: EntityKind, _ name: String) -> AWSError {
    alreadyExists("\(kind.capitalizedNoun) with name \(name) already exists.")
  }

  static func limitExceeded(_ message: String) -> AWSError { AWSError("LimitExceeded", message, status: 409) }

  static func limitExceeded(_ quota: Quota) -> AWSError {
    limitExceeded("Cannot exceed quota for \(quota.name): \(quota.value)")
  }

  static func deleteConflict(_ message: String) -> AWSError { AWSError("DeleteConflict", message, status: 409) }

  static func invalidInput(_ message: String) -> AWSError { AWSError("InvalidInput", message, status: 400) }

  package static func validationError(_ message: String) -> AWSError {
    AWSError("ValidationError", message, status: 400)
  }

  /// The credentials are nobody's (any more).
  static let invalidClientToken = AWSError(
    "InvalidClientTokenId", "The security token included in the request is invalid.", status: 403)
}

extension Call {
  /// The parameter `name`, which validation has found there.
  package func required(_ name: String) throws(AWSError) -> String {
    guard let value = string(name) else {
      throw .validationError(
        "1 validation error detected: Value null at '\(name.prefix(1).lowercased() + name.dropFirst())' "
          + "failed to satisfy constraint: Member must not be null")
    }
    return value
  }
}
