/// The structures of an account's authorization details and of simulations.
extension IAMShape {
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
}
