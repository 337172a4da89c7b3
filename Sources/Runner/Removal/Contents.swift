import AWSAPI

/// What must be taken out of something before it can be deleted, in AWS's order ("Deleting an IAM user", "… roles",
/// "… policies"; a bucket is emptied).
struct Contents {
  private let entry: LedgerEntry
  private let kind: ResourceKind
  private let call: (AWSCall) throws(Problem) -> Exchange

  init(_ entry: LedgerEntry, _ kind: ResourceKind, call: @escaping (AWSCall) throws(Problem) -> Exchange) {
    self.entry = entry
    self.kind = kind
    self.call = call
  }

  /// One kind of content: how it is listed, and how each is taken out.
  private struct Rule {
    var list: String
    /// The list in the answer.
    var elements: String
    /// The member of an element that names it; empty where the element itself is the name.
    var member: String
    var take: String
    /// The parameter that the name becomes.
    var parameter: String

    init(_ list: String, _ elements: String, _ member: String, _ take: String, _ parameter: String) {
      self.list = list
      self.elements = elements
      self.member = member
      self.take = take
      self.parameter = parameter
    }
  }

  /// The operations that taking everything out of a thing of this kind may call.
  static func operations(of kind: ResourceKind) -> [String] {
    let further =
      switch kind {
      case .user: ["DeleteLoginProfile"]
      case .policy:
        [
          "ListPolicyVersions", "ListEntitiesForPolicy", "DeletePolicyVersion", "DetachUserPolicy", "DetachGroupPolicy",
          "DetachRolePolicy",
        ]
      case .instanceProfile: ["GetInstanceProfile", "RemoveRoleFromInstanceProfile"]
      case .bucket:
        ["DeleteBucketPolicy", "ListObjectVersions", "DeleteObject", "ListMultipartUploads", "AbortMultipartUpload"]
      default: [String]()
      }
    return rules(of: kind).flatMap { [$0.list, $0.take] } + further
  }

  private static func rules(of kind: ResourceKind) -> [Rule] {
    switch kind {
    case .user:
      [
        Rule("ListAccessKeys", "AccessKeyMetadata", "AccessKeyId", "DeleteAccessKey", "AccessKeyId"),
        Rule("ListMFADevices", "MFADevices", "SerialNumber", "DeactivateMFADevice", "SerialNumber"),
        Rule("ListUserPolicies", "PolicyNames", "", "DeleteUserPolicy", "PolicyName"),
        Rule("ListAttachedUserPolicies", "AttachedPolicies", "PolicyArn", "DetachUserPolicy", "PolicyArn"),
        Rule("ListGroupsForUser", "Groups", "GroupName", "RemoveUserFromGroup", "GroupName"),
      ]
    case .group:
      [
        Rule("GetGroup", "Users", "UserName", "RemoveUserFromGroup", "UserName"),
        Rule("ListGroupPolicies", "PolicyNames", "", "DeleteGroupPolicy", "PolicyName"),
        Rule("ListAttachedGroupPolicies", "AttachedPolicies", "PolicyArn", "DetachGroupPolicy", "PolicyArn"),
      ]
    case .role:
      [
        Rule(
          "ListInstanceProfilesForRole", "InstanceProfiles", "InstanceProfileName", "RemoveRoleFromInstanceProfile",
          "InstanceProfileName"),
        Rule("ListRolePolicies", "PolicyNames", "", "DeleteRolePolicy", "PolicyName"),
        Rule("ListAttachedRolePolicies", "AttachedPolicies", "PolicyArn", "DetachRolePolicy", "PolicyArn"),
      ]
    case .policy, .bucket, .instanceProfile, .virtualMFADevice, .samlProvider, .openIDConnectProvider: []
    }
  }

  /// Takes everything out that can be.
  /// - Throws: that a call could not be made.
  func remove() throws(Problem) {
    if kind == .user { try take("DeleteLoginProfile", [:]) }
    for rule in Self.rules(of: kind) {
      guard let list = Catalogue.operation(.iam, rule.list) else { continue }
      for element in try Pages.all(list, [kind.identifier: .string(entry.name)], rule.elements, call) {
        let name = rule.member.isEmpty ? element.string : element.structure?[rule.member]?.string
        if let name { try take(rule.take, [rule.parameter: .string(name)]) }
      }
    }
    switch kind {
    case .policy: try removeVersions()
    case .instanceProfile: try removeRoles()
    case .bucket: try empty()
    default: break
    }
  }

  private func take(_ name: String, _ parameters: AWSStructure) throws(Problem) {
    guard let operation = Catalogue.operation(kind.service, name) else { return }
    var parameters = parameters
    parameters[kind.identifier] = .string(entry.name)
    _ = try call(AWSCall(operation: operation, parameters: parameters))
  }

  /// Non-default versions first, and whatever of the run's the policy is still attached to.
  private func removeVersions() throws(Problem) {
    guard let versions = Catalogue.operation(.iam, "ListPolicyVersions"),
      let entities = Catalogue.operation(.iam, "ListEntitiesForPolicy")
    else { return }
    let arn: AWSStructure = ["PolicyArn": .string(entry.name)]
    for version in try Pages.all(versions, arn, "Versions", call).compactMap(\.structure)
    where version["IsDefaultVersion"]?.boolean != true {
      if let id = version["VersionId"] { try take("DeletePolicyVersion", ["VersionId": id]) }
    }
    for (list, noun) in [("PolicyUsers", "User"), ("PolicyGroups", "Group"), ("PolicyRoles", "Role")] {
      for name in try Pages.all(entities, arn, list, call).compactMap({ $0.structure?["\(noun)Name"]?.string })
      where RunID(inName: name) == entry.run {
        try take("Detach\(noun)Policy", ["\(noun)Name": .string(name)])
      }
    }
  }

  private func removeRoles() throws(Problem) {
    guard let get = Catalogue.operation(.iam, "GetInstanceProfile") else { return }
    let exchange = try call(AWSCall(operation: get, parameters: [kind.identifier: .string(entry.name)]))
    guard case .success(let answer) = exchange.outcome else { return }
    for role in answer.member(at: "InstanceProfile/Roles")?.list ?? [] {
      if let name = role.structure?["RoleName"] { try take("RemoveRoleFromInstanceProfile", ["RoleName": name]) }
    }
  }

  /// A listing has a thousand versions at most, so this many rounds empty any bucket that a scenario fills.
  private static let mostRounds = 100

  /// Deletes every version of every object, and every upload. Each round lists what is left, so paging needs no marker.
  private func empty() throws(Problem) {
    guard let list = Catalogue.operation(.s3, "ListObjectVersions"),
      let uploads = Catalogue.operation(.s3, "ListMultipartUploads")
    else { return }
    // A policy may deny what follows to everybody.
    try take("DeleteBucketPolicy", [:])
    let bucket: AWSStructure = ["Bucket": .string(entry.name)]
    for _ in 0..<Self.mostRounds {
      let listing = try call(AWSCall(operation: list, parameters: bucket))
      guard case .success(let answer) = listing.outcome else { break }
      let left = (answer["Versions"]?.list ?? []) + (answer["DeleteMarkers"]?.list ?? [])
      if left.isEmpty { break }
      for version in left.compactMap(\.structure) {
        try take("DeleteObject", ["Key": version["Key"], "VersionId": version["VersionId"]])
      }
    }
    let pending = try call(AWSCall(operation: uploads, parameters: bucket))
    guard case .success(let answer) = pending.outcome else { return }
    for upload in (answer["Uploads"]?.list ?? []).compactMap(\.structure) {
      try take("AbortMultipartUpload", ["Key": upload["Key"], "UploadId": upload["UploadId"]])
    }
  }
}
