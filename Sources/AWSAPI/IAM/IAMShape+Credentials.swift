/// The structures of devices, certificates, keys and providers, and of what became of a role.
extension IAMShape {
  static let virtualMFADevice: Shape = .structure(
    .required("SerialNumber", IAMShape.serialNumber),
    .optional("Base32StringSeed", .blob),
    .optional("QRCodePNG", .blob),
    .optional("User", IAMShape.user),
    .optional("EnableDate", .timestamp),
    .optional("Tags", .list(of: IAMShape.tag, count: 0...50)))

  static let mfaDevice: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("SerialNumber", IAMShape.serialNumber),
    .required("EnableDate", .timestamp))

  static let openIDConnectProviderListEntry: Shape = .structure(
    .optional("Arn", IAMShape.arn))

  static let samlPrivateKey: Shape = .structure(
    .optional("KeyId", IAMShape.privateKeyId),
    .optional("Timestamp", .timestamp))

  static let samlProviderListEntry: Shape = .structure(
    .optional("Arn", IAMShape.arn),
    .optional("ValidUntil", .timestamp),
    .optional("CreateDate", .timestamp))

  static let roleUsage: Shape = .structure(
    .optional("Region", IAMShape.regionName),
    .optional("Resources", .list(of: IAMShape.arn)))

  static let deletionTaskFailureReason: Shape = .structure(
    .optional("Reason", IAMShape.reason),
    .optional("RoleUsageList", .list(of: IAMShape.roleUsage)))

  static let loginProfile: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("CreateDate", .timestamp),
    .optional("PasswordResetRequired", .boolean))

  static let signingCertificate: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("CertificateId", IAMShape.certificateId),
    .required("CertificateBody", IAMShape.certificateBody),
    .required("Status", IAMShape.status),
    .optional("UploadDate", .timestamp))

  static let sshPublicKeyMetadata: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("SSHPublicKeyId", IAMShape.publicKeyId),
    .required("Status", IAMShape.status),
    .required("UploadDate", .timestamp))

  static let serviceSpecificCredentialMetadata: Shape = .structure(
    .required("UserName", IAMShape.userName),
    .required("Status", IAMShape.status),
    .optional("ServiceUserName", IAMShape.serviceUserName),
    .optional("ServiceCredentialAlias", IAMShape.serviceCredentialAlias),
    .required("CreateDate", .timestamp),
    .optional("ExpirationDate", .timestamp),
    .required("ServiceSpecificCredentialId", IAMShape.serviceSpecificCredentialId),
    .required("ServiceName", .string))
}
