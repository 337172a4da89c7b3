package import AWSAPI
import IAMPolicy

extension IAMService {
  /// The permissions of an IAM call: its description's, with the ARNs that the account knows.
  package static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    let account = try state.account(of: call)
    return call.operation.authorization.filter { $0.applies(to: call.parameters) }.map { rule in
      let resource = IAMResource(rule.resource, of: call, in: account, state)
      var permission = Permission(rule.action, on: resource.arn, context: call.requestTagContext)
      // A role that is passed is named by its ARN, as was seen.
      permission.resourceInMessage = rule.action == "iam:PassRole" ? nil : resource.message
      permission.resourceAccount = account.id
      permission.context += Permission.ContextValue.resourceTags(resource.tags, ofPrincipal: resource.isPrincipal)
      addKeys(to: &permission, of: call, boundary: resource.boundary)
      return permission
    }
  }

  /// The condition keys of IAM's own (Service Authorization Reference, "Actions, resources, and condition keys for AWS
  /// Identity and Access Management").
  private static func addKeys(to permission: inout Permission, of call: Call, boundary: String?) {
    let name = call.operation.name
    if name.hasPrefix("Attach") || name.hasPrefix("Detach"), let arn = call.string("PolicyArn") {
      permission.context.append(.init("iam:PolicyARN", arn))
    }
    // A call that gives a boundary is judged by that one, a call on an entity that has one by what it has.
    // Most actions do not know the key: who may do `iam:*` to users of one boundary may not delete them.
    if ServiceConditionKeys.canHave(permission.action, "iam:PermissionsBoundary"),
      let boundary = call.string("PermissionsBoundary") ?? boundary
    {
      permission.context.append(.init("iam:PermissionsBoundary", boundary))
    }
    if let service = call.string("AWSServiceName") { permission.context.append(.init("iam:AWSServiceName", service)) }
    if permission.action == "iam:PassRole" {
      permission.context.append(.init("iam:PassedToService", "ec2.amazonaws.com"))
    }
  }
}

/// The resource of a permission, looked up in the account.
struct IAMResource {
  var arn: String
  /// How refusals name it, where not by its ARN: an entity that the call only names is named as `role UpdateData`, one
  /// that it makes by its ARN (as seen in answers of AWS).
  var message: String?
  var tags: [Tag] = []
  var boundary: String?
  /// Whether it is a user or a role.
  var isPrincipal: Bool { ARN(arn).map { $0.resource.hasPrefix("user/") || $0.resource.hasPrefix("role/") } ?? false }

  init(_ resource: AuthorizationRule.Resource, of call: Call, in account: AccountState, _ state: EmulatorState) {
    switch resource {
    case .any, .bucket, .object, .copySource: self.init(arn: "*")
    case .collection(let kind): self.init(collectionOf: kind, call, in: account)
    case .arn(let parameter): self.init(named: call.string(parameter) ?? "*", in: account)
    case .iam(let kind, let parameter):
      if let name = call.string(parameter) {
        self.init(kind, named: name, of: call, in: account)
      } else {
        self.init(callerOf: call, in: account, state)
      }
    }
  }

  private init(arn: String) {
    self.arn = arn
  }

  /// What calls name by its ARN: a policy, a provider, a device.
  private init(named arn: String, in account: AccountState) {
    self.arn = arn
    let key = UTF8Key(arn)
    if let policy = account.managedPolicy(arn) {
      tags = policy.tags
      message = "policy \(arn)"
    } else {
      tags =
        account.openIDConnectProviders[key]?.tags ?? account.samlProviders[key]?.tags ?? account.mfaDevices[key]?.tags
        ?? []
    }
  }

  /// Lists are asked for below a path, and so they are named in refusals and can be named in policies.
  private init(collectionOf kind: AuthorizationRule.IAMEntity, _ call: Call, in account: AccountState) {
    let path = call.string("PathPrefix") ?? "/"
    arn = account.arn(kind.rawValue, path: path, name: "")
    if kind == .policy { message = "policy path \(path)" }
  }

  /// The caller itself, which calls are about that name no user.
  private init(callerOf call: Call, in account: AccountState, _ state: EmulatorState) {
    arn = call.caller.kind == .root ? account.rootArn : call.caller.principal.arn
    guard case .user(let id) = call.caller.kind, let user = state.user(id: id) else { return }
    message = "user \(user.identity.name)"
    (tags, boundary) = (user.tags, user.permissionsBoundary)
  }

  private init(
    _ kind: AuthorizationRule.IAMEntity, named name: String, of call: Call, in account: AccountState
  ) {
    let key = NameKey(name)
    var existing: EntityIdentity?
    switch kind {
    case .user:
      if let user = account.users[key] {
        (existing, tags, boundary) = (user.identity, user.tags, user.permissionsBoundary)
      }
    case .role:
      if let role = account.roles[key] {
        (existing, tags, boundary) = (role.identity, role.tags, role.permissionsBoundary)
      }
    case .group: existing = account.groups[key]?.identity
    case .policy: existing = account.policies[key]?.identity
    case .instanceProfile:
      if let profile = account.instanceProfiles[key] { (existing, tags) = (profile.identity, profile.tags) }
    case .mfa, .oidcProvider, .samlProvider, .serverCertificate: break
    }
    let creates = call.operation.name.hasPrefix("Create")
    arn = existing?.arn ?? account.arn(kind.rawValue, path: creates ? call.string("Path") ?? "/" : "/", name: name)
    if !creates {
      message = kind == .instanceProfile ? "instance profile \(name)" : "\(kind.rawValue) \(name)"
    }
  }
}
