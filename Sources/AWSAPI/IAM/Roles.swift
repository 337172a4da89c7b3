/// Roles.
extension Operation {
  static let createRole = Operation(
    .iam, "CreateRole",
    input: [
      .optional("Path", IAMShape.path),
      .required("RoleName", IAMShape.roleName),
      .required("AssumeRolePolicyDocument", IAMShape.policyDocument),
      .optional("Description", IAMShape.roleDescription),
      .optional("MaxSessionDuration", .integer(3600...43200)),
      .optional("PermissionsBoundary", IAMShape.arn),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .required("Role", IAMShape.role)
    ],
    authorization: [
      AuthorizationRule("iam:CreateRole", on: .iam(.role, name: "RoleName")),
      AuthorizationRule("iam:TagRole", on: .iam(.role, name: "RoleName"), when: .present("Tags")),
    ],
    undo: Undo("DeleteRole", same: "RoleName"))

  static let getRole = Operation(
    .iam, "GetRole",
    input: [
      .required("RoleName", IAMShape.roleName)
    ],
    output: [
      .required("Role", IAMShape.role)
    ],
    authorization: [AuthorizationRule("iam:GetRole", on: .iam(.role, name: "RoleName"))])

  static let listRoles = Operation(
    .iam, "ListRoles",
    input: [
      .optional("PathPrefix", IAMShape.pathPrefix),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Roles", .list(of: IAMShape.role)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListRoles", on: .collection(.role))])

  static let updateRole = Operation(
    .iam, "UpdateRole",
    input: [
      .required("RoleName", IAMShape.roleName),
      .optional("Description", IAMShape.roleDescription),
      .optional("MaxSessionDuration", .integer(3600...43200)),
    ],
    output: [],
    authorization: [AuthorizationRule("iam:UpdateRole", on: .iam(.role, name: "RoleName"))])

  static let updateRoleDescription = Operation(
    .iam, "UpdateRoleDescription",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("Description", IAMShape.roleDescription),
    ],
    output: [
      .optional("Role", IAMShape.role)
    ],
    authorization: [AuthorizationRule("iam:UpdateRoleDescription", on: .iam(.role, name: "RoleName"))])

  static let updateAssumeRolePolicy = Operation(
    .iam, "UpdateAssumeRolePolicy",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PolicyDocument", IAMShape.policyDocument),
    ],
    authorization: [AuthorizationRule("iam:UpdateAssumeRolePolicy", on: .iam(.role, name: "RoleName"))])

  static let deleteRole = Operation(
    .iam, "DeleteRole",
    input: [
      .required("RoleName", IAMShape.roleName)
    ],
    authorization: [AuthorizationRule("iam:DeleteRole", on: .iam(.role, name: "RoleName"))])
}
