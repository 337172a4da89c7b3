/// MFA devices.
extension Operation {
  static let createVirtualMFADevice = Operation(
    .iam, "CreateVirtualMFADevice",
    input: [
      .optional("Path", IAMShape.path),
      .required("VirtualMFADeviceName", IAMShape.virtualMFADeviceName),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .required("VirtualMFADevice", IAMShape.virtualMFADevice)
    ],
    authorization: [
      AuthorizationRule("iam:CreateVirtualMFADevice", on: .iam(.mfa, name: "VirtualMFADeviceName")),
      AuthorizationRule("iam:TagMFADevice", on: .iam(.mfa, name: "VirtualMFADeviceName"), when: .present("Tags")),
    ],
    undo: Undo("DeleteVirtualMFADevice", ["SerialNumber": .answer("VirtualMFADevice/SerialNumber")]))

  static let enableMFADevice = Operation(
    .iam, "EnableMFADevice",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("SerialNumber", IAMShape.serialNumber),
      .required("AuthenticationCode1", IAMShape.authenticationCode),
      .required("AuthenticationCode2", IAMShape.authenticationCode),
    ],
    authorization: [AuthorizationRule("iam:EnableMFADevice", on: .iam(.user, name: "UserName"))],
    undo: Undo("DeactivateMFADevice", same: "UserName", "SerialNumber"))

  static let deactivateMFADevice = Operation(
    .iam, "DeactivateMFADevice",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .required("SerialNumber", IAMShape.serialNumber),
    ],
    authorization: [AuthorizationRule("iam:DeactivateMFADevice", on: .iam(.user, name: "UserName"))])

  static let deleteVirtualMFADevice = Operation(
    .iam, "DeleteVirtualMFADevice",
    input: [
      .required("SerialNumber", IAMShape.serialNumber)
    ],
    authorization: [AuthorizationRule("iam:DeleteVirtualMFADevice", on: .arn(parameter: "SerialNumber"))])

  static let listMFADevices = Operation(
    .iam, "ListMFADevices",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("MFADevices", .list(of: IAMShape.mfaDevice)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListMFADevices", on: .iam(.user, name: "UserName"))])

  static let listVirtualMFADevices = Operation(
    .iam, "ListVirtualMFADevices",
    input: [
      .optional("AssignmentStatus", IAMShape.assignmentStatus),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("VirtualMFADevices", .list(of: IAMShape.virtualMFADevice)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListVirtualMFADevices", on: .any)])

  static let resyncMFADevice = Operation(
    .iam, "ResyncMFADevice",
    input: [
      .required("UserName", IAMShape.existingUserName),
      .required("SerialNumber", IAMShape.serialNumber),
      .required("AuthenticationCode1", IAMShape.authenticationCode),
      .required("AuthenticationCode2", IAMShape.authenticationCode),
    ],
    authorization: [AuthorizationRule("iam:ResyncMFADevice", on: .iam(.user, name: "UserName"))])

  static let getMFADevice = Operation(
    .iam, "GetMFADevice",
    input: [
      .required("SerialNumber", IAMShape.serialNumber),
      .optional("UserName", IAMShape.userName),
    ],
    output: [
      .optional("UserName", IAMShape.userName),
      .required("SerialNumber", IAMShape.serialNumber),
      .optional("EnableDate", .timestamp),
      .optional("Certifications", .map(MapShape(value: IAMShape.certificationValue))),
    ],
    authorization: [AuthorizationRule("iam:GetMFADevice", on: .iam(.user, name: "UserName"))])
}
