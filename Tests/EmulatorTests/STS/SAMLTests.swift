import AWSAPI
import Emulator
import Federation
import FoundationEssentials
import Testing

/// A company's SAML provider, registered in Destination, with a role that trusts it.
struct SAMLWorld {
  static let entity = "https://idp.example.com/saml"
  static let provider = "arn:aws:iam::999999999999:saml-provider/Company"
  static let role = "arn:aws:iam::999999999999:role/Staff"
  static let attributes = "https://aws.amazon.com/SAML/Attributes/"
  /// One key for all tests: making it takes a tenth of a second.
  static let issuer = Result { try SAMLIssuer(entityID: entity, from: .scenarioStart) }

  let issuer: SAMLIssuer
  let accounts: TwoAccounts
  let anyone: TestClient

  init(
    condition: String = #"{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml"}}"#,
    actions: String = #"["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"]"#
  ) throws {
    issuer = try Self.issuer.get()
    accounts = try TwoAccounts()
    anyone = TestClient(emulator: accounts.emulator)
    try accounts.destination.call(
      "iam:CreateSAMLProvider", ["Name": "Company", "SAMLMetadataDocument": .string(issuer.metadata)])
    let trust = """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"\(Self.provider)"},\
      "Action":\(actions),"Condition":\(condition)}}
      """
    try accounts.destination.call(
      "iam:CreateRole", ["RoleName": "Staff", "AssumeRolePolicyDocument": .string(trust), "MaxSessionDuration": 14400])
  }

  /// A statement that is right.
  static func statement(_ change: (inout SAMLStatement) -> Void = { _ in }) -> SAMLStatement {
    var statement = SAMLStatement(
      subject: "ada@example.com", issueInstant: time(0), notBefore: time(-60), notOnOrAfter: time(240))
    statement.attributes = [
      (attributes + "Role", ["\(role),\(provider)"]), (attributes + "RoleSessionName", ["ada"]),
    ]
    change(&statement)
    return statement
  }

  static func time(_ seconds: TimeInterval) -> String {
    AWSTimestamp.text(Date.scenarioStart.addingTimeInterval(seconds), .iso8601)
  }

  func parameters(_ response: String, _ more: AWSStructure = [:]) -> AWSStructure {
    var parameters: AWSStructure = [
      "RoleArn": .string(Self.role), "PrincipalArn": .string(Self.provider), "SAMLAssertion": .string(response),
    ]
    for member in more.members { parameters[member.name] = member.value }
    return parameters
  }
}

extension SAMLStatement {
  mutating func set(_ name: String, _ values: [String]) {
    attributes.removeAll { $0.name == SAMLWorld.attributes + name }
    if !values.isEmpty { attributes.append((SAMLWorld.attributes + name, values)) }
  }
}

@Suite("STS: AssumeRoleWithSAML")
struct SAMLTests {
  static let operation = "sts:AssumeRoleWithSAML"

  @Test("an assertion of the registered provider assumes the role")
  func accepted() throws {
    let world = try SAMLWorld()
    let reply = try world.anyone.call(
      Self.operation, world.parameters(try world.issuer.response(SAMLWorld.statement())))
    #expect(reply["AssumedRoleUser/Arn"]?.string == "arn:aws:sts::999999999999:assumed-role/Staff/ada")
    #expect(reply["Subject"]?.string == "ada@example.com")
    #expect(reply["SubjectType"]?.string == "persistent")
    #expect(reply["Issuer"]?.string == SAMLWorld.entity)
    #expect(reply["Audience"]?.string == "https://signin.aws.amazon.com/saml")
    // The base64 of the SHA-1 of issuer, account and "/" with the provider's name (API reference, AssumeRoleWithSAML).
    #expect(reply["NameQualifier"]?.string == "mTDNrZri66LdjiZorRyXYsk6h08=")
    #expect(reply["Credentials/Expiration"]?.timestamp == Date.scenarioStart.addingTimeInterval(3600))
    try world.anyone.becoming(reply).call("sts:GetCallerIdentity")
  }

  /// A statement that differs from one that is right, and what it is answered with.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (inout SAMLStatement) -> Void = { _ in }
    var parameters: AWSStructure = [:]
    var code = "InvalidIdentityToken"
    var status = 400
    var message: String
    var testDescription: String { name }
  }

  private static let denied = "Not authorized to perform sts:AssumeRoleWithSAML"

  static let refusals: [Refusal] = [
    Refusal(
      name: "another audience", change: { $0.audience = "https://other.example.com" },
      message: "The SAML assertion is not for the required audience"),
    Refusal(
      name: "another recipient", change: { $0.recipient = "https://signin.aws.amazon.com.evil.example/saml" },
      message: "The SAML assertion has no bearer confirmation with AWS's sign-in page as its Recipient"),
    Refusal(
      name: "made more than five minutes ago",
      change: { statement in statement.issueInstant = SAMLWorld.time(-301) }, code: "ExpiredTokenException",
      message: "Token must be redeemed within 5 minutes of issuance"),
    Refusal(
      name: "ended", change: { $0.notOnOrAfter = SAMLWorld.time(0) }, code: "ExpiredTokenException",
      message: "The SAML assertion has expired"),
    Refusal(
      name: "not valid yet", change: { $0.notBefore = SAMLWorld.time(301) },
      message: "The SAML assertion is not valid yet"),
    Refusal(
      name: "a time that is none", change: { $0.notBefore = "yesterday" },
      message: "The SAML assertion has a time that is none: yesterday"),
    Refusal(
      name: "another role", change: { $0.set("Role", ["arn:aws:iam::999999999999:role/Other,\(SAMLWorld.provider)"]) },
      code: "AccessDenied", status: 403, message: denied),
    Refusal(
      name: "the role with another provider",
      change: { $0.set("Role", ["\(SAMLWorld.role),arn:aws:iam::999999999999:saml-provider/Other"]) },
      code: "AccessDenied", status: 403, message: denied),
    Refusal(name: "no role", change: { $0.set("Role", []) }, code: "AccessDenied", status: 403, message: denied),
    Refusal(
      name: "no session name", change: { $0.set("RoleSessionName", []) },
      message: "RoleSessionName is required in AuthnResponse"),
    Refusal(
      name: "a session name that is none", change: { $0.set("RoleSessionName", ["ada lovelace"]) },
      message: "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    Refusal(
      name: "two session names", change: { $0.set("RoleSessionName", ["ada", "bob"]) },
      message: "RoleSessionName in AuthnResponse has more than one value"),
    Refusal(
      name: "a duration that is none", change: { $0.set("SessionDuration", ["60"]) },
      message: "SessionDuration in AuthnResponse must be from 900 to 43200"),
    Refusal(
      name: "longer than the role's maximum", parameters: ["DurationSeconds": 14401], code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    Refusal(
      name: "a user's session that is over", change: { $0.sessionNotOnOrAfter = SAMLWorld.time(0) },
      code: "ExpiredTokenException", message: "The user's session with the identity provider has ended"),
    Refusal(
      name: "a source identity that is none", change: { $0.set("SourceIdentity", ["aws:ada"]) },
      message: "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\""),
    Refusal(
      name: "a provider that does not exist",
      parameters: ["PrincipalArn": "arn:aws:iam::999999999999:saml-provider/Nothing"],
      message: "Specified provider doesn't exist"),
    Refusal(
      name: "no base64", parameters: ["SAMLAssertion": "&&&&"],
      message: "Invalid SAML response: the response is not base64"),
  ]

  @Test("is refused in AWS's words", arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    let world = try SAMLWorld()
    let response = try world.issuer.response(SAMLWorld.statement(refusal.change))
    let error = try world.anyone.refused(
      Self.operation, world.parameters(response, refusal.parameters), refusal.code, status: refusal.status)
    #expect(error.message == refusal.message)
  }

  @Test("an assertion of another provider is refused")
  func otherIssuer() throws {
    let world = try SAMLWorld()
    let forger = try SAMLIssuer(entityID: SAMLWorld.entity, from: .scenarioStart)
    let error = try world.anyone.refused(
      Self.operation, world.parameters(try forger.response(SAMLWorld.statement())), "InvalidIdentityToken", status: 400)
    #expect(error.message == "Response signature invalid")
    // With the same key and another name.
    try world.accounts.destination.call(
      "iam:CreateSAMLProvider",
      [
        "Name": "Renamed",
        "SAMLMetadataDocument": .string(
          world.issuer.metadata.replacing("entityID=\"\(SAMLWorld.entity)\"", with: "entityID=\"urn:other\"")),
      ])
    let renamed = "arn:aws:iam::999999999999:saml-provider/Renamed"
    let statement = SAMLWorld.statement { $0.set("Role", ["\(SAMLWorld.role),\(renamed)"]) }
    let unknown = try world.anyone.refused(
      Self.operation, world.parameters(try world.issuer.response(statement), ["PrincipalArn": .string(renamed)]),
      "InvalidIdentityToken")
    #expect(unknown.message == "Issuer not present in specified provider")
  }

  /// A condition in the trust policy that the statement meets.
  @Test(
    "conditions of a trust policy",
    arguments: [
      (#""saml:iss":"https://idp.example.com/saml""#, #""saml:iss":"https://idp.example.com""#),
      (#""saml:sub":"ada@example.com""#, #""saml:sub":"bob@example.com""#),
      (#""saml:sub_type":"persistent""#, #""saml:sub_type":"transient""#),
      (#""saml:namequalifier":"mTDNrZri66LdjiZorRyXYsk6h08=""#, #""saml:namequalifier":"""#),
      (#""saml:doc":"999999999999/Company""#, #""saml:doc":"111111111111/Company""#),
      (
        #""saml:aud":"https://eu-west-1.signin.aws.amazon.com/saml""#,
        #""saml:aud":"https://signin.aws.amazon.com/saml""#
      ),
      (#""sts:RoleSessionName":"ada""#, #""sts:RoleSessionName":"bob""#),
      (#""sts:SourceIdentity":"lovelace""#, #""sts:SourceIdentity":"ada""#),
      (#""aws:RequestTag/Team":"red""#, #""aws:RequestTag/Team":"blue""#),
      (#""saml:mail":"ada@example.com""#, #""saml:mail":"bob@example.com""#),
      (#""saml:eduPersonOrgDN":"dc=example""#, #""saml:eduPersonOrgDN":"dc=other""#),
      (#""saml:commonName":"Ada""#, #""saml:commonName":"Ada Lovelace""#),
      (#""saml:uid":"ada""#, #""saml:primaryGroupSID":"ada""#),
      // Of a list, one value without a set operator is none.
      (#""aws:TagKeys":"Team""#, #""saml:edupersonaffiliation":"staff""#),
    ])
  func condition(_ meets: String, _ fails: String) throws {
    let statement = SAMLWorld.statement { statement in
      statement.recipient = "https://eu-west-1.signin.aws.amazon.com/saml"
      statement.set("SourceIdentity", ["lovelace"])
      statement.set("PrincipalTag:Team", ["red"])
      statement.attributes += [
        ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", ["ada@example.com"]),
        ("urn:oid:1.3.6.1.4.1.5923.1.1.1.3", ["dc=example", "dc=other"]), ("2.5.4.3", ["Ada"]),
        ("http://schemas.xmlsoap.org/claims/CommonName", ["Ada Lovelace"]), ("0.9.2342.19200300.100.1.1", ["ada"]),
        ("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", ["staff", "faculty"]),
      ]
    }
    for (condition, isMet) in [(meets, true), (fails, false)] {
      let world = try SAMLWorld(condition: "{\"StringEquals\":{\(condition)}}")
      let parameters = world.parameters(try world.issuer.response(statement))
      if isMet {
        try world.anyone.call(Self.operation, parameters)
      } else {
        try world.anyone.refused(Self.operation, parameters, "AccessDenied", status: 403)
      }
    }
  }

  @Test(
    "a session is as long as it was asked for, but no longer than the user's with the provider",
    arguments: [
      (nil, nil, nil, 3600), (7200, nil, nil, 7200), (nil, "1800", nil, 1800), (7200, "1800", nil, 1800),
      (nil, "14400", nil, 3600), (7200, "14400", nil, 7200), (7200, "5400", 5000.0, 5000),
      (7200, nil, 5000.0, 5000), (nil, nil, 600.0, 600), (nil, nil, 90_000.0, 3600),
    ] as [(Int?, String?, TimeInterval?, TimeInterval)])
  func duration(_ asked: Int?, _ attribute: String?, _ end: TimeInterval?, _ expected: TimeInterval) throws {
    let world = try SAMLWorld()
    let statement = SAMLWorld.statement { statement in
      statement.sessionNotOnOrAfter = end.map(SAMLWorld.time)
      if let attribute { statement.set("SessionDuration", [attribute]) }
    }
    let reply = try world.anyone.call(
      Self.operation,
      world.parameters(try world.issuer.response(statement), ["DurationSeconds": asked.map(AWSValue.integer)]))
    #expect(reply["Credentials/Expiration"]?.timestamp == Date.scenarioStart.addingTimeInterval(expected))
  }

  @Test("the provider's lifecycle in IAM")
  func providers() throws {
    let world = try SAMLWorld()
    let admin = world.accounts.destination
    let arn: AWSValue = .string(SAMLWorld.provider)
    try admin.refused(
      "iam:CreateSAMLProvider", ["Name": "Company", "SAMLMetadataDocument": .string(world.issuer.metadata)],
      "EntityAlreadyExists", status: 409)
    let got = try admin.call("iam:GetSAMLProvider", ["SAMLProviderArn": arn])
    #expect(got["SAMLMetadataDocument"]?.string == world.issuer.metadata)
    #expect(try admin.call("iam:ListSAMLProviders")["SAMLProviderList/0/Arn"]?.string == SAMLWorld.provider)
    let successor = try SAMLIssuer(entityID: SAMLWorld.entity, from: .scenarioStart)
    try admin.call(
      "iam:UpdateSAMLProvider", ["SAMLProviderArn": arn, "SAMLMetadataDocument": .string(successor.metadata)])
    let statement = SAMLWorld.statement()
    try world.anyone.refused(
      Self.operation, world.parameters(try world.issuer.response(statement)), "InvalidIdentityToken")
    try world.anyone.call(Self.operation, world.parameters(try successor.response(statement)))
    let garbage = AWSValue.string(String(repeating: "<a/>", count: 300))
    try admin.refused(
      "iam:UpdateSAMLProvider", ["SAMLProviderArn": arn, "SAMLMetadataDocument": garbage], "InvalidInput", status: 400)
    try admin.call("iam:DeleteSAMLProvider", ["SAMLProviderArn": arn])
    try admin.refused("iam:GetSAMLProvider", ["SAMLProviderArn": arn], "NoSuchEntity", status: 404)
    try world.anyone.refused(
      Self.operation, world.parameters(try successor.response(statement)), "InvalidIdentityToken")
  }
}
