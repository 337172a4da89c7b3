import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy

// The global condition keys (IAM User Guide, "AWS global condition context keys") that the emulator knows of every call.
// Those that follow from the principal and the resource alone are the policy engine's to fill in.
extension RequestContext {
  /// The keys of a call, in those of its caller.
  init(_ call: Call, in organization: Organization?) {
    self.init(
      [
        Entry(CallKey.currentTime, .one(call.second.iso8601)), Entry(CallKey.epochTime, .one(call.second.epoch)),
        Entry(CallKey.sourceIP, .one(call.request.connection.peerAddress)),
        Entry(CallKey.secureTransport, .one(call.request.connection.isSecure ? "true" : "false")),
        Entry(CallKey.requestedRegion, .one(call.region)), Entry(CallKey.viaAWSService, .one("false")),
      ], in: call.signer?.context ?? Self.anonymous)
    if let agent = call.request.headers["User-Agent"] { set(CallKey.userAgent, agent) }
    if let referer = call.request.headers["Referer"] { set(CallKey.referer, referer) }
    if let date = call.caller.session?.mfaAuthenticationDate {
      set(CallKey.multiFactorAuthAge, String(Int(call.now.timeIntervalSince(date))))
    }
    if let id = call.caller.accountID, let organization, let path = organization.path(of: id) {
      set(CallKey.principalOrgID, organization.id)
      set(CallKey.principalOrgPaths, path)
    }
  }

  private static let anonymous = Layer(
    RequestContext([Entry(CallKey.userID, .one(Caller.anonymous.userID))], in: nil))

  /// The keys of a caller whose credentials were made at `date`, which are the same for all its calls.
  init(of caller: Caller, _ policies: CallerPolicies, since date: Date) {
    self.init()
    set(CallKey.userID, caller.userID)
    for tag in policies.tags { set(ContextKey("aws:PrincipalTag/" + tag.key), tag.value) }
    if let session = caller.session {
      set(CallKey.tokenIssueTime, AWSTimestamp.text(date, .iso8601))
      if let identity = session.sourceIdentity { set(CallKey.sourceIdentity, identity) }
      // Only temporary credentials have the key; those of AssumeRole never tell of a second factor.
      set(CallKey.multiFactorAuthPresent, session.mfaAuthenticationDate == nil ? "false" : "true")
      for value in session.context { set(value.key, value.values) }
    }
    addKeys(of: caller.principal)
  }

  /// Adds the keys of the organization that the resource of a permission is in.
  mutating func addOwner(of permission: Permission, in organization: Organization) {
    guard let owner = permission.resourceAccount, let path = organization.path(of: owner) else { return }
    set(CallKey.resourceOrgID, organization.id)
    set(CallKey.resourceOrgPaths, path)
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
