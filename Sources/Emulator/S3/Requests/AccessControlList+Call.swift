import AWSAPI

extension AccessControlList {
  /// The list that a call asks for in `x-amz-acl` or the `x-amz-grant-…` headers; `nil` where it asks for none.
  /// - Parameters:
  ///   - owner: the account that owns what the list is for.
  ///   - bucketOwner: the account that owns the bucket.
  /// - Throws: `InvalidRequest`, `InvalidArgument`, `UnresolvableGrantByEmailAddress`.
  init?(_ call: Call, owner: String, bucketOwner: String, state: EmulatorState) throws(AWSError) {
    let granted = try Self.headerGrants(call, state: state)
    guard let canned = call.string("ACL") else {
      guard !granted.isEmpty else { return nil }
      self.init(owner: owner, grants: granted)
      return
    }
    guard granted.isEmpty else { throw .invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed") }
    guard let grants = Self.grants(canned: canned, owner: owner, bucketOwner: bucketOwner) else {
      throw .invalidArgument("", name: "x-amz-acl", value: canned)
    }
    self.init(owner: owner, grants: grants)
  }

  /// EC2, which `aws-exec-read` lets read machine images.
  private static let ec2 = Grantee.canonicalUser("6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c")

  /// What the name of a canned list stands for; `nil` where there is none of that name.
  ///
  /// Source: S3 User Guide, "Access control list overview", "Canned ACL".
  static func grants(canned: String, owner: String, bucketOwner: String) -> [Grant]? {
    let all = Grant(grantee: .account(owner), permission: .fullControl)
    func group(_ group: Group, _ permission: Permission) -> Grant {
      Grant(grantee: .group(group), permission: permission)
    }
    func alsoBucketOwner(_ permission: Permission) -> [Grant] {
      owner == bucketOwner ? [] : [Grant(grantee: .account(bucketOwner), permission: permission)]
    }
    return switch canned {
    case "private": [all]
    case "public-read": [all, group(.allUsers, .read)]
    case "public-read-write": [all, group(.allUsers, .read), group(.allUsers, .write)]
    case "authenticated-read": [all, group(.authenticatedUsers, .read)]
    case "aws-exec-read": [all, Grant(grantee: ec2, permission: .read)]
    case "bucket-owner-read": [all] + alsoBucketOwner(.read)
    case "bucket-owner-full-control": [all] + alsoBucketOwner(.fullControl)
    case "log-delivery-write": [all, group(.logDelivery, .write), group(.logDelivery, .readACP)]
    default: nil
    }
  }

  /// The parameters that grant, each with its header and what it grants.
  static let grantMembers: [(member: String, header: String, permission: Permission)] = [
    ("GrantFullControl", "x-amz-grant-full-control", .fullControl), ("GrantRead", "x-amz-grant-read", .read),
    ("GrantReadACP", "x-amz-grant-read-acp", .readACP), ("GrantWrite", "x-amz-grant-write", .write),
    ("GrantWriteACP", "x-amz-grant-write-acp", .writeACP),
  ]

  private static func headerGrants(_ call: Call, state: EmulatorState) throws(AWSError) -> [Grant] {
    var grants: [Grant] = []
    for (member, header, permission) in grantMembers {
      guard let text = call.string(member) else { continue }
      for item in text.split(separator: ",") {
        let grantee = try grantee(String(item.trimmingPrefix(" ")), header: header, value: text, state: state)
        grants.append(Grant(grantee: grantee, permission: permission))
      }
    }
    return grants
  }

  /// One grantee of a header: `id="…"`, `uri="…"` or `emailAddress="…"`.
  private static func grantee(
    _ item: String, header: String, value: String, state: EmulatorState
  ) throws(AWSError) -> Grantee {
    guard let equals = item.firstIndex(of: "=") else {
      throw .invalidArgument("Argument format not recognized", name: header, value: value)
    }
    var named = item[item.index(after: equals)...]
    if named.utf8.count >= 2, named.first == "\"", named.last == "\"" { named = named.dropFirst().dropLast() }
    switch item[..<equals].lowercased() {
    case "id": return try grantee(id: String(named), argument: "CanonicalUser/ID", state: state)
    case "uri": return try grantee(uri: String(named), argument: "Group/URI")
    case "emailaddress": throw .unresolvableEmail
    default: throw .invalidArgument("Argument format not recognized", name: header, value: value)
    }
  }

  static func grantee(id: String, argument: String, state: EmulatorState) throws(AWSError) -> Grantee {
    guard let account = CanonicalUser.account(withID: id, in: state) else {
      throw .invalidArgument("Invalid id", name: argument, value: id)
    }
    return .account(account)
  }

  static func grantee(uri: String, argument: String) throws(AWSError) -> Grantee {
    guard let group = Group(rawValue: uri) else {
      throw .invalidArgument("Invalid group uri", name: argument, value: uri)
    }
    return .group(group)
  }
}

extension ObjectProperties {
  /// Who owns the object that a call makes, and its list where that grants anything besides the owner's rights.
  ///
  /// Source: S3 User Guide, "Controlling ownership of objects and disabling ACLs".
  static func ownerAndACL(
    _ call: Call, in bucket: Bucket, state: EmulatorState
  ) throws(AWSError) -> (owner: String, acl: AccessControlList?) {
    let settings = bucket.settings.value
    let writer = call.caller.accountID ?? bucket.owner
    guard settings.honorsACLs else {
      let acl = try AccessControlList(call, owner: bucket.owner, bucketOwner: bucket.owner, state: state)
      guard acl == nil || call.string("ACL") == "bucket-owner-full-control" || acl == .ownerOnly(bucket.owner) else {
        throw .aclNotSupported
      }
      return (bucket.owner, nil)
    }
    let goesToBucketOwner =
      settings.ownership == .bucketOwnerPreferred && call.string("ACL") == "bucket-owner-full-control"
    let owner = goesToBucketOwner ? bucket.owner : writer
    let acl = try AccessControlList(call, owner: owner, bucketOwner: bucket.owner, state: state)
    if let acl, acl.isPublic, settings.publicAccessBlock?.blockPublicACLs == true {
      throw .publicACLBlocked(call, action: "s3:PutObject", resource: bucket.arn(ofObject: call.string("Key") ?? ""))
    }
    return (owner, acl)
  }
}

extension AWSError {
  static let aclNotSupported = AWSError("AccessControlListNotSupported", "The bucket does not allow ACLs", status: 400)

  static let unresolvableEmail = AWSError(
    "UnresolvableGrantByEmailAddress", "The email address you provided does not match any account on record.",
    status: 400)

  /// Source: IAM User Guide and S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors".
  static func publicACLBlocked(_ call: Call, action: String, resource: String) -> AWSError {
    AWSError(
      "AccessDenied",
      "User: \(call.caller.arn) is not authorized to perform: \(action) on resource: \"\(resource)\" because public ACLs "
        + "are prevented by the BlockPublicAcls setting in S3 Block Public Access.", status: 403)
  }

  static func publicPolicyBlocked(_ call: Call, action: String, resource: String) -> AWSError {
    AWSError(
      "AccessDenied",
      "User: \(call.caller.arn) is not authorized to perform: \(action) on resource: \"\(resource)\" because public "
        + "policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.", status: 403)
  }
}
