import AWSAPI
import Runner
import Scenario
import XML

/// What others have in the accounts of one of two targets. Lists of a whole account's buckets, users and the like name it as
/// well, and it says nothing about how the targets answer.
struct ForeignElements {
  /// The names that the scenario itself gives, as it writes them.
  private let own: Set<String>

  init(_ left: ScenarioResult, _ right: ScenarioResult) {
    var own = Set((try? Scope(left.scenario))?.names.values.map { $0 } ?? [])
    for step in left.steps + right.steps {
      guard let call = step.exchange?.call else { continue }
      own.formUnion(call.parameters.members.compactMap(\.value.string))
    }
    self.own = own
  }

  /// The operations that list what an account has.
  private static let operations: Set<String> = [
    "s3:ListBuckets", "iam:ListUsers", "iam:ListRoles", "iam:ListGroups", "iam:ListPolicies",
    "iam:ListInstanceProfiles", "iam:GetAccountAuthorizationDetails",
  ]

  /// The members by which the elements of such lists are named.
  private static let naming: Set<String> = [
    "Name", "UserName", "RoleName", "GroupName", "PolicyName", "InstanceProfileName",
  ]

  /// What an element of a list is called; `nil` for an element that is none.
  static func name(of element: XMLElement) -> String? {
    guard element.name == "member" || element.name == "Bucket" else { return nil }
    return element.elements.first { naming.contains($0.name) }?.text
  }

  /// The names that only one of two answers lists and the scenario does not give; empty where the answers are not such lists.
  func listed(_ left: Exchange, _ right: Exchange) -> Set<String> {
    guard let operation = left.call?.operation.qualifiedName, Self.operations.contains(operation) else { return [] }
    return Self.names(in: left).symmetricDifference(Self.names(in: right)).subtracting(own)
  }

  private static func names(in exchange: Exchange) -> Set<String> {
    var names: Set<String> = []
    func walk(_ element: XMLElement) {
      if let name = name(of: element) { names.insert(name) }
      element.elements.forEach(walk)
    }
    if let root = exchange.document?.root { walk(root) }
    return names
  }
}
