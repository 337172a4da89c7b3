/// The policy simulator.
extension Operation {
  static let simulatePrincipalPolicy = Operation(
    .iam, "SimulatePrincipalPolicy",
    input: [
      .required("PolicySourceArn", IAMShape.arn),
      .optional("PolicyInputList", .list(of: IAMShape.policyDocument)),
      .optional("PermissionsBoundaryPolicyInputList", .list(of: IAMShape.policyDocument)),
      .required("ActionNames", .list(of: IAMShape.actionName)),
      .optional("ResourceArns", .list(of: IAMShape.resourceName)),
      .optional("ResourcePolicy", IAMShape.policyDocument),
      .optional("ResourceOwner", IAMShape.resourceName),
      .optional("CallerArn", IAMShape.resourceName),
      .optional("ContextEntries", .list(of: IAMShape.contextEntry)),
      .optional("ResourceHandlingOption", IAMShape.resourceHandlingOption),
      .optional("MaxItems", .integer(1...1000)),
      .optional("Marker", IAMShape.marker),
    ],
    output: [
      .optional("EvaluationResults", .list(of: IAMShape.evaluationResult)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:SimulatePrincipalPolicy", on: .arn(parameter: "PolicySourceArn"))])

  static let simulateCustomPolicy = Operation(
    .iam, "SimulateCustomPolicy",
    input: [
      .required("PolicyInputList", .list(of: IAMShape.policyDocument)),
      .optional("PermissionsBoundaryPolicyInputList", .list(of: IAMShape.policyDocument)),
      .required("ActionNames", .list(of: IAMShape.actionName)),
      .optional("ResourceArns", .list(of: IAMShape.resourceName)),
      .optional("ResourcePolicy", IAMShape.policyDocument),
      .optional("ResourceOwner", IAMShape.resourceName),
      .optional("CallerArn", IAMShape.resourceName),
      .optional("ContextEntries", .list(of: IAMShape.contextEntry)),
      .optional("ResourceHandlingOption", IAMShape.resourceHandlingOption),
      .optional("MaxItems", .integer(1...1000)),
      .optional("Marker", IAMShape.marker),
    ],
    output: [
      .optional("EvaluationResults", .list(of: IAMShape.evaluationResult)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:SimulateCustomPolicy", on: .any)])

  static let getContextKeysForPrincipalPolicy = Operation(
    .iam, "GetContextKeysForPrincipalPolicy",
    input: [
      .required("PolicySourceArn", IAMShape.arn),
      .optional("PolicyInputList", .list(of: IAMShape.policyDocument)),
    ],
    output: [
      .optional("ContextKeyNames", .list(of: IAMShape.contextKeyName))
    ],
    authorization: [AuthorizationRule("iam:GetContextKeysForPrincipalPolicy", on: .arn(parameter: "PolicySourceArn"))])

  static let getContextKeysForCustomPolicy = Operation(
    .iam, "GetContextKeysForCustomPolicy",
    input: [
      .required("PolicyInputList", .list(of: IAMShape.policyDocument))
    ],
    output: [
      .optional("ContextKeyNames", .list(of: IAMShape.contextKeyName))
    ],
    authorization: [AuthorizationRule("iam:GetContextKeysForCustomPolicy", on: .any)])
}
