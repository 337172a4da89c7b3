/// Passwords for the console.
extension Operation {
  static let createLoginProfile = Operation(
    .iam, "CreateLoginProfile",
    input: [
      .optional("UserName", IAMShape.userName),
      .optional("Password", IAMShape.password),
      .optional("PasswordResetRequired", .boolean),
    ],
    output: [
      .required("LoginProfile", IAMShape.loginProfile)
    ],
    authorization: [AuthorizationRule("iam:CreateLoginProfile", on: .iam(.user, name: "UserName"))],
    undo: Undo("DeleteLoginProfile", ["UserName": .answer("LoginProfile/UserName")]))

  static let getLoginProfile = Operation(
    .iam, "GetLoginProfile",
    input: [
      .optional("UserName", IAMShape.userName)
    ],
    output: [
      .required("LoginProfile", IAMShape.loginProfile)
    ],
    authorization: [AuthorizationRule("iam:GetLoginProfile", on: .iam(.user, name: "UserName"))])

  static let updateLoginProfile = Operation(
    .iam, "UpdateLoginProfile",
    input: [
      .required("UserName", IAMShape.userName),
      .optional("Password", IAMShape.password),
      .optional("PasswordResetRequired", .boolean),
    ],
    authorization: [AuthorizationRule("iam:UpdateLoginProfile", on: .iam(.user, name: "UserName"))])

  static let deleteLoginProfile = Operation(
    .iam, "DeleteLoginProfile",
    input: [
      .optional("UserName", IAMShape.userName)
    ],
    authorization: [AuthorizationRule("iam:DeleteLoginProfile", on: .iam(.user, name: "UserName"))])

  static let changePassword = Operation(
    .iam, "ChangePassword",
    input: [
      .required("OldPassword", IAMShape.password),
      .required("NewPassword", IAMShape.password),
    ],
    authorization: [AuthorizationRule("iam:ChangePassword", on: .any)])
}
