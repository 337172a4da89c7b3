import AWSAPI
import Emulator
import Federation
import FoundationEssentials
import JSON
import Testing

/// A CI job's issuer, registered in Destination, with a role that trusts one branch of one repository.
struct WebIdentityWorld {
  static let url = "https://ci.example.com/oidc"
  static let provider = "arn:aws:iam::999999999999:oidc-provider/ci.example.com/oidc"
  static let subject = "repo:octo/app:ref:refs/heads/main"
  static let condition = """
    {"StringEquals":{"ci.example.com/oidc:aud":"sts.amazonaws.com","ci.example.com/oidc:sub":"\(subject)"}}
    """

  let issuer: TokenIssuer
  let accounts: TwoAccounts
  let role: String
  /// Nobody: the calls are not signed.
  let anyone: TestClient

  init(
    condition: String = Self.condition, actions: String = #"["sts:AssumeRoleWithWebIdentity"]"#, isKnown: Bool = true,
    isRegistered: Bool = true, algorithm: SignatureAlgorithm = .es256, url: String = Self.url
  ) throws {
    issuer = try TokenIssuer(algorithm)
    let keys = EmulatorConfiguration.Issuer(url: url, keys: try JSONWebKeySet(issuer.keySet))
    accounts = try TwoAccounts(issuers: isKnown ? [keys] : [])
    anyone = TestClient(emulator: accounts.emulator)
    if isRegistered {
      try accounts.destination.call(
        "iam:CreateOpenIDConnectProvider", ["Url": .string(url), "ClientIDList": ["sts.amazonaws.com", "other"]])
    }
    let provider = "arn:aws:iam::999999999999:oidc-provider/" + url.replacing("https://", with: "")
    let trust = """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"\(provider)"},\
      "Action":\(actions),"Condition":\(condition)}}
      """
    try accounts.destination.call(
      "iam:CreateRole", ["RoleName": "Deploy", "AssumeRolePolicyDocument": .string(trust), "MaxSessionDuration": 7200])
    try accounts.destination.call(
      "iam:PutRolePolicy",
      [
        "RoleName": "Deploy", "PolicyName": "p",
        "PolicyDocument": .string(
          TwoAccounts.statement("Allow", "s3:*", on: "arn:aws:s3:::${aws:PrincipalTag/Team}-box")),
      ])
    role = "arn:aws:iam::999999999999:role/Deploy"
  }

  var now: Int { Int(accounts.emulator.clock.now.timeIntervalSince1970) }

  /// The claims of a token that is right, with others in their place; `null` takes one away.
  func claims(_ others: [(String, JSONValue)] = []) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("iss", .string(Self.url)), ("sub", .string(Self.subject)), ("aud", "sts.amazonaws.com"),
      ("iat", .number(now)), ("nbf", .number(now)), ("exp", .number(now + 300)),
    ]
    for other in others {
      members.removeAll { $0.0 == other.0 }
      if case .null = other.1.kind { continue }
      members.append(other)
    }
    return .object(members.map { JSONMember(name: $0.0, value: $0.1) })
  }

  func parameters(_ claims: JSONValue, _ more: AWSStructure = [:]) throws -> AWSStructure {
    var parameters: AWSStructure = [
      "RoleArn": .string(role), "RoleSessionName": "build-17", "WebIdentityToken": .string(try issuer.token(claims)),
    ]
    for member in more.members { parameters[member.name] = member.value }
    return parameters
  }
}

@Suite("STS: AssumeRoleWithWebIdentity")
struct WebIdentityTests {
  static let operation = "sts:AssumeRoleWithWebIdentity"

  @Test("a token of the registered issuer assumes the role", arguments: SignatureAlgorithm.allCases)
  func accepted(algorithm: SignatureAlgorithm) throws {
    let world = try WebIdentityWorld(algorithm: algorithm)
    let reply = try world.anyone.call(Self.operation, try world.parameters(world.claims()))
    #expect(reply["SubjectFromWebIdentityToken"]?.string == WebIdentityWorld.subject)
    #expect(reply["Audience"]?.string == "sts.amazonaws.com")
    #expect(reply["Provider"]?.string == WebIdentityWorld.url)
    #expect(reply["AssumedRoleUser/Arn"]?.string == "arn:aws:sts::999999999999:assumed-role/Deploy/build-17")
    #expect(reply["PackedPolicySize"] == nil)
    let identity = try world.anyone.becoming(reply).call("sts:GetCallerIdentity")
    #expect(identity["Arn"]?.string == "arn:aws:sts::999999999999:assumed-role/Deploy/build-17")
  }

  /// A claim that differs from a token's that is right, and what it is answered with.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var name: String
    var claims: [(String, JSONValue)] = []
    var parameters: AWSStructure = [:]
    var code = "InvalidIdentityToken"
    var status = 400
    var message: String
    var testDescription: String { name }
  }

  private static let now = Int(Date.scenarioStart.timeIntervalSince1970)
  static let denied = "Not authorized to perform sts:AssumeRoleWithWebIdentity"

  static let refusals: [Refusal] = [
    Refusal(
      name: "another branch", claims: [("sub", "repo:octo/app:ref:refs/heads/attack")], code: "AccessDenied",
      status: 403, message: denied),
    Refusal(
      name: "another client that is registered", claims: [("aud", "other")], code: "AccessDenied", status: 403,
      message: denied),
    Refusal(
      name: "an audience that is not registered", claims: [("aud", "nobody")], message: "Incorrect token audience"),
    Refusal(
      name: "made for a party that is not registered", claims: [("azp", "nobody")], message: "Incorrect token audience"),
    Refusal(
      name: "a role that does not exist",
      parameters: ["RoleArn": "arn:aws:iam::999999999999:role/Nothing"], code: "AccessDenied", status: 403,
      message: denied),
    Refusal(
      name: "a role of an account that has not registered the issuer",
      parameters: ["RoleArn": "arn:aws:iam::111111111111:role/Deploy"],
      message: "No OpenIDConnect provider found in your account for https://ci.example.com/oidc"),
    Refusal(
      name: "ended this second", claims: [("exp", .number(now))], code: "ExpiredTokenException",
      message: "Token expired: current date/time \(now) must be before the expiration date/time \(now)"),
    Refusal(
      name: "made more than a day ago", claims: [("iat", .number(now - 86_401)), ("nbf", JSONValue(.null))],
      code: "ExpiredTokenException", message: "Token too old: 86401"),
    Refusal(name: "made in the future", claims: [("iat", .number(now + 301))], message: "The token is not valid yet"),
    Refusal(name: "not valid yet", claims: [("nbf", .number(now + 301))], message: "The token is not valid yet"),
    Refusal(name: "no issuer", claims: [("iss", JSONValue(.null))], message: "Missing a required claim: iss"),
    Refusal(name: "no subject", claims: [("sub", JSONValue(.null))], message: "Missing a required claim: sub"),
    Refusal(name: "no audience", claims: [("aud", JSONValue(.null))], message: "Missing a required claim: aud"),
    Refusal(name: "no end", claims: [("exp", JSONValue(.null))], message: "Missing a required claim: exp"),
    Refusal(name: "no beginning", claims: [("iat", JSONValue(.null))], message: "Missing a required claim: iat"),
    Refusal(
      name: "the issuer's name with a slash behind it", claims: [("iss", "https://ci.example.com/oidc/")],
      message: "No OpenIDConnect provider found in your account for https://ci.example.com/oidc/"),
    Refusal(
      name: "no token at all", parameters: ["WebIdentityToken": "access-token"],
      message: "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"),
    Refusal(
      name: "longer than the role's maximum", parameters: ["DurationSeconds": 7201], code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    Refusal(
      name: "a provider of OAuth 2.0", parameters: ["ProviderId": "www.amazon.com"],
      message: "The ProviderId parameter is not accepted with an OpenID Connect ID token"),
    Refusal(
      name: "tags that the trust policy does not allow",
      claims: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": ["a"]]])], code: "AccessDenied", status: 403,
      message: "Not authorized to perform sts:TagSession"),
    Refusal(
      name: "a source identity that the trust policy does not allow",
      claims: [("https://aws.amazon.com/source_identity", "octocat")], code: "AccessDenied", status: 403,
      message: "Not authorized to perform sts:SetSourceIdentity"),
    Refusal(
      name: "a source identity that is none", claims: [("https://aws.amazon.com/source_identity", "octo cat")],
      message: "The source identity of the token must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    Refusal(
      name: "a tag with two values",
      claims: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": ["a", "b"]]])],
      message: "The session tag Team of the token has not one value"),
    Refusal(
      name: "a tag in two spellings",
      claims: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": "a", "team": "b"]])],
      code: "InvalidParameterValue",
      message: "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    Refusal(
      name: "a transitive tag that is not there",
      claims: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": "a"], "transitive_tag_keys": ["Stage"]])],
      code: "InvalidParameterValue",
      message: "The specified transitive tag key must be included in the requested tags."),
  ]

  @Test("is refused in AWS's words", arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    let world = try WebIdentityWorld()
    let error = try world.anyone.refused(
      Self.operation, try world.parameters(world.claims(refusal.claims), refusal.parameters), refusal.code,
      status: refusal.status)
    #expect(error.message == refusal.message)
  }

  @Test("an issuer that is not registered, and one whose keys cannot be had")
  func providers() throws {
    let stranger = try WebIdentityWorld(isRegistered: false)
    let error = try stranger.anyone.refused(
      Self.operation, try stranger.parameters(stranger.claims()), "InvalidIdentityToken", status: 400)
    #expect(error.message == "No OpenIDConnect provider found in your account for https://ci.example.com/oidc")
    let unreachable = try WebIdentityWorld(isKnown: false)
    try unreachable.anyone.refused(
      Self.operation, try unreachable.parameters(unreachable.claims()), "IDPCommunicationError", status: 400)
  }

  @Test("a token that another key signed under the issuer's name is worth nothing, whoever signs the call")
  func forged() throws {
    let world = try WebIdentityWorld()
    var parameters = try world.parameters(world.claims())
    parameters["WebIdentityToken"] = .string(try TokenIssuer(.es256).token(world.claims()))
    for client in [world.anyone, world.accounts.destination] {
      let error = try client.refused(Self.operation, parameters, "InvalidIdentityToken", status: 400)
      #expect(error.message.contains("could not be validated"))
    }
    parameters["WebIdentityToken"] = .string(try TokenIssuer(.es256, keyID: "2").token(world.claims()))
    let error = try world.anyone.refused(Self.operation, parameters, "InvalidIdentityToken", status: 400)
    #expect(error.message.hasPrefix("Couldn't retrieve verification key"))
  }

  @Test("a signature of the caller's neither helps nor hinders")
  func signed() throws {
    let world = try WebIdentityWorld()
    let wrong = try world.parameters(world.claims([("sub", "somebody")]))
    try world.accounts.destination.refused(Self.operation, wrong, "AccessDenied", status: 403)
    try world.accounts.destination.call(Self.operation, try world.parameters(world.claims()))
  }

  @Test("taking the client's id away, or the provider, ends it")
  func withdrawn() throws {
    let world = try WebIdentityWorld()
    let parameters = try world.parameters(world.claims())
    let arn: AWSValue = .string(WebIdentityWorld.provider)
    try world.anyone.call(Self.operation, parameters)
    try world.accounts.destination.call(
      "iam:RemoveClientIDFromOpenIDConnectProvider",
      ["OpenIDConnectProviderArn": arn, "ClientID": "sts.amazonaws.com"])
    try world.anyone.refused(Self.operation, parameters, "InvalidIdentityToken")
    try world.accounts.destination.call(
      "iam:AddClientIDToOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn, "ClientID": "sts.amazonaws.com"])
    try world.anyone.call(Self.operation, parameters)
    try world.accounts.destination.call("iam:DeleteOpenIDConnectProvider", ["OpenIDConnectProviderArn": arn])
    try world.anyone.refused(Self.operation, parameters, "InvalidIdentityToken")
  }

  /// A condition in the trust policy, the claims that meet it, and claims that do not.
  struct Condition: Sendable, CustomTestStringConvertible {
    var name: String
    var condition: String
    var meets: [(String, JSONValue)]
    var fails: [(String, JSONValue)]
    var testDescription: String { name }
  }

  static let conditions: [Condition] = [
    Condition(
      name: "aud", condition: #"{"StringEquals":{"ci.example.com/oidc:aud":"other"}}"#, meets: [("aud", "other")],
      fails: []),
    Condition(
      name: "aud of several is the first that is registered",
      condition: #"{"StringEquals":{"ci.example.com/oidc:aud":"other"}}"#, meets: [("aud", ["nobody", "other"])],
      fails: [("aud", ["sts.amazonaws.com", "other"])]),
    Condition(
      name: "azp takes the place of aud, which is then oaud",
      condition: #"""
        {"StringEquals":{"ci.example.com/oidc:aud":"other"},"ForAnyValue:StringEquals":{"ci.example.com/oidc:oaud":"third"}}
        """#, meets: [("azp", "other"), ("aud", "third")], fails: [("azp", "other"), ("aud", "fourth")]),
    Condition(
      name: "without azp, aud is oaud as well", condition: #"{"StringEquals":{"ci.example.com/oidc:oaud":"other"}}"#,
      meets: [("aud", "other")], fails: []),
    Condition(
      name: "sub with a pattern", condition: #"{"StringLike":{"CI.example.com/oidc:SUB":"repo:octo/*"}}"#,
      meets: [("sub", "repo:octo/other")], fails: [("sub", "repo:evil/octo")]),
    Condition(
      name: "amr is a list", condition: #"{"ForAnyValue:StringEquals":{"ci.example.com/oidc:amr":"mfa"}}"#,
      meets: [("amr", ["pwd", "mfa"])], fails: [("amr", ["pwd"])]),
    Condition(
      name: "amr that is not there", condition: #"{"Null":{"ci.example.com/oidc:amr":"true"}}"#, meets: [],
      fails: [("amr", "pwd")]),
    Condition(
      name: "sts:RoleSessionName", condition: #"{"StringLike":{"sts:RoleSessionName":"build-*"}}"#, meets: [],
      fails: []),
    Condition(
      name: "aws:RequestTag", condition: #"{"StringEquals":{"aws:RequestTag/Team":"a"}}"#,
      meets: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": ["a"]]])],
      fails: [("https://aws.amazon.com/tags/principal_tags/Team", "b")]),
    Condition(
      name: "sts:SourceIdentity", condition: #"{"StringEquals":{"sts:SourceIdentity":"octocat"}}"#,
      meets: [("https://aws.amazon.com/source_identity", "octocat")],
      fails: [("https://aws.amazon.com/source_identity", "somebody")]),
    Condition(
      name: "sts:TransitiveTagKeys", condition: #"{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"Team"}}"#,
      meets: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": ["a"]], "transitive_tag_keys": ["Team"]])],
      fails: [("https://aws.amazon.com/tags", ["principal_tags": ["Team": ["a"]]])]),
  ]

  @Test("conditions of a trust policy", arguments: conditions)
  func condition(_ test: Condition) throws {
    let all = #"["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"]"#
    let world = try WebIdentityWorld(condition: test.condition, actions: all)
    try world.anyone.call(Self.operation, try world.parameters(world.claims(test.meets)))
    guard !test.fails.isEmpty else { return }
    try world.anyone.refused(
      Self.operation, try world.parameters(world.claims(test.fails)), "AccessDenied", status: 403)
  }

  @Test("of GitHub's tokens the trust policy sees more claims, of others not")
  func gitHub() throws {
    let gitHub = "https://token.actions.githubusercontent.com"
    let claims: [(String, JSONValue)] = [
      ("repository_id", "74"), ("job_workflow_ref", "octo/ci/.github/workflows/deploy.yml@refs/heads/main"),
      ("run_id", "4711"),
    ]
    for (claim, value, isMet) in [
      ("repository_id", "74", true), ("repository_id", "75", false), ("job_workflow_ref", "octo/ci/*", true),
      // The token has it, and AWS does not look at it.
      ("run_id", "4711", false),
    ] {
      for url in [gitHub, WebIdentityWorld.url] {
        let name = url.dropFirst("https://".count)
        let condition = #"{"StringLike":{"\#(name):sub":"repo:octo/*","\#(name):\#(claim)":"\#(value)"}}"#
        let world = try WebIdentityWorld(condition: condition, url: url)
        let reply = try world.anyone.send(
          Self.operation, try world.parameters(world.claims([("iss", .string(url))] + claims)))
        #expect((reply.error == nil) == (isMet && url == gitHub), "\(url) \(claim) \(value)")
      }
    }
  }

  @Test("tags and the source identity of a token are the session's, and go on along the chain")
  func session() throws {
    let all = #"["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"]"#
    let world = try WebIdentityWorld(actions: all)
    for bucket in ["red-box", "blue-box"] {
      try world.accounts.destination.call("s3:CreateBucket", ["Bucket": .string(bucket)])
    }
    let tags: JSONValue = ["principal_tags": ["Team": ["red"], "Stage": ["test"]], "transitive_tag_keys": ["Team"]]
    let reply = try world.anyone.call(
      Self.operation,
      try world.parameters(
        world.claims([
          ("https://aws.amazon.com/tags", tags), ("https://aws.amazon.com/source_identity", "octocat"),
        ])))
    #expect(reply["SourceIdentity"]?.string == "octocat")
    #expect((reply["PackedPolicySize"]?.integer ?? 0) > 0)
    let session = try world.anyone.becoming(reply)
    try session.call("s3:ListObjectsV2", ["Bucket": "red-box"])
    try session.refused("s3:ListObjectsV2", ["Bucket": "blue-box"], "AccessDenied", status: 403)

    // From role to role: an hour at most, the transitive tag alone, the same source identity.
    try world.accounts.destination.call(
      "iam:PutRolePolicy",
      [
        "RoleName": "Deploy", "PolicyName": "chain",
        "PolicyDocument": #"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:*","Resource":"*"}}
        """#,
      ])
    let condition = #"""
      {"StringEquals":{"aws:PrincipalTag/Team":"red","sts:SourceIdentity":"octocat",
      "ci.example.com/oidc:sub":"\#(WebIdentityWorld.subject)","aws:FederatedProvider":"\#(WebIdentityWorld.provider)"}}
      """#
    try world.accounts.destination.call(
      "iam:CreateRole",
      ["RoleName": "Next", "AssumeRolePolicyDocument": .string(TwoAccounts.trust(world.role, condition: condition))])
    let next: AWSStructure = ["RoleArn": "arn:aws:iam::999999999999:role/Next", "RoleSessionName": "next"]
    let chained = try session.call("sts:AssumeRole", next)
    #expect(chained["SourceIdentity"]?.string == "octocat")
    var longer = next
    longer["DurationSeconds"] = 3601
    try session.refused("sts:AssumeRole", longer, "ValidationError", status: 400)
    var overridden = next
    overridden["Tags"] = [["Key": "TEAM", "Value": "blue"]]
    try session.refused("sts:AssumeRole", overridden, "InvalidParameterValue", status: 400)
  }
}
