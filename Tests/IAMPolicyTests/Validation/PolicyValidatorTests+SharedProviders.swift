import IAMPolicy
import Testing

// Trusts in identity providers that many customers share.
extension PolicyValidatorTests {
  /// A trust in an OpenID Connect provider with this condition.
  static func trust(in provider: String, _ condition: String, action: String = "sts:AssumeRoleWithWebIdentity")
    -> String
  {
    one(
      #""Effect":"Allow","Principal":{"Federated":"\#(provider)"},"Action":"\#(action)","Condition":\#(condition)"#)
  }

  private static let gitHub = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"

  static let sharedProviders: [Case] = [
    Case(
      "a shared provider without its claim", .trust,
      trust(in: gitHub, #"{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}}"#),
      "The trust in \(gitHub) must be limited by a condition on token.actions.githubusercontent.com:sub",
      at: "Statement[0].Principal", "\"\(gitHub)\""),
    Case(
      "a shared provider's claim only asked to be there", .trust,
      trust(in: gitHub, #"{"Null":{"token.actions.githubusercontent.com:sub":"false"}}"#, action: "sts:*"),
      "The trust in \(gitHub) must be limited by a condition on token.actions.githubusercontent.com:sub",
      at: "Statement[0].Principal", "\"\(gitHub)\""),
    Case(
      "Cognito without its identity pool", .trust,
      trust(in: "cognito-identity.amazonaws.com", #"{"StringEquals":{"cognito-identity.amazonaws.com:sub":"x"}}"#),
      "The trust in cognito-identity.amazonaws.com must be limited by a condition on cognito-identity.amazonaws.com:aud",
      at: "Statement[0].Principal", "\"cognito-identity.amazonaws.com\""),
  ]

  @Test(
    "trusts in identity providers that are limited, or need not be",
    arguments: [
      trust(in: gitHub, #"{"StringLike":{"Token.Actions.GitHubUserContent.com:sub":"repo:octo-org/*"}}"#),
      trust(
        in: gitHub,
        #"{"StringEquals":{"token.actions.githubusercontent.com:job_workflow_ref":"octo-org/ci/.github/workflows/a.yml@main"}}"#
      ),
      trust(in: gitHub + "/octo-enterprise", "{}"),
      trust(in: "arn:aws:iam::111111111111:oidc-provider/token.ci.example.com", "{}"),
      trust(in: "arn:aws:iam::111111111111:saml-provider/Okta", "{}", action: "sts:AssumeRoleWithSAML"),
      trust(in: gitHub, "{}").replacing("Allow", with: "Deny"),
    ])
  func limited(_ text: String) throws {
    _ = try PolicyValidator(.trust).document(parsing: text.utf8)
  }
}
