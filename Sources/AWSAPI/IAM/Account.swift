/// The account as a whole.
extension Operation {
  static let createAccountAlias = Operation(
    .iam, "CreateAccountAlias",
    input: [
      .required("AccountAlias", IAMShape.accountAlias)
    ],
    authorization: [AuthorizationRule("iam:CreateAccountAlias", on: .any)],
    undo: Undo("DeleteAccountAlias", same: "AccountAlias"))

  static let listAccountAliases = Operation(
    .iam, "ListAccountAliases",
    input: [
      .optional("Marker", IAMShape.marker),
      .optional("MaxItems", .integer(1...1000)),
    ],
    output: [
      .required("AccountAliases", .list(of: IAMShape.accountAlias)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:ListAccountAliases", on: .any)])

  static let deleteAccountAlias = Operation(
    .iam, "DeleteAccountAlias",
    input: [
      .required("AccountAlias", IAMShape.accountAlias)
    ],
    authorization: [AuthorizationRule("iam:DeleteAccountAlias", on: .any)])

  static let getAccountSummary = Operation(
    .iam, "GetAccountSummary",
    output: [
      .optional("SummaryMap", .map(MapShape(value: .integer)))
    ],
    authorization: [AuthorizationRule("iam:GetAccountSummary", on: .any)])

  static let getAccountAuthorizationDetails = Operation(
    .iam, "GetAccountAuthorizationDetails",
    input: [
      .optional("Filter", .list(of: IAMShape.entity)),
      .optional("MaxItems", .integer(1...1000)),
      .optional("Marker", IAMShape.marker),
    ],
    output: [
      .optional("UserDetailList", .list(of: IAMShape.userDetail)),
      .optional("GroupDetailList", .list(of: IAMShape.groupDetail)),
      .optional("RoleDetailList", .list(of: IAMShape.roleDetail)),
      .optional("Policies", .list(of: IAMShape.managedPolicyDetail)),
      .optional("IsTruncated", .boolean),
      .optional("Marker", .string),
    ],
    authorization: [AuthorizationRule("iam:GetAccountAuthorizationDetails", on: .any)])
}
