import AWSAPI
import IAMPolicy

/// Whose policies a simulation is about.
struct SimulationSubject: Sendable {
  var identity: [SimulatedPolicy]
  var boundaries: [SimulatedPolicy]
  var principal: RequestPrincipal
  /// Whether the principal stands for nobody: then nothing of it is in the context, and what policies ask for is missing.
  var isNobody = false

  /// The policies that the call brings, of nobody in particular.
  init(custom call: Call, in account: AccountState) throws(AWSError) {
    identity = try call.simulatedPolicies("PolicyInputList")
    boundaries = []
    principal = Self.nobody(in: account)
    isNobody = true
    try setBoundary(of: call)
    try setCaller(of: call)
  }

  private static func nobody(in account: AccountState) -> RequestPrincipal {
    RequestPrincipal(kind: .user, arn: account.arn("user", path: "/", name: "simulated"), account: account.id)
  }

  /// The policies of the user, group or role that the call names, and those it brings besides.
  init(principalOf call: Call, in state: EmulatorState) throws(AWSError) {
    let arn = try call.required("PolicySourceArn")
    let account = try state.account(of: call)
    (identity, boundaries) = ([], [])
    guard let parts = EntityARN(arn), parts.account == account.id else { throw Self.unknown(arn) }
    switch parts.type {
    case "user":
      guard let user = state.user(arn: arn) else { throw Self.unknown(arn) }
      principal = Caller.user(user, in: account, session: nil).principal
      add(user, in: account)
      for group in user.groups.compactMap({ state.group(id: $0) }) { add(group, in: account) }
      addBoundary(user.permissionsBoundary, in: account)
    case "role":
      guard let role = state.role(arn: arn) else { throw Self.unknown(arn) }
      principal = RequestPrincipal(
        kind: .roleSession, arn: arn, account: account.id, baseARN: arn, uniqueID: role.identity.id)
      add(role, in: account)
      addBoundary(role.permissionsBoundary, in: account)
    case "group":
      guard let group = account.groups[NameKey(parts.name)], group.identity.arn == arn else { throw Self.unknown(arn) }
      principal = Self.nobody(in: account)
      isNobody = true
      add(group, in: account)
    default: throw Self.unknown(arn)
    }
    identity += try call.simulatedPolicies("PolicyInputList")
    try setBoundary(of: call)
    try setCaller(of: call)
    guard call.string("ResourcePolicy") == nil || parts.type == "user" || call.string("CallerArn") != nil else {
      throw .invalidInput("CallerArn is required when ResourcePolicy is given and PolicySourceArn is no user.")
    }
  }

  private static func unknown(_ arn: String) -> AWSError {
    EntityARN(arn) == nil
      ? .invalidInput("Invalid Entity Arn: \(arn) does not clearly define entity type and name.")
      : .noSuchEntity("The specified entity \(arn) cannot be found.")
  }

  private mutating func setCaller(of call: Call) throws(AWSError) {
    guard let arn = call.string("CallerArn") else {
      // "CallerArn is required if you include a ResourcePolicy so that the policy's Principal element has a value to use."
      guard call.string("ResourcePolicy") == nil || call.string("PolicySourceArn") != nil else {
        throw .invalidInput("CallerArn is required when ResourcePolicy is given.")
      }
      return
    }
    // "You can specify only the ARN of an IAM user."
    guard let caller = RequestPrincipal(arn: arn), caller.kind == .user else {
      throw .invalidInput("Invalid caller ARN: \(arn)")
    }
    (principal, isNobody) = (caller, false)
  }

  /// "You can input only one permissions boundary"; it takes the place of the entity's own.
  private mutating func setBoundary(of call: Call) throws(AWSError) {
    let given = try call.simulatedPolicies("PermissionsBoundaryPolicyInputList")
    guard given.count <= 1 else { throw .invalidInput("Only one permissions boundary policy can be simulated.") }
    if !given.isEmpty { boundaries = given }
  }

  private mutating func add<E: IAMEntity>(_ entity: E, in account: AccountState) {
    for (_, inline) in entity.inlinePolicies {
      identity.append(
        SimulatedPolicy(id: "\(E.kind.noun)_\(entity.identity.name)_\(inline.name)", policy: inline.policy))
    }
    for arn in entity.attachedPolicies { identity += managed(arn, in: account) }
  }

  private mutating func addBoundary(_ arn: String?, in account: AccountState) {
    if let arn { boundaries += managed(arn, in: account) }
  }

  private func managed(_ arn: String, in account: AccountState) -> [SimulatedPolicy] {
    guard let policy = account.managedPolicy(arn), let version = policy.effective else { return [] }
    return [SimulatedPolicy(id: policy.identity.name, policy: version.policy)]
  }
}

extension Call {
  /// The policies of a list parameter, named by their positions.
  func simulatedPolicies(_ name: String) throws(AWSError) -> [SimulatedPolicy] {
    var policies: [SimulatedPolicy] = []
    for (index, text) in strings(name).enumerated() {
      do throws(AWSError) {
        policies.append(
          SimulatedPolicy(id: "\(name).\(index + 1)", policy: try StoredPolicy(simulatedPolicy: text)))
      } catch {
        throw .invalidInput("Invalid Input Policy: \(error.message)")
      }
    }
    return policies
  }
}
