import AWSAPI
import Scenario

/// Decides whether a call may be sent to accounts that outlive the run, and makes what is to be created the run's own.
struct CallGuard: Sendable {
  let conditions: RunConditions
  var naming: Naming
  /// What may be done to resources that were there before, by key.
  private let permitted: [String: Set<String>]

  init(_ scenario: Scenario, _ conditions: RunConditions) throws(Diagnostic) {
    self.conditions = conditions
    naming = try Naming(
      scenario, run: conditions.run, accounts: conditions.accounts.mapValues(\.id), existing: conditions.existing)
    permitted = Dictionary(
      scenario.existing.map { ($0.key.value, Set($0.operations.map(\.value))) }, uniquingKeysWith: { $0.union($1) })
  }

  /// What becomes of a call before it is sent.
  enum Answer {
    case send(AWSCall)
    /// It would make something that is there already: what reads that takes its place.
    case isThere(AWSCall, key: String)
    case refuse(String)
  }

  /// - Parameter isAdministrator: whether the account's own administrator makes the call. To tag what one makes is a permission
  ///   of its own, which other principals may lack: what they make is tagged for them.
  mutating func judge(_ call: AWSCall, account: String?, isAdministrator: Bool) -> Answer {
    var call = adapted(call)
    guard !call.operation.isReadOnly else { return .send(call) }
    if conditions.isReadOnly { return .refuse("--read-only: \(call.operation.qualifiedName) would change something") }
    if let kind = ResourceKind(madeBy: call.operation) {
      if let name = kind.nameParameter, let value = call.parameters[name]?.string {
        if let key = naming.existingKey(of: value), let account, let read = kind.reading(call, account: account) {
          return .isThere(read, key: key)
        }
        call.parameters[name] = .string(naming.unique(value))
      }
      // A provider of OpenID Connect has neither a name nor a path that could carry the mark in the tag's place.
      mark(&call, kind, account: account, tagged: isAdministrator || kind == .openIDConnectProvider)
      return .send(call)
    }
    if let problem = problem(with: call, account: account) { return .refuse(problem) }
    if call.operation.name == "PutBucketTagging" { keepTag(&call) }
    return .send(call)
  }

  /// What becomes of a call that is only signed, for whoever has the link. No ledger hears of what a link is used for, so one
  /// may change only what goes with something that the run has made.
  func judgeLink(_ call: AWSCall, account: String?) -> Answer {
    let call = adapted(call)
    guard !call.operation.isReadOnly else { return .send(call) }
    let name = call.operation.qualifiedName
    if conditions.isReadOnly { return .refuse("--read-only: \(name) would change something") }
    if ResourceKind(madeBy: call.operation) != nil {
      return .refuse("a link for \(name) would make something that no ledger knows of")
    }
    if let problem = problem(with: call, account: account) { return .refuse(problem) }
    if isExisting(call) {
      return .refuse("a link for \(name) would change what was there before, and no ledger would know")
    }
    return .send(call)
  }

  /// Why a request that a step writes itself may not be sent; `nil` where it may.
  /// - Parameter target: its path and query.
  func problem(withRequest method: String, _ target: String) -> String? {
    if method == "GET" || method == "HEAD" { return nil }
    if conditions.isReadOnly { return "--read-only: \(method) would change something" }
    let bucket = target.dropFirst().prefix { $0 != "/" && $0 != "?" }
    if naming.isOurs(String(bucket)) { return nil }
    return "\(method) \(target.prefix { $0 != "?" }) would change what this run did not make"
  }

  /// Names that a step writes itself are what they became when it made them.
  private func adapted(_ call: AWSCall) -> AWSCall {
    guard !naming.literals.isEmpty else { return call }
    var call = call
    for parameter in ResourceKind.allCases.compactMap(\.nameParameter)
    where call.operation.name == "CreatePolicy" || parameter != "PolicyName" {
      if let name = call.parameters[parameter]?.string, let unique = naming.literals[name] {
        call.parameters[parameter] = .string(unique)
      }
    }
    return call
  }

  // MARK: What is made

  /// Puts the run's id into the path and the tags of what `call` makes.
  private func mark(_ call: inout AWSCall, _ kind: ResourceKind, account: String?, tagged: Bool) {
    if kind.hasPath {
      let path = call.parameters["Path"]?.string ?? "/"
      if !path.hasPrefix(naming.run.path) {
        call.parameters["Path"] = .string(naming.run.path + path.drop { $0 == "/" })
      }
    }
    if kind.takesTags, tagged {
      let tags = call.parameters["Tags"]?.list ?? []
      call.parameters["Tags"] = .list(tags + [tag])
    }
    guard kind == .bucket, let account else { return }
    let region = conditions.accounts.values.first { $0.id == account }?.region
    // Only us-east-1 is meant where nothing is said, and it must not be named.
    if let region, region != "us-east-1", call.parameters["CreateBucketConfiguration"] == nil {
      call.parameters["CreateBucketConfiguration"] = ["LocationConstraint": .string(region)]
    }
  }

  /// Whether `call` tags what it makes as this run's.
  func isTagged(_ call: AWSCall) -> Bool {
    (call.parameters["Tags"]?.list ?? []).contains { $0.structure?["Key"]?.string == RunID.tagKey }
  }

  var tag: AWSValue { ["Key": .string(RunID.tagKey), "Value": .string(naming.run.text)] }

  /// Tags of a bucket are replaced as a whole; the run's own stays among them.
  private func keepTag(_ call: inout AWSCall) {
    guard var tagging = call.parameters["Tagging"]?.structure else { return }
    tagging["TagSet"] = .list((tagging["TagSet"]?.list ?? []) + [tag])
    call.parameters["Tagging"] = .structure(tagging)
  }

  // MARK: What is changed

  /// Why `call` may not be sent: it would change what this run did not make.
  private func problem(with call: AWSCall, account: String?) -> String? {
    guard let rule = call.operation.authorization.first else { return nil }
    guard let subject = call.subject(of: rule) else {
      let name = conditions.accounts.first { $0.value.id == account }?.key
      if let name, permitted[name]?.contains(call.operation.qualifiedName) == true { return nil }
      return "\(call.operation.qualifiedName) would change the account itself\(Self.hint(name ?? "ACCOUNT", call))"
    }
    // A user who is put into a group of the run's is changed as well, although the permission is about the group alone.
    let entities = ["UserName", "GroupName", "RoleName"].compactMap { call.parameters[$0]?.string }
    for subject in [subject] + entities.filter({ $0 != subject }) {
      if let problem = problem(with: call, subject: subject) { return problem }
    }
    return nil
  }

  private func problem(with call: AWSCall, subject: String) -> String? {
    if naming.isOurs(subject) { return nil }
    guard let key = naming.existingKey(of: subject) else {
      return "\(call.operation.qualifiedName) would change \(subject), which this run did not make"
    }
    if permitted[key]?.contains(call.operation.qualifiedName) == true { return nil }
    return "\(call.operation.qualifiedName) would change \(subject), which was there before\(Self.hint(key, call))"
  }

  private static func hint(_ key: String, _ call: AWSCall) -> String {
    "; a scenario that is to do that says `existing: { \(key): [\(call.operation.qualifiedName)] }`"
  }

  /// Whether `subject` of a call is a resource that was there before the run.
  func isExisting(_ call: AWSCall) -> Bool {
    guard let rule = call.operation.authorization.first, let subject = call.subject(of: rule) else { return false }
    return !naming.isOurs(subject)
  }
}

extension AWSCall {
  /// What a permission of the call is about: a name or an ARN; `nil` where it is about the account as a whole, or about
  /// the caller.
  func subject(of rule: AuthorizationRule) -> String? {
    switch rule.resource {
    case .any, .collection: nil
    case .iam(_, let name): parameters[name]?.string
    case .arn(let parameter): parameters[parameter]?.string
    case .bucket, .object: parameters["Bucket"]?.string
    case .copySource: parameters["CopySource"]?.string
    }
  }
}

extension ResourceKind {
  /// The call that reads what `call` would make, with the same answer where AWS has that.
  func reading(_ call: AWSCall, account: String) -> AWSCall? {
    let name = self == .bucket ? "HeadBucket" : read
    guard self != .virtualMFADevice, let operation = Catalogue.operation(service, name),
      let value = identifier(in: call, account: account)
    else { return nil }
    return AWSCall(operation: operation, parameters: [identifier: .string(value)])
  }
}
