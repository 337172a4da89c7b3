/// Service-linked roles.
extension Operation {
  static let createServiceLinkedRole = Operation(
    .iam, "CreateServiceLinkedRole",
    input: [
      .required("AWSServiceName", IAMShape.groupName),
      .optional("Description", IAMShape.roleDescription),
      .optional("CustomSuffix", IAMShape.customSuffix),
    ],
    output: [
      .optional("Role", IAMShape.role)
    ],
    authorization: [AuthorizationRule("iam:CreateServiceLinkedRole", on: .any)],
    undo: Undo("DeleteServiceLinkedRole", ["RoleName": .answer("Role/RoleName")]))

  static let deleteServiceLinkedRole = Operation(
    .iam, "DeleteServiceLinkedRole",
    input: [
      .required("RoleName", IAMShape.roleName)
    ],
    output: [
      .required("DeletionTaskId", IAMShape.deletionTaskId)
    ],
    authorization: [AuthorizationRule("iam:DeleteServiceLinkedRole", on: .iam(.role, name: "RoleName"))])

  static let getServiceLinkedRoleDeletionStatus = Operation(
    .iam, "GetServiceLinkedRoleDeletionStatus",
    input: [
      .required("DeletionTaskId", IAMShape.deletionTaskId)
    ],
    output: [
      .required("Status", IAMShape.deletionTaskStatus),
      .optional("Reason", IAMShape.deletionTaskFailureReason),
    ],
    authorization: [AuthorizationRule("iam:GetServiceLinkedRoleDeletionStatus", on: .any)])
}
