/// One question to the policies: may this principal do this to that, under these circumstances?
public struct AuthorizationRequest: Sendable {
  /// Who asks.
  public let principal: RequestPrincipal
  /// The action as asked, `s3:GetObject`.
  public let action: String
  /// The resource's ARN, or `*` for an action that knows none.
  public let resource: String
  /// The account that the resource belongs to.
  public let resourceAccount: String
  /// The context keys, with those that follow from the rest filled in.
  public let context: RequestContext

  let requestedAction: RequestedAction
  let splitResource: SplitResource

  /// A request.
  ///
  /// Context keys that follow from the principal and the resource (`aws:PrincipalArn`, `aws:PrincipalAccount`,
  /// `aws:PrincipalType`, `aws:username`, `aws:userid`, `aws:ResourceAccount`, `aws:PrincipalIsAWSService`,
  /// `aws:PrincipalServiceName`) are filled in where `context` does not give them.
  /// - Parameter resourceAccount: where it is left out, the account in the ARN; where that is empty, the principal's own.
  public init(
    principal: RequestPrincipal, action: String, resource: String, resourceAccount: String? = nil,
    context: RequestContext = RequestContext()
  ) {
    self.init(
      principal: principal, action: action, resource: resource, resourceAccount: resourceAccount, context: context,
      completion: .all)
  }

  /// Which of the keys that follow from the rest are filled in.
  package enum ContextCompletion: Sendable {
    case none
    /// That of the resource: the context has those of the principal.
    case resource
    case all
  }

  /// A request whose context is completed as far as it needs to be.
  package init(
    principal: RequestPrincipal, action: String, resource: String, resourceAccount: String?, context: RequestContext,
    completion: ContextCompletion
  ) {
    self.principal = principal
    self.action = action
    self.resource = resource
    requestedAction = RequestedAction(action)
    splitResource = SplitResource(resource.utf8)
    self.resourceAccount = resourceAccount ?? splitResource.account ?? principal.account
    var context = context
    if completion != .none, !self.resourceAccount.isEmpty {
      context.setDefault(DerivedKey.resourceAccount, self.resourceAccount)
    }
    if completion == .all { context.addKeys(of: principal) }
    self.context = context
  }

  /// Whether the principal belongs to the account that the resource is in.
  public var isWithinOneAccount: Bool { !principal.account.isEmpty && principal.account == resourceAccount }

  /// Whether this is a request that a role's trust policy answers.
  public var isAnsweredByTrust: Bool {
    guard requestedAction.begins(with: "sts:") else { return false }
    // These are about a role whatever the request calls its resource.
    if requestedAction.isOne(of: "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity") {
      return true
    }
    return requestedAction.isOne(of: "sts:tagsession", "sts:setsourceidentity") && splitResource.isIAM("role/")
  }
}

extension SplitResource {
  /// The account in the ARN; `nil` where there is none, or where AWS itself stands for one.
  fileprivate var account: String? {
    guard let part = part(4), !part.isEmpty, !bytes[part].elementsEqual("aws".utf8) else { return nil }
    return String(decoding: bytes[part], as: UTF8.self)
  }

  /// Whether this is IAM's resource of a kind, `role/`.
  func isIAM(_ kind: StaticString) -> Bool {
    guard let service = part(2), let resource = part(5), bytes[service].elementsEqual("iam".utf8) else { return false }
    return bytes[resource].starts(with: UnsafeBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
  }
}

/// The keys that follow from the rest, hashed once.
private enum DerivedKey {
  static let resourceAccount = ContextKey("aws:ResourceAccount")
  static let isAWSService = ContextKey("aws:PrincipalIsAWSService")
  static let serviceName = ContextKey("aws:PrincipalServiceName")
  static let type = ContextKey("aws:PrincipalType")
  static let arn = ContextKey("aws:PrincipalArn")
  static let account = ContextKey("aws:PrincipalAccount")
  static let userName = ContextKey("aws:username")
  static let userID = ContextKey("aws:userid")
}

extension RequestContext {
  /// AWS, "AWS global condition context keys", and the table of principal key values in "IAM policy elements: Variables and
  /// tags". What AWS knows and a request does not tell (a role's unique id) stays missing. Keys that are there stay as they are.
  package mutating func addKeys(of principal: RequestPrincipal) {
    switch principal.kind {
    case .federated: break
    case .service:
      setDefault(DerivedKey.isAWSService, "true")
      setDefault(DerivedKey.serviceName, principal.arn)
    case .anonymous:
      setDefault(DerivedKey.type, "Anonymous")
      setDefault(DerivedKey.account, "anonymous")
      setDefault(DerivedKey.userID, "anonymous")
    case .root, .user, .roleSession, .federatedUser:
      setDefault(DerivedKey.isAWSService, "false")
      // For a session of a role the key holds the role's ARN, not the session's.
      let arn = principal.kind == .roleSession ? principal.baseARN ?? principal.arn : principal.arn
      setDefault(DerivedKey.arn, arn)
      setDefault(DerivedKey.account, principal.account)
      setDefault(DerivedKey.type, principal.typeName)
      if let name = principal.userName { setDefault(DerivedKey.userName, name) }
      if !has(DerivedKey.userID), let id = principal.userID { setDefault(DerivedKey.userID, id) }
    }
  }
}

extension RequestPrincipal {
  /// The value of `aws:PrincipalType`.
  fileprivate var typeName: String {
    switch kind {
    case .root: "Account"
    case .user: "User"
    case .roleSession: "AssumedRole"
    case .federatedUser: "FederatedUser"
    case .service, .federated, .anonymous: "Anonymous"
    }
  }

  /// The value of `aws:userid`, where it is known.
  fileprivate var userID: String? {
    switch kind {
    case .root: account
    case .user: uniqueID
    case .roleSession:
      // "role-id:caller-specified-role-name"
      if let uniqueID, let name = arn.split(separator: "/").last, arn != baseARN { "\(uniqueID):\(name)" } else { nil }
    case .federatedUser: arn.split(separator: "/").last.map { "\(account):\($0)" }
    case .service, .federated, .anonymous: nil
    }
  }
}
