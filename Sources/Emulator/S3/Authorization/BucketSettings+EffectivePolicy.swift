import IAMPolicy

extension BucketSettings {
  /// Derives ``effectivePolicy`` from the policy, the access control list and the public access block.
  mutating func deriveEffectivePolicy(of bucket: Bucket) {
    var added: [PolicyDocument.Statement] = []
    if honorsACLs {
      added = ACLStatements(acl, ignoringPublic: ignoresPublicACLs).bucketStatements(arn: bucket.arn)
    }
    if publicAccessBlock?.restrictPublicBuckets == true, let policy, PublicPolicy.isPublic(policy) {
      added += Self.restriction(to: bucket.owner)
    }
    effectivePolicy = added.isEmpty ? policy : StoredPolicy(policy, adding: added)
  }

  var ignoresPublicACLs: Bool { publicAccessBlock?.ignorePublicACLs == true }

  /// RestrictPublicBuckets: a public policy serves nobody but AWS services and the owner's own account.
  ///
  /// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage"; refusals then name an explicit deny in a
  /// resource-based policy.
  private static func restriction(to account: String) -> [PolicyDocument.Statement] {
    StoredPolicy.statements(
      """
      {"Sid": "S3 Block Public Access: RestrictPublicBuckets", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
       "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "\(account)"},
       "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}
      """)
  }
}

extension StoredPolicy {
  /// `policy`, or none, with statements that nobody wrote.
  init(_ policy: StoredPolicy?, adding statements: [PolicyDocument.Statement]) {
    var document = policy?.compiled.document ?? PolicyDocument()
    for var statement in statements {
      statement.index = document.statements.count
      statement.range = 0..<0
      document.statements.append(statement)
    }
    self.init(text: policy?.text ?? "", document: document, principals: policy?.principals ?? [])
  }

  /// What `policy` denies, without what it allows.
  init(denialsOf policy: StoredPolicy) {
    var document = policy.compiled.document
    document.statements.removeAll { $0.effect == .allow }
    self.init(text: policy.text, document: document, principals: policy.principals)
  }

  /// The statements in a text of ours, with commas between them. The tests hold that each of them is read.
  static func statements(_ text: String) -> [PolicyDocument.Statement] {
    let document = "{\"Version\": \"2012-10-17\", \"Statement\": [\(text)]}"
    return (try? PolicyDocument(parsing: Array(document.utf8)))?.statements ?? []
  }
}
