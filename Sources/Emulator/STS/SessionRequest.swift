package import AWSAPI

/// What a call asks of a session: its policies, tags and names, checked as far as that needs no role.
struct SessionRequest: Sendable {
  var policy: StoredPolicy?
  var policyArns: [String]
  var tags: SessionTags
  var sourceIdentity: String?

  init(_ call: Call, in state: EmulatorState, accountID: String) throws(AWSError) {
    policy = try call.string("Policy").map { text throws(AWSError) in try StoredPolicy(sessionPolicy: text) }
    policyArns = try Self.policyArns(call)
    for arn in policyArns where state.accounts[accountID]?.managedPolicy(arn) == nil {
      throw .validationError("\(arn) does not exist or is not attachable.")
    }
    tags = SessionTags(of: call)
    try tags.check()
    sourceIdentity = call.string("SourceIdentity")
  }

  /// `PackedPolicySize`: how much of the allotted space policies and tags take, in percent; `nil` without any.
  ///
  /// AWS does not say how it packs them. Here the texts themselves count against ``packedSizeLimit``, which comes near to
  /// the sizes that AWS's documentation shows for its examples.
  func packedSize() throws(AWSError) -> Int? {
    guard policy != nil || !policyArns.isEmpty || !tags.list.isEmpty else { return nil }
    let policies = (policy?.size ?? 0) + policyArns.reduce(0) { $0 + $1.utf8.count }
    let tagging = tags.list.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 2 }
    let percent = ((policies + tagging) * 100 + Self.packedSizeLimit - 1) / Self.packedSizeLimit
    guard percent <= 100 else {
      let what = tagging > policies ? "session tags" : "policies"
      throw AWSError(
        "PackedPolicyTooLarge", "Packed size of \(what) consumes \(percent)% of allotted space.", status: 400)
    }
    return percent
  }

  static let packedSizeLimit = 3600
  static let policyArnLimit = 10
  /// Source: API reference, AssumeRole: the inline policy and the ARNs together, in characters.
  static let policyTextLimit = 2048

  private static func policyArns(_ call: Call) throws(AWSError) -> [String] {
    let arns = call.parameters["PolicyArns"]?.list?.compactMap { $0.structure?["arn"]?.string ?? $0.string } ?? []
    guard arns.count <= policyArnLimit else {
      throw .validationError(
        "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: "
          + "Member must have length less than or equal to \(policyArnLimit)")
    }
    let size = arns.reduce(call.string("Policy")?.utf8.count ?? 0) { $0 + $1.utf8.count }
    guard size <= policyTextLimit else {
      throw AWSError(
        "PackedPolicyTooLarge",
        "Packed size of policies consumes \((size * 100 + policyTextLimit - 1) / policyTextLimit)% of allotted space.",
        status: 400)
    }
    for arn in arns where !ManagedPolicyARN.isWellFormed(arn) { throw .validationError("\(arn) is invalid") }
    return arns
  }
}

extension AWSError {
  static func invalidParameterValue(_ message: String) -> AWSError {
    AWSError("InvalidParameterValue", message, status: 400)
  }

  package static func accessDenied(_ message: String) -> AWSError { AWSError("AccessDenied", message, status: 403) }
}
