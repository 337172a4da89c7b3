import AWSAPI
import IAMPolicy

// Documents as IAM, STS and S3 take them: read, held against what their type demands, and refused in the service's words.
extension StoredPolicy {
  /// An inline policy of a user, group or role. Its size is the entity's matter, whose policies count together.
  init(inlinePolicy text: String, as type: PolicyType) throws(AWSError) {
    try self.init(text, as: type)
  }

  /// A version of a managed policy.
  init(managedPolicy text: String) throws(AWSError) {
    try self.init(text, as: .managed)
  }

  /// The inline policy of a session.
  init(sessionPolicy text: String) throws(AWSError) {
    try self.init(text, as: .session)
  }

  /// A policy that is only simulated: identity policies, boundaries and policies of resources alike. IAM asks of it no more
  /// than the grammar.
  init(simulatedPolicy text: String) throws(AWSError) {
    do throws(PolicyError) {
      self.init(text: text, document: try PolicyDocument(parsing: text.utf8))
    } catch {
      throw AWSError(error, in: .managed)
    }
  }

  /// A role's trust policy.
  init(trustPolicy text: String, in state: EmulatorState) throws(AWSError) {
    try self.init(text, as: .trust, in: state)
  }

  /// A bucket's policy.
  init(bucketPolicy text: String, of bucket: Bucket, in state: EmulatorState) throws(AWSError) {
    try self.init(text, as: .bucket, bucketARN: bucket.arn, in: state)
  }

  /// A document of ours. One that is none would grant nothing; the tests hold every one of them to be read.
  init(trusted text: String) {
    let document = try? PolicyDocument(parsing: Array(text.utf8))
    self.init(text: text, document: document ?? PolicyDocument())
  }

  /// A policy without statements.
  static let grantingNothing = StoredPolicy(
    text: "{\"Version\":\"2012-10-17\",\"Statement\":[]}", document: PolicyDocument())

  private init(_ text: String, as type: PolicyType) throws(AWSError) {
    do throws(PolicyError) {
      self.init(text: text, document: try PolicyValidator(type).document(parsing: text.utf8))
    } catch {
      throw AWSError(error, in: type)
    }
  }

  /// A policy of a resource, whose principals must exist.
  private init(
    _ text: String, as type: PolicyType, bucketARN: String? = nil, in state: EmulatorState
  ) throws(AWSError) {
    do throws(PolicyError) {
      let document = try PolicyValidator(type, bucketARN: bucketARN).document(parsing: text.utf8)
      try self.init(text: text, naming: document, in: state)
    } catch {
      throw AWSError(error, in: type)
    }
  }
}

extension AWSError {
  /// The refusal of a policy in the words of the service that takes it.
  init(_ error: PolicyError, in type: PolicyType) {
    let refusal = PolicyRefusal(error.fault, in: type)
    self.init(
      refusal.code, refusal.message, status: refusal.code == "LimitExceeded" ? 409 : 400,
      fields: refusal.detail.map { [Field(name: "Detail", value: $0)] } ?? [])
  }
}
