import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy

// The global condition keys (IAM User Guide, "AWS global condition context keys") that the emulator knows of every call.
// Those that follow from the principal and the resource alone are the policy engine's to fill in.
extension RequestContext {
  init(_ call: Call, in organization: Organization?) {
    self.init(capacity: 16)
    set(CallKey.currentTime, AWSTimestamp.text(call.now, .iso8601))
    set(CallKey.epochTime, String(Int(call.now.timeIntervalSince1970)))
    set(CallKey.sourceIP, call.request.connection.peerAddress)
    set(CallKey.secureTransport, call.request.connection.isSecure ? "true" : "false")
    set(CallKey.requestedRegion, call.region)
    set(CallKey.viaAWSService, "false")
    if let agent = call.request.headers["User-Agent"] { set(CallKey.userAgent, agent) }
    if let referer = call.request.headers["Referer"] { set(CallKey.referer, referer) }
    set(CallKey.userID, call.caller.userID)
    for tag in call.policies.tags { set(ContextKey("aws:PrincipalTag/" + tag.key), tag.value) }
    addSession(call)
    if let id = call.caller.accountID, let organization, let path = organization.path(of: id) {
      set(CallKey.principalOrgID, organization.id)
      set(CallKey.principalOrgPaths, path)
    }
  }

  private mutating func addSession(_ call: Call) {
    guard let session = call.caller.session else { return }
    set(CallKey.tokenIssueTime, AWSTimestamp.text(call.credentialDate ?? call.now, .iso8601))
    if let identity = session.sourceIdentity { set(CallKey.sourceIdentity, identity) }
    // Only temporary credentials have the key; those of AssumeRole never tell of a second factor.
    set(CallKey.multiFactorAuthPresent, session.mfaAuthenticationDate == nil ? "false" : "true")
    if let date = session.mfaAuthenticationDate {
      set(CallKey.multiFactorAuthAge, String(Int(call.now.timeIntervalSince(date))))
    }
    for value in session.context { set(value.key, value.values) }
  }

  /// Adds the keys of one permission.
  mutating func add(_ permission: Permission, in organization: Organization?) {
    for value in permission.context { set(value.key, value.values) }
    if let owner = permission.resourceAccount, let organization,
      let path = organization.path(of: owner)
    {
      set(CallKey.resourceOrgID, organization.id)
      set(CallKey.resourceOrgPaths, path)
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
  static let multiFactorAuthAge = ContextKey("aws:MultiFactorAuthAge")
  static let referer = ContextKey("aws:Referer")
  static let sourceIdentity = ContextKey("aws:SourceIdentity")
  static let principalOrgID = ContextKey("aws:PrincipalOrgID")
  static let principalOrgPaths = ContextKey("aws:PrincipalOrgPaths")
  static let resourceOrgID = ContextKey("aws:ResourceOrgID")
  static let resourceOrgPaths = ContextKey("aws:ResourceOrgPaths")
}
