/// Permissions boundaries.
extension Operation {
  static let putUserPermissionsBoundary = Operation(
    .iam, "PutUserPermissionsBoundary",
    input: [
      .required("UserName", IAMShape.userName),
      .required("PermissionsBoundary", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:PutUserPermissionsBoundary", on: .iam(.user, name: "UserName"))],
    undo: Undo("DeleteUserPermissionsBoundary", same: "UserName"))

  static let deleteUserPermissionsBoundary = Operation(
    .iam, "DeleteUserPermissionsBoundary",
    input: [
      .required("UserName", IAMShape.userName)
    ],
    authorization: [AuthorizationRule("iam:DeleteUserPermissionsBoundary", on: .iam(.user, name: "UserName"))])

  static let putRolePermissionsBoundary = Operation(
    .iam, "PutRolePermissionsBoundary",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("PermissionsBoundary", IAMShape.arn),
    ],
    authorization: [AuthorizationRule("iam:PutRolePermissionsBoundary", on: .iam(.role, name: "RoleName"))],
    undo: Undo("DeleteRolePermissionsBoundary", same: "RoleName"))

  static let deleteRolePermissionsBoundary = Operation(
    .iam, "DeleteRolePermissionsBoundary",
    input: [
      .required("RoleName", IAMShape.roleName)
    ],
    authorization: [AuthorizationRule("iam:DeleteRolePermissionsBoundary", on: .iam(.role, name: "RoleName"))])
}
