/// Users.
extension Operation {
  static let createUser = Operation(
    .iam, "CreateUser",
    input: [
      .optional("Path", IAMShape.path),
      .required("UserName", IAMShape.userName),
      .optional("PermissionsBoundary", IAMShape.arn),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .optional("User", IAMShape.user)
    ],
    authorization: [
      AuthorizationRule("iam:CreateUser", on: .iam(.user, name: "UserName")),
      AuthorizationRule("iam:TagUser", on: .iam(.user, name: "UserName"), when: .present("Tags")),
    ],
    undo: Undo("DeleteUser", same: "UserName"))

  static let getUser = Operation(
    .iam, "GetUser",
    input: [
      .optional("UserName", IAMShape.existingUserName)
    ],
    output: [
      .required("User", IAMShape.user)
    ],
    authorization: [AuthorizationRule("iam:GetUser", on: .iam(.user, name: "UserName"))])

  static let listUsers = Operation(
    .iam, "ListUsers",
    input: [
      .optional("PathPrefix", IAMShape.pathPrefix),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Users", .list(of: IAMShape.user)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListUsers", on: .collection(.user))])

  static let updateUser = Operation(
    .iam, "UpdateUser",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .optional("NewPath", IAMShape.path),
      .optional("NewUserName", IAMShape.userName),
    ],
    authorization: [AuthorizationRule("iam:UpdateUser", on: .iam(.user, name: "UserName"))])

  static let deleteUser = Operation(
    .iam, "DeleteUser",
    input: [
      .required("UserName", IAMShape.existingUserName)
    ],
    authorization: [AuthorizationRule("iam:DeleteUser", on: .iam(.user, name: "UserName"))])
}
