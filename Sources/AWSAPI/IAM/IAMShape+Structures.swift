/// The structures of IAM's parameters and answers.
extension IAMShape {
  static let tag: Shape = .structure(
    .required("Key", IAMShape.tagKey),
    .required("Value", IAMShape.tagValue))

  static let attachedPermissionsBoundary: Shape = .structure(
    .optional("PermissionsBoundaryType", IAMShape.permissionsBoundaryAttachment),
    .optional("PermissionsBoundaryArn", IAMShape.arn))

  static let user: Shape = .structure(
    .required("Path", IAMShape.path),
    .required("UserName", IAMShape.userName),
    .required("UserId", IAMShape.id),
    .required("Arn", IAMShape.arn),
    .required("CreateDate", .timestamp),
    .optional("PasswordLastUsed", .timestamp),
    .optional("PermissionsBoundary", IAMShape.attachedPermissionsBoundary),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let group: Shape = .structure(
    .required("Path", IAMShape.path),
    .required("GroupName", IAMShape.groupName),
    .required("GroupId", IAMShape.id),
    .required("Arn", IAMShape.arn),
    .required("CreateDate", .timestamp))

  static let roleLastUsed: Shape = .structure(
    .optional("LastUsedDate", .timestamp),
    .optional("Region", .string))

  static let role: Shape = .structure(
    .required("Path", IAMShape.path),
    .required("RoleName", IAMShape.roleName),
    .required("RoleId", IAMShape.id),
    .required("Arn", IAMShape.arn),
    .required("CreateDate", .timestamp),
    .optional("AssumeRolePolicyDocument", IAMShape.policyDocument),
    .optional("Description", IAMShape.roleDescription),
    .optional("MaxSessionDuration", .integer(3600...43200)),
    .optional("PermissionsBoundary", IAMShape.attachedPermissionsBoundary),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    .optional("RoleLastUsed", IAMShape.roleLastUsed))

  static let attachedPolicy: Shape = .structure(
    .optional("PolicyName", IAMShape.policyName),
    .optional("PolicyArn", IAMShape.arn))

  static let policy: Shape = .structure(
    .optional("PolicyName", IAMShape.policyName),
    .optional("PolicyId", IAMShape.id),
    .optional("Arn", IAMShape.arn),
    .optional("Path", IAMShape.policyPath),
    .optional("DefaultVersionId", IAMShape.policyVersionId),
    .optional("AttachmentCount", .integer),
    .optional("PermissionsBoundaryUsageCount", .integer),
    .optional("IsAttachable", .boolean),
    .optional("Description", IAMShape.policyDescription),
    .optional("CreateDate", .timestamp),
    .optional("UpdateDate", .timestamp),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let policyVersion: Shape = .structure(
    .optional("Document", IAMShape.policyDocument),
    .optional("VersionId", IAMShape.policyVersionId),
    .optional("IsDefaultVersion", .boolean),
    .optional("CreateDate", .timestamp))

  static let policyGroup: Shape = .structure(
    .optional("GroupName", IAMShape.groupName),
    .optional("GroupId", IAMShape.id))

  static let policyUser: Shape = .structure(
    .optional("UserName", IAMShape.userName),
    .optional("UserId", IAMShape.id))

  static let policyRole: Shape = .structure(
    .optional("RoleName", IAMShape.roleName),
    .optional("RoleId", IAMShape.id))

  static let policyGrantingServiceAccess: Shape = .structure(
    .required("PolicyName", IAMShape.policyName),
    .required("PolicyType", IAMShape.policyType),
    .optional("PolicyArn", IAMShape.arn),
    .optional("EntityType", IAMShape.policyOwnerEntity),
    .optional("EntityName", IAMShape.entityName))

  static let listPoliciesGrantingServiceAccessEntry: Shape = .structure(
    .optional("ServiceNamespace", IAMShape.serviceNamespace),
    .optional("Policies", .list(of: IAMShape.policyGrantingServiceAccess)))

  static let accessKey: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("AccessKeyId", IAMShape.accessKeyId),
    .required("Status", IAMShape.status),
    .required("SecretAccessKey", IAMShape.accessKeySecret),
    .optional("CreateDate", .timestamp))

  static let accessKeyMetadata: Shape = .structure(
    .optional("UserName", IAMShape.userName),
    .optional("AccessKeyId", IAMShape.accessKeyId),
    .optional("Status", IAMShape.status),
    .optional("CreateDate", .timestamp))

  static let accessKeyLastUsed: Shape = .structure(
    .optional("LastUsedDate", .timestamp),
    .required("ServiceName", .string),
    .required("Region", .string))

  static let policyDetail: Shape = .structure(
    .optional("PolicyName", IAMShape.policyName),
    .optional("PolicyDocument", IAMShape.policyDocument))

  static let userDetail: Shape = .structure(
    .optional("Path", IAMShape.path),
    .optional("UserName", IAMShape.userName),
    .optional("UserId", IAMShape.id),
    .optional("Arn", IAMShape.arn),
    .optional("CreateDate", .timestamp),
    .optional("UserPolicyList", .list(of: IAMShape.policyDetail)),
    .optional("GroupList", .list(of: IAMShape.groupName)),
    .optional("AttachedManagedPolicies", .list(of: IAMShape.attachedPolicy)),
    .optional("PermissionsBoundary", IAMShape.attachedPermissionsBoundary),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let groupDetail: Shape = .structure(
    .optional("Path", IAMShape.path),
    .optional("GroupName", IAMShape.groupName),
    .optional("GroupId", IAMShape.id),
    .optional("Arn", IAMShape.arn),
    .optional("CreateDate", .timestamp),
    .optional("GroupPolicyList", .list(of: IAMShape.policyDetail)),
    .optional("AttachedManagedPolicies", .list(of: IAMShape.attachedPolicy)))

  static let instanceProfile: Shape = .structure(
    .required("Path", IAMShape.path),
    .required("InstanceProfileName", IAMShape.instanceProfileName),
    .required("InstanceProfileId", IAMShape.id),
    .required("Arn", IAMShape.arn),
    .required("CreateDate", .timestamp),
    .required("Roles", .list(of: IAMShape.role)),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let roleDetail: Shape = .structure(
    .optional("Path", IAMShape.path),
    .optional("RoleName", IAMShape.roleName),
    .optional("RoleId", IAMShape.id),
    .optional("Arn", IAMShape.arn),
    .optional("CreateDate", .timestamp),
    .optional("AssumeRolePolicyDocument", IAMShape.policyDocument),
    .optional("InstanceProfileList", .list(of: IAMShape.instanceProfile)),
    .optional("RolePolicyList", .list(of: IAMShape.policyDetail)),
    .optional("AttachedManagedPolicies", .list(of: IAMShape.attachedPolicy)),
    .optional("PermissionsBoundary", IAMShape.attachedPermissionsBoundary),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    .optional("RoleLastUsed", IAMShape.roleLastUsed))

  static let managedPolicyDetail: Shape = .structure(
    .optional("PolicyName", IAMShape.policyName),
    .optional("PolicyId", IAMShape.id),
    .optional("Arn", IAMShape.arn),
    .optional("Path", IAMShape.policyPath),
    .optional("DefaultVersionId", IAMShape.policyVersionId),
    .optional("AttachmentCount", .integer),
    .optional("PermissionsBoundaryUsageCount", .integer),
    .optional("IsAttachable", .boolean),
    .optional("Description", IAMShape.policyDescription),
    .optional("CreateDate", .timestamp),
    .optional("UpdateDate", .timestamp),
    .optional("PolicyVersionList", .list(of: IAMShape.policyVersion)))

  static let contextEntry: Shape = .structure(
    .optional("ContextKeyName", IAMShape.contextKeyName),
    .optional("ContextKeyValues", .list(of: .string)),
    .optional("ContextKeyType", IAMShape.contextKeyTypeEnum))

  static let position: Shape = .structure(
    .optional("Line", .integer),
    .optional("Column", .integer))

  static let statement: Shape = .structure(
    .optional("SourcePolicyId", .string),
    .optional("SourcePolicyType", IAMShape.policySource),
    .optional("StartPosition", IAMShape.position),
    .optional("EndPosition", IAMShape.position))

  static let organizationsDecisionDetail: Shape = .structure(
    .optional("AllowedByOrganizations", .boolean))

  static let permissionsBoundaryDecisionDetail: Shape = .structure(
    .optional("AllowedByPermissionsBoundary", .boolean))

  static let resourceSpecificResult: Shape = .structure(
    .required("EvalResourceName", IAMShape.resourceName),
    .required("EvalResourceDecision", IAMShape.policyEvaluationDecision),
    .optional("MatchedStatements", .list(of: IAMShape.statement)),
    .optional("MissingContextValues", .list(of: IAMShape.contextKeyName)),
    .optional("EvalDecisionDetails", .map(MapShape(value: IAMShape.policyEvaluationDecision))),
    .optional("PermissionsBoundaryDecisionDetail", IAMShape.permissionsBoundaryDecisionDetail))

  static let evaluationResult: Shape = .structure(
    .required("EvalActionName", IAMShape.actionName),
    .optional("EvalResourceName", IAMShape.resourceName),
    .required("EvalDecision", IAMShape.policyEvaluationDecision),
    .optional("MatchedStatements", .list(of: IAMShape.statement)),
    .optional("MissingContextValues", .list(of: IAMShape.contextKeyName)),
    .optional("OrganizationsDecisionDetail", IAMShape.organizationsDecisionDetail),
    .optional("PermissionsBoundaryDecisionDetail", IAMShape.permissionsBoundaryDecisionDetail),
    .optional("EvalDecisionDetails", .map(MapShape(value: IAMShape.policyEvaluationDecision))),
    .optional("ResourceSpecificResults", .list(of: IAMShape.resourceSpecificResult)))

  static let virtualMFADevice: Shape = .structure(
    .required("SerialNumber", IAMShape.serialNumber),
    .optional("Base32StringSeed", .blob),
    .optional("QRCodePNG", .blob),
    .optional("User", IAMShape.user),
    .optional("EnableDate", .timestamp),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let mfaDevice: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("SerialNumber", IAMShape.serialNumber),
    .required("EnableDate", .timestamp))

  static let openIDConnectProviderListEntry: Shape = .structure(
    .optional("Arn", IAMShape.arn))

  static let samlPrivateKey: Shape = .structure(
    .optional("KeyId", IAMShape.privateKeyId),
    .optional("Timestamp", .timestamp))

  static let samlProviderListEntry: Shape = .structure(
    .optional("Arn", IAMShape.arn),
    .optional("ValidUntil", .timestamp),
    .optional("CreateDate", .timestamp))

  static let roleUsage: Shape = .structure(
    .optional("Region", IAMShape.regionName),
    .optional("Resources", .list(of: IAMShape.arn)))

  static let deletionTaskFailureReason: Shape = .structure(
    .optional("Reason", IAMShape.reason),
    .optional("RoleUsageList", .list(of: IAMShape.roleUsage)))

  static let loginProfile: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("CreateDate", .timestamp),
    .optional("PasswordResetRequired", .boolean))

  static let signingCertificate: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("CertificateId", IAMShape.certificateId),
    .required("CertificateBody", IAMShape.certificateBody),
    .required("Status", IAMShape.status),
    .optional("UploadDate", .timestamp))

  static let sshPublicKeyMetadata: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("SSHPublicKeyId", IAMShape.publicKeyId),
    .required("Status", IAMShape.status),
    .required("UploadDate", .timestamp))

  static let serviceSpecificCredentialMetadata: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("Status", IAMShape.status),
    .optional("ServiceUserName", IAMShape.serviceUserName),
    .optional("ServiceCredentialAlias", IAMShape.serviceCredentialAlias),
    .required("CreateDate", .timestamp),
    .optional("ExpirationDate", .timestamp),
    .required("ServiceSpecificCredentialId", IAMShape.serviceSpecificCredentialId),
    .required("ServiceName", .string))
}
