/// The texts that IAM accepts: lengths, patterns and sets of values, named after AWS's types.
enum IAMShape {
  static let path: Shape = .string(StringConstraint(length: 1...512, pattern: .path))

  static let userName: Shape = .string(StringConstraint(length: 1...64, pattern: .name))

  static let arn: Shape = .string(StringConstraint(length: 20...2048))

  static let tagKey: Shape = .string(StringConstraint(length: 1...128, pattern: .tagKey))

  static let tagValue: Shape = .string(StringConstraint(length: 0...256, pattern: .tagValue))

  static let id: Shape = .string(StringConstraint(length: 16...128, pattern: .word))

  static let permissionsBoundaryAttachment: Shape = .oneOf("PermissionsBoundaryPolicy")

  static let existingUserName: Shape = .string(StringConstraint(length: 1...128, pattern: .name))

  static let pathPrefix: Shape = .string(StringConstraint(length: 1...512, pattern: .pathPrefix))

  static let marker: Shape = .string(StringConstraint(length: 1...320, pattern: .latin1))

  static let groupName: Shape = .string(StringConstraint(length: 1...128, pattern: .name))

  static let roleName: Shape = .string(StringConstraint(length: 1...64, pattern: .name))

  static let policyDocument: Shape = .string(
    StringConstraint(length: 1...131072, pattern: .document, isPolicyDocument: true))

  static let roleDescription: Shape = .string(StringConstraint(length: 0...1000, pattern: .description))

  static let policyName: Shape = .string(StringConstraint(length: 1...128, pattern: .name))

  static let policyPath: Shape = .string(StringConstraint(length: 1...512, pattern: .policyPath))

  static let policyDescription: Shape = .string(StringConstraint(length: 0...1000))

  static let policyVersionId: Shape = .string(StringConstraint(pattern: .policyVersionID))

  static let policyScopeType: Shape = .oneOf("All", "AWS", "Local")

  static let policyUsage: Shape = .oneOf("PermissionsPolicy", "PermissionsBoundary")

  static let entity: Shape = .oneOf("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")

  static let serviceNamespace: Shape = .string(StringConstraint(length: 1...64, pattern: .serviceNamespace))

  static let policyType: Shape = .oneOf("INLINE", "MANAGED")

  static let policyOwnerEntity: Shape = .oneOf("USER", "ROLE", "GROUP")

  static let entityName: Shape = .string(StringConstraint(length: 1...128, pattern: .name))

  static let accessKeyId: Shape = .string(StringConstraint(length: 16...128, pattern: .word))

  static let status: Shape = .oneOf("Active", "Inactive", "Expired")

  static let accessKeySecret: Shape = .string(StringConstraint(isSensitive: true))

  static let accountAlias: Shape = .string(StringConstraint(length: 3...63, pattern: .accountAlias))

  static let instanceProfileName: Shape = .string(StringConstraint(length: 1...128, pattern: .name))

  static let actionName: Shape = .string(StringConstraint(length: 3...128))

  static let resourceName: Shape = .string(StringConstraint(length: 1...2048))

  static let contextKeyName: Shape = .string(StringConstraint(length: 5...256))

  static let contextKeyTypeEnum: Shape = .oneOf(
    "string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList", "binary", "binaryList",
    "date", "dateList")

  static let resourceHandlingOption: Shape = .string(StringConstraint(length: 1...64))

  static let policyEvaluationDecision: Shape = .oneOf("allowed", "explicitDeny", "implicitDeny")

  static let policySource: Shape = .oneOf("user", "group", "role", "aws-managed", "user-managed", "resource", "none")

  static let virtualMFADeviceName: Shape = .string(StringConstraint(length: 1...Int.max, pattern: .name))

  static let serialNumber: Shape = .string(StringConstraint(length: 9...256, pattern: .serialNumber))

  static let authenticationCode: Shape = .string(StringConstraint(length: 6...6, pattern: .digits))

  static let assignmentStatus: Shape = .oneOf("Assigned", "Unassigned", "Any")

  static let certificationValue: Shape = .string(StringConstraint(length: 1...32, pattern: .latin1))

  static let openIDConnectProviderUrl: Shape = .string(StringConstraint(length: 1...255))

  static let clientID: Shape = .string(StringConstraint(length: 1...255))

  static let thumbprint: Shape = .string(StringConstraint(length: 40...40))

  static let samlMetadataDocument: Shape = .string(StringConstraint(length: 1000...10000000))

  static let samlProviderName: Shape = .string(StringConstraint(length: 1...128, pattern: .wordDotDash))

  static let assertionEncryptionMode: Shape = .oneOf("Required", "Allowed")

  static let privateKey: Shape = .string(StringConstraint(length: 1...16384, pattern: .document, isSensitive: true))

  static let privateKeyId: Shape = .string(StringConstraint(length: 22...64, pattern: .capitals))

  static let customSuffix: Shape = .string(StringConstraint(length: 1...64, pattern: .name))

  static let deletionTaskId: Shape = .string(StringConstraint(length: 1...1000))

  static let deletionTaskStatus: Shape = .oneOf("SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED")

  static let reason: Shape = .string(StringConstraint(length: 0...1000))

  static let regionName: Shape = .string(StringConstraint(length: 1...100))

  static let password: Shape = .string(StringConstraint(length: 1...128, pattern: .document, isSensitive: true))

  static let certificateId: Shape = .string(StringConstraint(length: 24...128, pattern: .word))

  static let certificateBody: Shape = .string(StringConstraint(length: 1...16384, pattern: .document))

  static let publicKeyId: Shape = .string(StringConstraint(length: 20...128, pattern: .word))

  static let serviceUserName: Shape = .string(StringConstraint(length: 0...200, pattern: .nameOrEmpty))

  static let serviceCredentialAlias: Shape = .string(StringConstraint(length: 0...200, pattern: .name))

  static let serviceSpecificCredentialId: Shape = .string(StringConstraint(length: 20...128, pattern: .word))
}
