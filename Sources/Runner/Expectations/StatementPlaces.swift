import AWSAPI
package import IAMPolicy
package import Scenario

/// Where the scenario's own policies stand, so that a decision can be traced to the line that made it.
package struct StatementPlaces: Sendable {
  /// Where on AWS a policy of the scenario went.
  private enum Home: Hashable {
    case inline(account: String, holder: String, name: String)
    case managed(arn: String, version: String)
    case trust(account: String, role: String)
    case bucket(String)
    /// The session's policy, by the session's ARN.
    case session(arn: String)
  }

  private var places: [Home: [SourceRange]] = [:]
  /// The version in force of each managed policy.
  private var versions: [String: String] = [:]
  private let policies: [String: TemplateValue]

  package init(_ scenario: Scenario) {
    policies = Dictionary(scenario.policies.map { ($0.name.value, $0.document) }) { first, _ in first }
  }

  // MARK: What a call wrote where

  /// Keeps which policies a call wrote where.
  /// - Parameters:
  ///   - parameters: as the step has them, with what they refer to.
  ///   - account: the account that the caller acts in.
  mutating func note(_ call: AWSCall, _ parameters: TemplateValue?, _ answer: AWSStructure, account: String) {
    func given(_ name: String) -> String { call.parameters[name]?.string ?? "" }
    let name = call.operation.name
    switch name {
    case "PutUserPolicy", "PutGroupPolicy", "PutRolePolicy":
      let kind = name.dropFirst(3).dropLast("Policy".count)
      note(
        parameters?["PolicyDocument"],
        at: .inline(account: account, holder: "\(kind.lowercased()) \(given("\(kind)Name"))", name: given("PolicyName"))
      )
    case "CreatePolicy":
      guard let arn = answer["Policy"]?.structure?["Arn"]?.string else { return }
      versions[arn] = "v1"
      note(parameters?["PolicyDocument"], at: .managed(arn: arn, version: "v1"))
    case "CreatePolicyVersion":
      guard let version = answer["PolicyVersion"]?.structure, let id = version["VersionId"]?.string else { return }
      if version["IsDefaultVersion"]?.boolean == true { versions[given("PolicyArn")] = id }
      note(parameters?["PolicyDocument"], at: .managed(arn: given("PolicyArn"), version: id))
    case "SetDefaultPolicyVersion": versions[given("PolicyArn")] = given("VersionId")
    case "CreateRole":
      note(parameters?["AssumeRolePolicyDocument"], at: .trust(account: account, role: given("RoleName")))
    case "UpdateAssumeRolePolicy":
      note(parameters?["PolicyDocument"], at: .trust(account: account, role: given("RoleName")))
    case "PutBucketPolicy": note(parameters?["Policy"], at: .bucket(given("Bucket")))
    case "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetFederationToken":
      let user = (answer["AssumedRoleUser"] ?? answer["FederatedUser"])?.structure
      guard let arn = user?["Arn"]?.string else { return }
      note(parameters?["Policy"], at: .session(arn: arn))
    default: break
    }
  }

  /// Keeps that the session with this ARN was made with `policy`.
  mutating func note(sessionPolicy policy: TemplateValue?, of answer: AWSStructure) {
    guard let arn = answer["AssumedRoleUser"]?.structure?["Arn"]?.string else { return }
    note(policy, at: .session(arn: arn))
  }

  private mutating func note(_ document: TemplateValue?, at home: Home) {
    places[home] = document.flatMap(statements)
  }

  /// The statements of a document: of one that stands in the step, or of the policy that it refers to.
  private func statements(of document: TemplateValue) -> [SourceRange]? {
    var source = document
    if case .scalar(let template) = document {
      guard let path = template.soleReference?.path, path.count == 2, path[0] == "policies",
        let policy = policies[path[1]]
      else { return nil }
      source = policy
    }
    guard let statement = source["Statement"] else { return nil }
    if case .list(let elements, _) = statement { return elements.map(\.range) }
    return [statement.range]
  }

  // MARK: Where a statement came from

  /// The statement's place in the scenario; `nil` where the policy is not the scenario's.
  /// - Parameter request: the question that it was held against.
  package func range(of statement: StatementReference, in request: AuthorizationRequest) -> SourceRange? {
    guard let ranges = ranges(of: statement, in: request), ranges.indices.contains(statement.index) else { return nil }
    return ranges[statement.index]
  }

  private func ranges(of statement: StatementReference, in request: AuthorizationRequest) -> [SourceRange]? {
    switch statement.layer {
    case .serviceControl, .resourceControl, .vpcEndpoint:
      return statement.policyName.flatMap { policies[$0] }.flatMap(statements)
    case .trust:
      let parts = ARN(request.resource)
      guard let account = parts?.account, let role = parts?.resource.split(separator: "/").last else { return nil }
      return places[.trust(account: account, role: String(role))]
    case .resource:
      guard let bucket = ARN(request.resource)?.resource.split(separator: "/").first else { return nil }
      return places[.bucket(String(bucket))]
    case .session where statement.policyARN == nil: return places[.session(arn: request.principal.arn)]
    case .identity, .permissionsBoundary, .session:
      if let arn = statement.policyARN {
        return places[.managed(arn: arn, version: versions[arn] ?? "v1")]
      }
      guard let holder = statement.attachedTo, let name = statement.policyName else { return nil }
      return places[.inline(account: request.principal.account, holder: holder, name: name)]
    }
  }
}
