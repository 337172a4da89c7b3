/// Assuming roles.
extension Operation {
  static let assumeRole = Operation(
    .sts, "AssumeRole",
    input: [
      .required("RoleArn", STSShape.arn),
      .required("RoleSessionName", STSShape.roleSessionName),
      .optional("PolicyArns", .list(of: STSShape.policyDescriptor)),
      .optional("Policy", STSShape.unrestrictedSessionPolicyDocument),
      .optional("DurationSeconds", .integer(900...43200)),
      .optional("Tags", .list(of: STSShape.tag, count: 0...50)),
      .optional("TransitiveTagKeys", .list(of: STSShape.tagKey, count: 0...50)),
      .optional("ExternalId", STSShape.externalId),
      .optional("SerialNumber", STSShape.serialNumber),
      .optional("TokenCode", STSShape.tokenCode),
      .optional("SourceIdentity", STSShape.sourceIdentity),
      .optional("ProvidedContexts", .list(of: STSShape.providedContext, count: 1...5)),
    ],
    output: [
      .optional("SourceIdentity", STSShape.sourceIdentity),
      .optional("AssumedRoleUser", STSShape.assumedRoleUser),
      .optional("Credentials", STSShape.credentials),
      .optional("PackedPolicySize", .integer(0...Int.max)),
    ],
    authorization: [
      AuthorizationRule("sts:AssumeRole", on: .arn(parameter: "RoleArn")),
      AuthorizationRule("sts:TagSession", on: .arn(parameter: "RoleArn"), when: .present("Tags")),
      AuthorizationRule("sts:SetSourceIdentity", on: .arn(parameter: "RoleArn"), when: .present("SourceIdentity")),
    ])

  static let assumeRoleWithSAML = Operation(
    .sts, "AssumeRoleWithSAML",
    input: [
      .required("RoleArn", STSShape.arn),
      .required("PrincipalArn", STSShape.arn),
      .required("SAMLAssertion", STSShape.samlAssertion),
      .optional("PolicyArns", .list(of: STSShape.policyDescriptor)),
      .optional("Policy", STSShape.sessionPolicyDocument),
      .optional("DurationSeconds", .integer(900...43200)),
    ],
    output: [
      .optional("Credentials", STSShape.credentials),
      .optional("AssumedRoleUser", STSShape.assumedRoleUser),
      .optional("PackedPolicySize", .integer(0...Int.max)),
      .optional("Subject", .string),
      .optional("SubjectType", .string),
      .optional("Issuer", .string),
      .optional("Audience", .string),
      .optional("NameQualifier", .string),
      .optional("SourceIdentity", STSShape.sourceIdentity),
    ],
    authorization: [AuthorizationRule("sts:AssumeRoleWithSAML", on: .arn(parameter: "RoleArn"))])

  static let assumeRoleWithWebIdentity = Operation(
    .sts, "AssumeRoleWithWebIdentity",
    input: [
      .required("RoleArn", STSShape.arn),
      .required("RoleSessionName", STSShape.roleSessionName),
      .required("WebIdentityToken", STSShape.clientToken),
      .optional("ProviderId", STSShape.url),
      .optional("PolicyArns", .list(of: STSShape.policyDescriptor)),
      .optional("Policy", STSShape.sessionPolicyDocument),
      .optional("DurationSeconds", .integer(900...43200)),
    ],
    output: [
      .optional("Credentials", STSShape.credentials),
      .optional("SubjectFromWebIdentityToken", STSShape.webIdentitySubject),
      .optional("AssumedRoleUser", STSShape.assumedRoleUser),
      .optional("PackedPolicySize", .integer(0...Int.max)),
      .optional("Provider", .string),
      .optional("Audience", .string),
      .optional("SourceIdentity", STSShape.sourceIdentity),
    ],
    authorization: [AuthorizationRule("sts:AssumeRoleWithWebIdentity", on: .arn(parameter: "RoleArn"))])

  static let assumeRoot = Operation(
    .sts, "AssumeRoot",
    input: [
      .required("TargetPrincipal", STSShape.targetPrincipal),
      .required("TaskPolicyArn", STSShape.policyDescriptor),
      .optional("DurationSeconds", .integer(0...900)),
    ],
    output: [
      .optional("Credentials", STSShape.credentials),
      .optional("SourceIdentity", STSShape.sourceIdentity),
    ],
    authorization: [AuthorizationRule("sts:AssumeRoot", on: .any)])
}
