/// Managed policies attached to users, groups and roles.
extension Operation {
  static let attachUserPolicy = Operation(
    .iam, "AttachUserPolicy",
    input: [
      .required("UserName", IAMShape.userName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:AttachUserPolicy", on: .iam(.user, name: "UserName"))],
    undo: Undo("DetachUserPolicy", same: "UserName", "PolicyArn"))

  static let detachUserPolicy = Operation(
    .iam, "DetachUserPolicy",
    input: [
      .required("UserName", IAMShape.userName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:DetachUserPolicy", on: .iam(.user, name: "UserName"))])

  static let listAttachedUserPolicies = Operation(
    .iam, "ListAttachedUserPolicies",
    input: [
      .required("UserName", IAMShape.userName),
      .optional("PathPrefix", IAMShape.policyPath),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("AttachedPolicies", .list(of: IAMShape.attachedPolicy)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListAttachedUserPolicies", on: .iam(.user, name: "UserName"))])

  static let attachGroupPolicy = Operation(
    .iam, "AttachGroupPolicy",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:AttachGroupPolicy", on: .iam(.group, name: "GroupName"))],
    undo: Undo("DetachGroupPolicy", same: "GroupName", "PolicyArn"))

  static let detachGroupPolicy = Operation(
    .iam, "DetachGroupPolicy",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:DetachGroupPolicy", on: .iam(.group, name: "GroupName"))])

  static let listAttachedGroupPolicies = Operation(
    .iam, "ListAttachedGroupPolicies",
    input: [
      .required("GroupName", IAMShape.groupName),
      .optional("PathPrefix", IAMShape.policyPath),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("AttachedPolicies", .list(of: IAMShape.attachedPolicy)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListAttachedGroupPolicies", on: .iam(.group, name: "GroupName"))])

  static let attachRolePolicy = Operation(
    .iam, "AttachRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:AttachRolePolicy", on: .iam(.role, name: "RoleName"))],
    undo: Undo("DetachRolePolicy", same: "RoleName", "PolicyArn"))

  static let detachRolePolicy = Operation(
    .iam, "DetachRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyArn", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:DetachRolePolicy", on: .iam(.role, name: "RoleName"))])

  static let listAttachedRolePolicies = Operation(
    .iam, "ListAttachedRolePolicies",
    input: [
      .required("RoleName", IAMShape.roleName),
      .optional("PathPrefix", IAMShape.policyPath),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("AttachedPolicies", .list(of: IAMShape.attachedPolicy)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListAttachedRolePolicies", on: .iam(.role, name: "RoleName"))])
}
