/// Instance profiles.
extension Operation {
  static let createInstanceProfile = Operation(
    .iam, "CreateInstanceProfile",
    input: [
      .required("InstanceProfileName", IAMShape.instanceProfileName),
      .optional("Path", IAMShape.path),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .required("InstanceProfile", IAMShape.instanceProfile)
    ],
    authorization: [
      AuthorizationRule("iam:CreateInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName")),
      AuthorizationRule(
        "iam:TagInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName"), when: .present("Tags")),
    ],
    undo: Undo("DeleteInstanceProfile", same: "InstanceProfileName"))

  static let getInstanceProfile = Operation(
    .iam, "GetInstanceProfile",
    input: [
      .required("InstanceProfileName", IAMShape.instanceProfileName)
    ],
    output: [
      .required("InstanceProfile", IAMShape.instanceProfile)
    ],
    authorization: [
      AuthorizationRule("iam:GetInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName"))
    ])

  static let listInstanceProfiles = Operation(
    .iam, "ListInstanceProfiles",
    input: [
      .optional("PathPrefix", IAMShape.pathPrefix),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("InstanceProfiles", .list(of: IAMShape.instanceProfile)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListInstanceProfiles", on: .collection(.instanceProfile))])

  static let listInstanceProfilesForRole = Operation(
    .iam, "ListInstanceProfilesForRole",
    input: [
      .required("RoleName", IAMShape.roleName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("InstanceProfiles", .list(of: IAMShape.instanceProfile)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListInstanceProfilesForRole", on: .iam(.role, name: "RoleName"))])

  static let addRoleToInstanceProfile = Operation(
    .iam, "AddRoleToInstanceProfile",
    input: [
      .required("InstanceProfileName", IAMShape.instanceProfileName),
      .required("RoleName", IAMShape.roleName),
    ],
    authorization: [
      AuthorizationRule("iam:AddRoleToInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName")),
      AuthorizationRule("iam:PassRole", on: .iam(.role, name: "RoleName")),
    ],
    undo: Undo("RemoveRoleFromInstanceProfile", same: "InstanceProfileName", "RoleName"))

  static let removeRoleFromInstanceProfile = Operation(
    .iam, "RemoveRoleFromInstanceProfile",
    input: [
      .required("InstanceProfileName", IAMShape.instanceProfileName),
      .required("RoleName", IAMShape.roleName),
    ],
    authorization: [
      AuthorizationRule("iam:RemoveRoleFromInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName"))
    ])

  static let deleteInstanceProfile = Operation(
    .iam, "DeleteInstanceProfile",
    input: [
      .required("InstanceProfileName", IAMShape.instanceProfileName)
    ],
    authorization: [
      AuthorizationRule("iam:DeleteInstanceProfile", on: .iam(.instanceProfile, name: "InstanceProfileName"))
    ])
}
