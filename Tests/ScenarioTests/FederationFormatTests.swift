import Scenario
import Testing

@Suite("Issuers and tokens") struct FederationFormatTests {
  /// What stands before the steps, what the step's token is, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var token = "${{ tokens.T }}"
    var problems: [String]
    var testDescription: String { name }
  }

  static let good = """
    issuers: { CI: { url: "https://ci.example.com" }, IdP: { entity: "urn:idp" } }
    tokens: { T: { issuer: CI, claims: { sub: a } }, S: { issuer: IdP, subject: a, attributes: { Role: [b, c] } } }
    """

  static let cases: [Case] = [
    Case(name: "in order", before: good, problems: []),
    Case(name: "a token that is not there", before: good, token: "${{ tokens.U }}", problems: ["unknown token `U`"]),
    Case(
      name: "an issuer that is not there", before: good, token: "${{ issuers.Other }}",
      problems: ["unknown issuer `Other`"]),
    Case(
      name: "an issuer of the token that is not there",
      before: "issuers: { CI: { url: \"https://ci\" } }\ntokens: { T: { issuer: CJ, claims: { sub: a } } }",
      problems: ["unknown issuer `CJ`"]),
    Case(
      name: "no https",
      before: "issuers: { CI: { url: \"http://ci\" } }\ntokens: { T: { issuer: CI, claims: { sub: a } } }",
      problems: ["an issuer is `https://` with a host, and has no query"]),
    Case(
      name: "keys that are not there",
      before:
        "issuers: { CI: { url: \"https://ci\", keys: nowhere.json } }\ntokens: { T: { issuer: CI, claims: { sub: a } } }",
      problems: ["cannot read `nowhere.json`", "`CI` has keys of its own, so that nothing can be signed for it here"]),
    Case(
      name: "claims for a SAML provider",
      before: "issuers: { IdP: { entity: \"urn:idp\" } }\ntokens: { T: { issuer: IdP, claims: { sub: a } } }",
      problems: ["an issuer with an `entity` signs SAML assertions about a `subject`, not claims"]),
    Case(
      name: "a subject for an issuer of tokens",
      before: "issuers: { CI: { url: \"https://ci\" } }\ntokens: { T: { issuer: CI, subject: a } }",
      problems: ["an issuer with a `url` signs `claims`, not a SAML assertion"]),
    Case(
      name: "a claim that is not known yet",
      before:
        "issuers: { CI: { url: \"https://ci\" } }\ntokens: { T: { issuer: CI, claims: { sub: \"${{ later }}\" } } }",
      problems: ["unknown variable `later`"]),
    Case(
      name: "a token without contents",
      before: "issuers: { CI: { url: \"https://ci\" } }\ntokens: { T: { issuer: CI } }",
      problems: ["a token needs"]),
  ]

  @Test("what is said of them", arguments: cases)
  func checked(_ test: Case) {
    let step =
      "  - { as: anonymous, call: sts:AssumeRoleWithWebIdentity, with: { RoleArn: \"arn:aws:iam::999999999999:role/R\", "
      + "RoleSessionName: job, WebIdentityToken: \"\(test.token)\" } }"
    let found = problems(scenario(step, before: test.before)).filter { $0.contains("error") }
    for expected in test.problems {
      #expect(found.contains { $0.contains(expected) }, "\(expected) is not among \(found)")
    }
    #expect(test.problems.isEmpty == found.isEmpty, "\(found)")
  }
}
