/// The structures of STS's parameters and answers.
extension STSShape {
  static let policyDescriptor: Shape = .structure(
    .optional("arn", STSShape.arn))

  static let tag: Shape = .structure(
    .required("Key", STSShape.tagKey),
    .required("Value", STSShape.tagValue))

  static let providedContext: Shape = .structure(
    .optional("ProviderArn", STSShape.arn),
    .optional("ContextAssertion", STSShape.contextAssertion))

  static let credentials: Shape = .structure(
    .required("AccessKeyId", STSShape.accessKeyId),
    .required("SecretAccessKey", STSShape.accessKeySecret),
    .required("SessionToken", .string),
    .required("Expiration", .timestamp))

  static let assumedRoleUser: Shape = .structure(
    .required("AssumedRoleId", STSShape.assumedRoleId),
    .required("Arn", STSShape.arn))

  static let federatedUser: Shape = .structure(
    .required("FederatedUserId", STSShape.federatedId),
    .required("Arn", STSShape.arn))
}
