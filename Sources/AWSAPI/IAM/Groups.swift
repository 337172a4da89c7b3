/// Groups and their members.
extension Operation {
  static let createGroup = Operation(
    .iam, "CreateGroup",
    input: [
      .optional("Path", IAMShape.path),
      .required("GroupName", IAMShape.groupName),
    ],
    output: [
      .required("Group", IAMShape.group)
    ],
    authorization: [AuthorizationRule("iam:CreateGroup", on: .iam(.group, name: "GroupName"))],
    undo: Undo("DeleteGroup", same: "GroupName"))

  static let getGroup = Operation(
    .iam, "GetGroup",
    input: [
      .required("GroupName", IAMShape.groupName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Group", IAMShape.group),
      .required("Users", .list(of: IAMShape.user)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:GetGroup", on: .iam(.group, name: "GroupName"))])

  static let listGroups = Operation(
    .iam, "ListGroups",
    input: [
      .optional("PathPrefix", IAMShape.pathPrefix),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Groups", .list(of: IAMShape.group)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListGroups", on: .collection(.group))])

  static let updateGroup = Operation(
    .iam, "UpdateGroup",
    input: [
      .required("GroupName", IAMShape.groupName),
      .optional("NewPath", IAMShape.path),
      .optional("NewGroupName", IAMShape.groupName),
    ],
    authorization: [AuthorizationRule("iam:UpdateGroup", on: .iam(.group, name: "GroupName"))])

  static let deleteGroup = Operation(
    .iam, "DeleteGroup",
    input: [
      .required("GroupName", IAMShape.groupName)
    ],
    authorization: [AuthorizationRule("iam:DeleteGroup", on: .iam(.group, name: "GroupName"))])

  static let addUserToGroup = Operation(
    .iam, "AddUserToGroup",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("UserName", IAMShape.existingUserName),
    ],
    authorization: [AuthorizationRule("iam:AddUserToGroup", on: .iam(.group, name: "GroupName"))],
    undo: Undo("RemoveUserFromGroup", same: "GroupName", "UserName"))

  static let removeUserFromGroup = Operation(
    .iam, "RemoveUserFromGroup",
    input: [
      .required("GroupName", IAMShape.groupName),
      .required("UserName", IAMShape.existingUserName),
    ],
    authorization: [AuthorizationRule("iam:RemoveUserFromGroup", on: .iam(.group, name: "GroupName"))])

  static let listGroupsForUser = Operation(
    .iam, "ListGroupsForUser",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Groups", .list(of: IAMShape.group)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListGroupsForUser", on: .iam(.user, name: "UserName"))])
}
