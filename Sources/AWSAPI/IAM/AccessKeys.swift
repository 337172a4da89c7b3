/// Access keys.
extension Operation {
  static let createAccessKey = Operation(
    .iam, "CreateAccessKey",
    input: [
      .optional("UserName", IAMShape.existingUserName)
    ],
    output: [
      .required("AccessKey", IAMShape.accessKey)
    ],
    authorization: [AuthorizationRule("iam:CreateAccessKey", on: .iam(.user, name: "UserName"))],
    undo: Undo(
      "DeleteAccessKey", ["UserName": .answer("AccessKey/UserName"), "AccessKeyId": .answer("AccessKey/AccessKeyId")]))

  static let listAccessKeys = Operation(
    .iam, "ListAccessKeys",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("AccessKeyMetadata", .list(of: IAMShape.accessKeyMetadata)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListAccessKeys", on: .iam(.user, name: "UserName"))])

  static let updateAccessKey = Operation(
    .iam, "UpdateAccessKey",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .required("AccessKeyId", IAMShape.accessKeyId),
      .required("Status", IAMShape.status),
    ],
    authorization: [AuthorizationRule("iam:UpdateAccessKey", on: .iam(.user, name: "UserName"))])

  static let deleteAccessKey = Operation(
    .iam, "DeleteAccessKey",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .required("AccessKeyId", IAMShape.accessKeyId),
    ],
    authorization: [AuthorizationRule("iam:DeleteAccessKey", on: .iam(.user, name: "UserName"))])

  static let getAccessKeyLastUsed = Operation(
    .iam, "GetAccessKeyLastUsed",
    input: [
      .required("AccessKeyId", IAMShape.accessKeyId)
    ],
    output: [
      .optional("UserName", IAMShape.existingUserName),
      .optional("AccessKeyLastUsed", IAMShape.accessKeyLastUsed),
    ],
    authorization: [AuthorizationRule("iam:GetAccessKeyLastUsed", on: .any)])
}
