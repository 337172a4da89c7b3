import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy

// The global condition keys (IAM User Guide, "AWS global condition context keys") that the emulator knows of every call.
// Those that follow from the principal and the resource alone are the policy engine's to fill in.
extension RequestContext {
  init(_ call: Call, _ policies: CallerPolicies, in state: EmulatorState) {
    self.init(capacity: 24)
    self[CallKey.currentTime] = [AWSTimestamp.text(call.now, .iso8601)]
    self[CallKey.epochTime] = [String(Int(call.now.timeIntervalSince1970))]
    self[CallKey.sourceIP] = [call.request.connection.peerAddress]
    self[CallKey.secureTransport] = [call.request.connection.isSecure ? "true" : "false"]
    self[CallKey.requestedRegion] = [call.region]
    self[CallKey.viaAWSService] = ["false"]
    if let agent = call.request.headers["User-Agent"] { self[CallKey.userAgent] = [agent] }
    if let referer = call.request.headers["Referer"] { self["aws:Referer"] = [referer] }
    self[CallKey.userID] = [call.caller.userID]
    for tag in policies.tags { self["aws:PrincipalTag/" + tag.key] = [tag.value] }
    addSession(call)
    if let id = call.caller.accountID, let organization = state.organization, let path = organization.path(of: id) {
      self["aws:PrincipalOrgID"] = [organization.id]
      self["aws:PrincipalOrgPaths"] = [path]
    }
  }

  private mutating func addSession(_ call: Call) {
    guard let session = call.caller.session else { return }
    self[CallKey.tokenIssueTime] = [AWSTimestamp.text(call.credentialDate ?? call.now, .iso8601)]
    if let identity = session.sourceIdentity { self["aws:SourceIdentity"] = [identity] }
    // Only temporary credentials have the key; those of AssumeRole never tell of a second factor.
    self[CallKey.multiFactorAuthPresent] = [session.mfaAuthenticationDate == nil ? "false" : "true"]
    if let date = session.mfaAuthenticationDate {
      self["aws:MultiFactorAuthAge"] = [String(Int(call.now.timeIntervalSince(date)))]
    }
    for value in session.context { self[value.key] = value.values }
  }

  /// Adds the keys of one permission.
  mutating func add(_ permission: Permission, in state: EmulatorState) {
    for value in permission.context { self[value.key] = value.values }
    if let owner = permission.resourceAccount, let organization = state.organization,
      let path = organization.path(of: owner)
    {
      self["aws:ResourceOrgID"] = [organization.id]
      self["aws:ResourceOrgPaths"] = [path]
    }
  }
}

/// The keys that most calls have, hashed once.
private enum CallKey {
  static let currentTime = ContextKey("aws:CurrentTime")
  static let epochTime = ContextKey("aws:EpochTime")
  static let sourceIP = ContextKey("aws:SourceIp")
  static let secureTransport = ContextKey("aws:SecureTransport")
  static let requestedRegion = ContextKey("aws:RequestedRegion")
  static let viaAWSService = ContextKey("aws:ViaAWSService")
  static let userAgent = ContextKey("aws:UserAgent")
  static let userID = ContextKey("aws:userid")
  static let tokenIssueTime = ContextKey("aws:TokenIssueTime")
  static let multiFactorAuthPresent = ContextKey("aws:MultiFactorAuthPresent")
}
