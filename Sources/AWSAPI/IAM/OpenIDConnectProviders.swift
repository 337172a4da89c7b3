/// OpenID Connect providers.
extension Operation {
  static let createOpenIDConnectProvider = Operation(
    .iam, "CreateOpenIDConnectProvider",
    input: [
      .required("Url", IAMShape.openIDConnectProviderUrl),
      .optional("ClientIDList", .list(of: IAMShape.clientID)),
      .optional("ThumbprintList", .list(of: IAMShape.thumbprint)),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    output: [
      .optional("OpenIDConnectProviderArn", IAMShape.arn),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [
      AuthorizationRule("iam:CreateOpenIDConnectProvider", on: .any),
      AuthorizationRule("iam:TagOpenIDConnectProvider", on: .any, when: .present("Tags")),
    ],
    undo: Undo("DeleteOpenIDConnectProvider", ["OpenIDConnectProviderArn": .answer("OpenIDConnectProviderArn")]))

  static let getOpenIDConnectProvider = Operation(
    .iam, "GetOpenIDConnectProvider",
    input: [
      .required("OpenIDConnectProviderArn", IAMShape.arn)
    ],
    output: [
      .optional("Url", IAMShape.openIDConnectProviderUrl),
      .optional("ClientIDList", .list(of: IAMShape.clientID)),
      .optional("ThumbprintList", .list(of: IAMShape.thumbprint)),
      .optional("CreateDate", .timestamp),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [AuthorizationRule("iam:GetOpenIDConnectProvider", on: .arn(parameter: "OpenIDConnectProviderArn"))])

  static let listOpenIDConnectProviders = Operation(
    .iam, "ListOpenIDConnectProviders",
    output: [
      .optional("OpenIDConnectProviderList", .list(of: IAMShape.openIDConnectProviderListEntry))
    ],
    authorization: [AuthorizationRule("iam:ListOpenIDConnectProviders", on: .any)])

  static let updateOpenIDConnectProviderThumbprint = Operation(
    .iam, "UpdateOpenIDConnectProviderThumbprint",
    input: [
      .required("OpenIDConnectProviderArn", IAMShape.arn),
      .required("ThumbprintList", .list(of: IAMShape.thumbprint)),
    ],
    authorization: [
      AuthorizationRule("iam:UpdateOpenIDConnectProviderThumbprint", on: .arn(parameter: "OpenIDConnectProviderArn"))
    ])

  static let addClientIDToOpenIDConnectProvider = Operation(
    .iam, "AddClientIDToOpenIDConnectProvider",
    input: [
      .required("OpenIDConnectProviderArn", IAMShape.arn),
      .required("ClientID", IAMShape.clientID),
    ],
    authorization: [
      AuthorizationRule("iam:AddClientIDToOpenIDConnectProvider", on: .arn(parameter: "OpenIDConnectProviderArn"))
    ],
    undo: Undo("RemoveClientIDFromOpenIDConnectProvider", same: "OpenIDConnectProviderArn", "ClientID"))

  static let removeClientIDFromOpenIDConnectProvider = Operation(
    .iam, "RemoveClientIDFromOpenIDConnectProvider",
    input: [
      .required("OpenIDConnectProviderArn", IAMShape.arn),
      .required("ClientID", IAMShape.clientID),
    ],
    authorization: [
      AuthorizationRule("iam:RemoveClientIDFromOpenIDConnectProvider", on: .arn(parameter: "OpenIDConnectProviderArn"))
    ])

  static let deleteOpenIDConnectProvider = Operation(
    .iam, "DeleteOpenIDConnectProvider",
    input: [
      .required("OpenIDConnectProviderArn", IAMShape.arn)
    ],
    authorization: [
      AuthorizationRule("iam:DeleteOpenIDConnectProvider", on: .arn(parameter: "OpenIDConnectProviderArn"))
    ])
}
