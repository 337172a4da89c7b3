/// Managed policies and their versions.
extension Operation {
  static let createPolicy = Operation(
    .iam, "CreatePolicy",
    input: [
      .required("PolicyName", IAMShape.policyName),
      .optional("Path", IAMShape.policyPath),
      .required("PolicyDocument", IAMShape.policyDocument),
      .optional("Description", IAMShape.policyDescription),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .optional("Policy", IAMShape.policy)
    ],
    authorization: [
      AuthorizationRule("iam:CreatePolicy", on: .iam(.policy, name: "PolicyName")),
      AuthorizationRule("iam:TagPolicy", on: .iam(.policy, name: "PolicyName"), when: .present("Tags")),
    ],
    undo: Undo("DeletePolicy", ["PolicyArn": .answer("Policy/Arn")]))

  static let getPolicy = Operation(
    .iam, "GetPolicy",
    input: [
      .required("PolicyArn", IAMShape.arn)
    ],
    output: [
      .optional("Policy", IAMShape.policy)
    ],
    authorization: [AuthorizationRule("iam:GetPolicy", on: .arn(parameter: "PolicyArn"))])

  static let listPolicies = Operation(
    .iam, "ListPolicies",
    input: [
      .optional("Scope", IAMShape.policyScopeType),
      .optional("OnlyAttached", .boolean),
      .optional("PathPrefix", IAMShape.policyPath),
      .optional("PolicyUsageFilter", IAMShape.policyUsage),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("Policies", .list(of: IAMShape.policy)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListPolicies", on: .any)])

  static let deletePolicy = Operation(
    .iam, "DeletePolicy",
    input: [
      .required("PolicyArn", IAMShape.arn)
    ],
    authorization: [AuthorizationRule("iam:DeletePolicy", on: .arn(parameter: "PolicyArn"))])

  static let createPolicyVersion = Operation(
    .iam, "CreatePolicyVersion",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("PolicyDocument", IAMShape.policyDocument),
      .optional("SetAsDefault", .boolean),
    ],
    output: [
      .optional("PolicyVersion", IAMShape.policyVersion)
    ],
    authorization: [AuthorizationRule("iam:CreatePolicyVersion", on: .arn(parameter: "PolicyArn"))],
    undo: Undo(
      "DeletePolicyVersion", ["PolicyArn": .parameter("PolicyArn"), "VersionId": .answer("PolicyVersion/VersionId")]))

  static let getPolicyVersion = Operation(
    .iam, "GetPolicyVersion",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("VersionId", IAMShape.policyVersionId),
    ],
    output: [
      .optional("PolicyVersion", IAMShape.policyVersion)
    ],
    authorization: [AuthorizationRule("iam:GetPolicyVersion", on: .arn(parameter: "PolicyArn"))])

  static let listPolicyVersions = Operation(
    .iam, "ListPolicyVersions",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("Versions", .list(of: IAMShape.policyVersion)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListPolicyVersions", on: .arn(parameter: "PolicyArn"))])

  static let setDefaultPolicyVersion = Operation(
    .iam, "SetDefaultPolicyVersion",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("VersionId", IAMShape.policyVersionId),
    ],
    authorization: [AuthorizationRule("iam:SetDefaultPolicyVersion", on: .arn(parameter: "PolicyArn"))])

  static let deletePolicyVersion = Operation(
    .iam, "DeletePolicyVersion",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .required("VersionId", IAMShape.policyVersionId),
    ],
    authorization: [AuthorizationRule("iam:DeletePolicyVersion", on: .arn(parameter: "PolicyArn"))])

  static let listEntitiesForPolicy = Operation(
    .iam, "ListEntitiesForPolicy",
    input: [
      .required("PolicyArn", IAMShape.arn),
      .optional("EntityFilter", IAMShape.entity),
      .optional("PathPrefix", IAMShape.path),
      .optional("PolicyUsageFilter", IAMShape.policyUsage),
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .optional("PolicyGroups", .list(of: IAMShape.policyGroup)),
      .optional("PolicyUsers", .list(of: IAMShape.policyUser)),
      .optional("PolicyRoles", .list(of: IAMShape.policyRole)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListEntitiesForPolicy", on: .arn(parameter: "PolicyArn"))])

  static let listPoliciesGrantingServiceAccess = Operation(
    .iam, "ListPoliciesGrantingServiceAccess",
    input: [
      .optional("Marker", IAMShape.marker),
      .required("Arn", IAMShape.arn),
      .required("ServiceNamespaces", .list(of: IAMShape.serviceNamespace, count: 1...200)),
    ],
    output: [
      .required("PoliciesGrantingServiceAccess", .list(of: IAMShape.listPoliciesGrantingServiceAccessEntry)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListPoliciesGrantingServiceAccess", on: .arn(parameter: "Arn"))])
}
