/// SAML providers.
extension Operation {
  static let createSAMLProvider = Operation(
    .iam, "CreateSAMLProvider",
    input: [
      .required("SAMLMetadataDocument", IAMShape.samlMetadataDocument),
      .required("Name", IAMShape.samlProviderName),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
      .optional("AssertionEncryptionMode", IAMShape.assertionEncryptionMode),
      .optional("AddPrivateKey", IAMShape.privateKey),
    ],
    output: [
      .optional("SAMLProviderArn", IAMShape.arn),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
    ],
    authorization: [
      AuthorizationRule("iam:CreateSAMLProvider", on: .iam(.samlProvider, name: "Name")),
      AuthorizationRule("iam:TagSAMLProvider", on: .iam(.samlProvider, name: "Name"), when: .present("Tags")),
    ],
    undo: Undo("DeleteSAMLProvider", ["SAMLProviderArn": .answer("SAMLProviderArn")]))

  static let getSAMLProvider = Operation(
    .iam, "GetSAMLProvider",
    input: [
      .required("SAMLProviderArn", IAMShape.arn)
    ],
    output: [
      .optional("SAMLProviderUUID", IAMShape.privateKeyId),
      .optional("SAMLMetadataDocument", IAMShape.samlMetadataDocument),
      .optional("CreateDate", .timestamp),
      .optional("ValidUntil", .timestamp),
      .optional("Tags", .list(of: IAMShape.tag, count: 0...50)),
      .optional("AssertionEncryptionMode", IAMShape.assertionEncryptionMode),
      .optional("PrivateKeyList", .list(of: IAMShape.samlPrivateKey, count: 0...2)),
    ],
    authorization: [AuthorizationRule("iam:GetSAMLProvider", on: .arn(parameter: "SAMLProviderArn"))])

  static let listSAMLProviders = Operation(
    .iam, "ListSAMLProviders",
    output: [
      .optional("SAMLProviderList", .list(of: IAMShape.samlProviderListEntry))
    ],
    authorization: [AuthorizationRule("iam:ListSAMLProviders", on: .any)])

  static let updateSAMLProvider = Operation(
    .iam, "UpdateSAMLProvider",
    input: [
      .optional("SAMLMetadataDocument", IAMShape.samlMetadataDocument),
      .required("SAMLProviderArn", IAMShape.arn),
      .optional("AssertionEncryptionMode", IAMShape.assertionEncryptionMode),
      .optional("AddPrivateKey", IAMShape.privateKey),
      .optional("RemovePrivateKey", IAMShape.privateKeyId),
    ],
    output: [
      .optional("SAMLProviderArn", IAMShape.arn)
    ],
    authorization: [AuthorizationRule("iam:UpdateSAMLProvider", on: .arn(parameter: "SAMLProviderArn"))])

  static let deleteSAMLProvider = Operation(
    .iam, "DeleteSAMLProvider",
    input: [
      .required("SAMLProviderArn", IAMShape.arn)
    ],
    authorization: [AuthorizationRule("iam:DeleteSAMLProvider", on: .arn(parameter: "SAMLProviderArn"))])
}
