/// Lists of a user's other credentials, which clients look through before they delete the user.
extension Operation {
  static let listSigningCertificates = Operation(
    .iam, "ListSigningCertificates",
    input: [
      .optional("UserName", IAMShape.existingUserName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("Certificates", .list(of: IAMShape.signingCertificate)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListSigningCertificates", on: .iam(.user, name: "UserName"))])

  static let listSSHPublicKeys = Operation(
    .iam, "ListSSHPublicKeys",
    input: [
      .optional("UserName", IAMShape.userName),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("SSHPublicKeys", .list(of: IAMShape.sshPublicKeyMetadata)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListSSHPublicKeys", on: .iam(.user, name: "UserName"))])

  static let listServiceSpecificCredentials = Operation(
    .iam, "ListServiceSpecificCredentials",
    input: [
      .optional("UserName", IAMShape.userName),
      .optional("ServiceName", .string),
      .optional("AllUsers", .boolean),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("ServiceSpecificCredentials", .list(of: IAMShape.serviceSpecificCredentialMetadata)),
      .optional("Marker", .string),
      .optional("IsTruncated", .boolean),
    ],
    authorization: [AuthorizationRule("iam:ListServiceSpecificCredentials", on: .iam(.user, name: "UserName"))])
}
