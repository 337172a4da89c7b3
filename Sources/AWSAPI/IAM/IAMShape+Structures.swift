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
}
