import IAMPolicy

/// The grants of an access control list as statements of a policy, which is how the decision takes them in.
///
/// Source: S3 User Guide, "Access control list (ACL) overview", "Mapping of ACL permissions and access policy permissions".
struct ACLStatements {
  private let acl: AccessControlList
  private let ignoringPublic: Bool

  /// - Parameter ignoringPublic: whether S3 Block Public Access leaves out what is granted to everyone.
  init(_ acl: AccessControlList, ignoringPublic: Bool) {
    self.acl = acl
    self.ignoringPublic = ignoringPublic
  }

  private static let bucketActions: [AccessControlList.Permission: [String]] = [
    .read: ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
    .readACP: ["s3:GetBucketAcl"], .writeACP: ["s3:PutBucketAcl"],
  ]

  private static let objectActions: [AccessControlList.Permission: [String]] = [
    .read: ["s3:GetObject", "s3:GetObjectVersion"], .readACP: ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
    .writeACP: ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
  ]

  /// What the list of a bucket grants.
  func bucketStatements(arn: String) -> [PolicyDocument.Statement] {
    statements { permission in
      var texts = Self.actions(permission, in: Self.bucketActions).map { ($0, "[\"\(arn)\"]") }
      // Writing is the one right on a bucket that acts on its objects.
      if permission == .write || permission == .fullControl { texts.append(("\"s3:PutObject\"", "[\"\(arn)/*\"]")) }
      return texts
    }
  }

  /// What the list of an object grants on that object.
  func objectStatements() -> [PolicyDocument.Statement] {
    statements { permission in Self.actions(permission, in: Self.objectActions).map { ($0, "\"*\"") } }
  }

  /// The actions of a permission, in quotes and with commas, or none.
  private static func actions(
    _ permission: AccessControlList.Permission, in table: [AccessControlList.Permission: [String]]
  ) -> [String] {
    let all: [AccessControlList.Permission] = permission == .fullControl ? [.read, .readACP, .writeACP] : [permission]
    let names = all.flatMap { table[$0] ?? [] }
    return names.isEmpty ? [] : [names.map { "\"\($0)\"" }.joined(separator: ", ")]
  }

  private func statements(
    _ rights: (AccessControlList.Permission) -> [(actions: String, resources: String)]
  ) -> [PolicyDocument.Statement] {
    var texts: [String] = []
    for grant in acl.grants {
      guard let principal = principal(of: grant.grantee) else { continue }
      for right in rights(grant.permission) {
        texts.append(
          """
          {"Sid": "ACL grant \(grant.permission.rawValue)", "Effect": "Allow", \(principal),
           "Action": [\(right.actions)], "Resource": \(right.resources)}
          """)
      }
    }
    return texts.isEmpty ? [] : StoredPolicy.statements(texts.joined(separator: ","))
  }

  /// The elements that say whom a grant is for; `nil` where it says nothing new, or is ignored.
  private func principal(of grantee: AccessControlList.Grantee) -> String? {
    switch grantee {
    // The owner's account has its rights without a grant.
    case .account(let account): account == acl.owner ? nil : "\"Principal\": {\"AWS\": \"\(account)\"}"
    case .group(let group) where group.isPublic && ignoringPublic: nil
    case .group(.allUsers): "\"Principal\": \"*\""
    case .group(.authenticatedUsers):
      "\"Principal\": \"*\", \"Condition\": {\"Null\": {\"aws:PrincipalArn\": \"false\"}}"
    // Services of AWS, which make no requests here.
    case .group(.logDelivery), .canonicalUser: nil
    }
  }
}
