/// Policies that stand inside of a user, a group or a role.
extension Operation {
  static let putUserPolicy = Operation(
    .iam, "PutUserPolicy",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:PutUserPolicy", on: .iam(.user, name: "UserName"))],
    undo: Undo("DeleteUserPolicy", same: "UserName", "PolicyName"))

  static let getUserPolicy = Operation(
    .iam, "GetUserPolicy",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("PolicyName", IAMShape.policyName),
    ],
    output: [
      .required("UserName", IAMShape.existingUserName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:GetUserPolicy", on: .iam(.user, name: "UserName"))])

  static let listUserPolicies = Operation(
    .iam, "ListUserPolicies",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("PolicyNames", .list(of: IAMShape.policyName)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListUserPolicies", on: .iam(.user, name: "UserName"))])

  static let deleteUserPolicy = Operation(
    .iam, "DeleteUserPolicy",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("PolicyName", IAMShape.policyName),
    ],
    authorization: [AuthorizationRule("iam:DeleteUserPolicy", on: .iam(.user, name: "UserName"))])

  static let putGroupPolicy = Operation(
    .iam, "PutGroupPolicy",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:PutGroupPolicy", on: .iam(.group, name: "GroupName"))],
    undo: Undo("DeleteGroupPolicy", same: "GroupName", "PolicyName"))

  static let getGroupPolicy = Operation(
    .iam, "GetGroupPolicy",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyName", IAMShape.policyName),
    ],
    output: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:GetGroupPolicy", on: .iam(.group, name: "GroupName"))])

  static let listGroupPolicies = Operation(
    .iam, "ListGroupPolicies",
    input: [
      .required("GroupName", IAMShape.groupName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("PolicyNames", .list(of: IAMShape.policyName)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListGroupPolicies", on: .iam(.group, name: "GroupName"))])

  static let deleteGroupPolicy = Operation(
    .iam, "DeleteGroupPolicy",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("PolicyName", IAMShape.policyName),
    ],
    authorization: [AuthorizationRule("iam:DeleteGroupPolicy", on: .iam(.group, name: "GroupName"))])

  static let putRolePolicy = Operation(
    .iam, "PutRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:PutRolePolicy", on: .iam(.role, name: "RoleName"))],
    undo: Undo("DeleteRolePolicy", same: "RoleName", "PolicyName"))

  static let getRolePolicy = Operation(
    .iam, "GetRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyName", IAMShape.policyName),
    ],
    output: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyName", IAMShape.policyName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:GetRolePolicy", on: .iam(.role, name: "RoleName"))])

  static let listRolePolicies = Operation(
    .iam, "ListRolePolicies",
    input: [
      .required("RoleName", IAMShape.roleName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("PolicyNames", .list(of: IAMShape.policyName)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListRolePolicies", on: .iam(.role, name: "RoleName"))])

  static let deleteRolePolicy = Operation(
    .iam, "DeleteRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyName", IAMShape.policyName),
    ],
    authorization: [AuthorizationRule("iam:DeleteRolePolicy", on: .iam(.role, name: "RoleName"))])
}
