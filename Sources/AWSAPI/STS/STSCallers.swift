/// Who calls, and why a call was refused.
extension Operation {
  static let getCallerIdentity = Operation(
    .sts, "GetCallerIdentity",
    output: [
      .optional("Arn", STSShape.arn),
      .optional("UserId", .string),
      .optional("Account", .string),
    ],
    authorization: [AuthorizationRule("sts:GetCallerIdentity", on: .any)])

  static let getAccessKeyInfo = Operation(
    .sts, "GetAccessKeyInfo",
    input: [
      .required("AccessKeyId", STSShape.accessKeyId)
    ],
    output: [
      .optional("Account", .string)
    ],
    authorization: [AuthorizationRule("sts:GetAccessKeyInfo", on: .any)])

  static let decodeAuthorizationMessage = Operation(
    .sts, "DecodeAuthorizationMessage",
    input: [
      .required("EncodedMessage", STSShape.encodedMessage)
    ],
    output: [
      .optional("DecodedMessage", .string)
    ],
    authorization: [AuthorizationRule("sts:DecodeAuthorizationMessage", on: .any)])
}
