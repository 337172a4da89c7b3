import Runner
import Scenario
import Testing

@Suite("Identity providers that are played") struct FederationRunTests {
  private func run(_ text: String) throws -> ScenarioResult {
    let loaded = ScenarioFile.parse(text, path: "test.yaml")
    for diagnostic in loaded.checked() where diagnostic.severity == .error { Issue.record("\(diagnostic.message)") }
    let scenario = try #require(loaded.scenario)
    return try #require(ScenarioRunner(record: { _ in }).run([scenario]).scenarios.first)
  }

  @Test("a SAML provider signs what the scenario says, and the role takes it or does not")
  func saml() throws {
    let result = try run(
      """
      scenario: SAML
      accounts: { A: "111111111111" }
      issuers: { Company: { entity: https://idp.example.com/saml } }
      tokens:
        Ada:
          issuer: Company
          subject: ada@example.com
          attributes: { Role: "${{ role }},${{ provider }}", RoleSessionName: ada, "PrincipalTag:Team": red }
        Bob:
          issuer: Company
          subject: bob@example.com
          lifetime: 1m
          attributes: { Role: ["${{ role }},${{ provider }}"], RoleSessionName: bob, "PrincipalTag:Team": blue }
      policies:
        Trust:
          Version: "2012-10-17"
          Statement:
            Effect: Allow
            Principal: { Federated: "${{ provider }}" }
            Action: [sts:AssumeRoleWithSAML, sts:TagSession]
            Condition: { StringEquals: { "saml:sub": ada@example.com, "aws:RequestTag/Team": red } }
      steps:
        - as: A
          call: iam:CreateSAMLProvider
          with: { Name: Company, SAMLMetadataDocument: "${{ issuers.Company }}" }
          save: { provider: //SAMLProviderArn }
        - as: A
          call: iam:CreateRole
          with: { RoleName: Staff, AssumeRolePolicyDocument: "${{ policies.Trust }}" }
          save: { role: //Role/Arn }
        - as: anonymous
          call: sts:AssumeRoleWithSAML
          with: { RoleArn: "${{ role }}", PrincipalArn: "${{ provider }}", SAMLAssertion: "${{ tokens.Ada }}" }
          become: Ada
          expect: { allowed: true, xpath: { //Subject: ada@example.com } }
        - as: Ada
          call: sts:GetCallerIdentity
          expect: { xpath: { //Arn: "arn:aws:sts::111111111111:assumed-role/Staff/ada" } }
        - as: anonymous
          call: sts:AssumeRoleWithSAML
          with: { RoleArn: "${{ role }}", PrincipalArn: "${{ provider }}", SAMLAssertion: "${{ tokens.Bob }}" }
          expect: { denied: implicit, by: trust-policy }
      """)
    for step in result.steps { #expect(step.verdict.isPassed, "\(step.title): \(step.verdict)") }
    #expect(result.steps.count == 5)
    #expect(result.teardown.allSatisfy { $0.problem == nil })
  }

  @Test("a token is made when it is referred to, and holds from then on for its lifetime")
  func lifetime() throws {
    let call =
      "call: sts:AssumeRoleWithWebIdentity, with: { RoleArn: \"${{ role }}\", RoleSessionName: job, WebIdentityToken: "
    let result = try run(
      """
      scenario: Tokens
      accounts: { A: "111111111111" }
      issuers: { CI: { url: https://ci.example.com } }
      tokens: { T: { issuer: CI, claims: { aud: [a, b], sub: job }, lifetime: 2m } }
      variables: { early: "${{ tokens.T }}" }
      policies:
        Trust:
          Version: "2012-10-17"
          Statement:
            Effect: Allow
            Principal: { Federated: "${{ provider }}" }
            Action: sts:AssumeRoleWithWebIdentity
            Condition: { StringEquals: { "ci.example.com:sub": job } }
      steps:
        - as: A
          call: iam:CreateOpenIDConnectProvider
          with: { Url: "${{ issuers.CI }}", ClientIDList: [b] }
          save: { provider: //OpenIDConnectProviderArn }
        - as: A
          call: iam:CreateRole
          with: { RoleName: R, AssumeRolePolicyDocument: "${{ policies.Trust }}" }
          save: { role: //Role/Arn }
        - { as: anonymous, \(call)"${{ early }}" }, expect: allowed }
        - { advance: 2m }
        - { as: anonymous, \(call)"${{ early }}" }, expect: { error: ExpiredTokenException, status: 400 } }
        - { as: anonymous, \(call)"${{ tokens.T }}" }, expect: allowed }
      """)
    for step in result.steps { #expect(step.verdict.isPassed, "\(step.title): \(step.verdict)") }
    #expect(result.steps.count == 6)
  }
}
