/// Tags of users, roles and policies.
extension Operation {
  static let tagUser = Operation(
    .iam, "TagUser",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:TagUser", on: .iam(.user, name: "UserName"))])

  static let untagUser = Operation(
    .iam, "UntagUser",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("TagKeys", .list(of: IAMShape.tagKey, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:UntagUser", on: .iam(.user, name: "UserName"))])

  static let listUserTags = Operation(
    .iam, "ListUserTags",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListUserTags", on: .iam(.user, name: "UserName"))])

  static let tagRole = Operation(
    .iam, "TagRole",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:TagRole", on: .iam(.role, name: "RoleName"))])

  static let untagRole = Operation(
    .iam, "UntagRole",
    input: [
      .required("RoleName", IAMShape.roleName),
      .required("TagKeys", .list(of: IAMShape.tagKey, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:UntagRole", on: .iam(.role, name: "RoleName"))])

  static let listRoleTags = Operation(
    .iam, "ListRoleTags",
    input: [
      .required("RoleName", IAMShape.roleName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListRoleTags", on: .iam(.role, name: "RoleName"))])

  static let tagPolicy = Operation(
    .iam, "TagPolicy",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:TagPolicy", on: .arn(parameter: "PolicyArn"))])

  static let untagPolicy = Operation(
    .iam, "UntagPolicy",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("TagKeys", .list(of: IAMShape.tagKey, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:UntagPolicy", on: .arn(parameter: "PolicyArn"))])

  static let listPolicyTags = Operation(
    .iam, "ListPolicyTags",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Tags", .list(of: IAMShape.tag, count: 0...50)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListPolicyTags", on: .arn(parameter: "PolicyArn"))])
}
