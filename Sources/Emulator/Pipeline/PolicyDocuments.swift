import AWSAPI
import IAMPolicy

// Documents as IAM and STS take them: read, held against the limits, and refused in IAM's words.
extension StoredPolicy {
  /// An inline policy of a user, group or role. Its size is the entity's matter.
  init(identityPolicy text: String) throws(AWSError) {
    self.init(text: text, document: try Self.document(text))
  }

  /// A version of a managed policy.
  init(managedPolicy text: String) throws(AWSError) {
    self.init(text: text, document: try Self.document(text))
    guard size <= IAMLimits.managedPolicySize.value else { throw .limitExceeded(IAMLimits.managedPolicySize) }
  }

  /// The inline policy of a session.
  init(sessionPolicy text: String) throws(AWSError) {
    self.init(text: text, document: try Self.document(text))
  }

  /// A policy that is only simulated: identity policies, boundaries and policies of resources alike.
  init(simulatedPolicy text: String) throws(AWSError) {
    self.init(text: text, document: try Self.document(text))
  }

  /// A role's trust policy.
  init(trustPolicy text: String, in state: EmulatorState) throws(AWSError) {
    let document = try Self.document(text)
    do throws(UnknownPrincipal) {
      try self.init(text: text, naming: document, in: state)
    } catch {
      throw .malformedPolicy("Invalid principal in policy: \"\(error.kind)\":\"\(error.name)\"")
    }
    guard size <= IAMLimits.trustPolicySize.value else { throw .limitExceeded(IAMLimits.trustPolicySize) }
  }

  /// A document of ours. One that is none would grant nothing; the tests hold every one of them to be read.
  init(trusted text: String) {
    let document = try? PolicyDocument(parsing: Array(text.utf8))
    self.init(text: text, document: document ?? PolicyDocument())
  }

  /// A policy without statements.
  static let grantingNothing = StoredPolicy(
    text: "{\"Version\":\"2012-10-17\",\"Statement\":[]}", document: PolicyDocument())

  private static func document(_ text: String) throws(AWSError) -> PolicyDocument {
    do throws(PolicyError) {
      return try PolicyDocument(parsing: Array(text.utf8))
    } catch {
      throw .malformedPolicy("Syntax errors in policy.")
    }
  }
}
