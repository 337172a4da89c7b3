import AWSAPI
import Emulator
import FoundationEssentials
import IAMPolicy
import SigV4
import Testing

/// What each kind of credentials may ask of STS, whatever its policies allow.
/// Sources: IAM User Guide, "Compare AWS STS credentials"; API reference, each operation.
@Suite("STS: what each kind of credentials may call")
struct SessionRuleTests {
  enum Kind: String, Sendable, CaseIterable {
    case user, root, sessionToken = "a session token", rootSessionToken = "the root user's session token"
    case roleSession = "a role's session", federatedUser = "a federated user"
  }

  private static let role = "arn:aws:iam::111111111111:role/Any"
  static let calls: [(operation: String, parameters: AWSStructure)] = [
    ("sts:GetCallerIdentity", [:]), ("sts:GetSessionToken", [:]), ("sts:GetFederationToken", ["Name": "bob"]),
    ("sts:AssumeRole", ["RoleArn": .string(role), "RoleSessionName": "next"]),
    // Any key of the account; the caller's own is put in its place.
    ("sts:GetAccessKeyInfo", [:]),
  ]

  /// The operations that are answered, of those above.
  static let allowed: [Kind: Set<String>] = [
    .user: ["GetCallerIdentity", "GetSessionToken", "GetFederationToken", "AssumeRole", "GetAccessKeyInfo"],
    .root: ["GetCallerIdentity", "GetSessionToken", "GetFederationToken", "GetAccessKeyInfo"],
    .sessionToken: ["GetCallerIdentity", "AssumeRole"],
    .rootSessionToken: ["GetCallerIdentity"],
    .roleSession: ["GetCallerIdentity", "AssumeRole", "GetAccessKeyInfo"],
    .federatedUser: ["GetCallerIdentity"],
  ]

  private func client(_ kind: Kind) throws -> TestClient {
    let accounts = try TwoAccounts()
    let all = TwoAccounts.statement("Allow", "*")
    let user = try accounts.user("Ada", all)
    try accounts.originating.call(
      "iam:CreateRole", ["RoleName": "Any", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111"))])
    try accounts.originating.call(
      "iam:PutRolePolicy", ["RoleName": "Any", "PolicyName": "all", "PolicyDocument": .string(all)])
    let root = TestClient(
      emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    switch kind {
    case .user: return user
    case .root: return root
    case .sessionToken: return try user.becoming(user.call("sts:GetSessionToken"))
    case .rootSessionToken: return try root.becoming(root.call("sts:GetSessionToken"))
    case .roleSession:
      return try user.becoming(
        user.call("sts:AssumeRole", ["RoleArn": .string(Self.role), "RoleSessionName": "first"]))
    case .federatedUser:
      return try user.becoming(user.call("sts:GetFederationToken", ["Name": "bob", "Policy": .string(all)]))
    }
  }

  @Test("the table", arguments: Kind.allCases)
  func table(_ kind: Kind) throws {
    let client = try client(kind)
    for (operation, given) in Self.calls {
      var parameters = given
      if operation == "sts:GetAccessKeyInfo" {
        parameters["AccessKeyId"] = .string(try #require(client.credentials?.accessKeyID))
      }
      let reply = try client.send(operation, parameters)
      let isAllowed = Self.allowed[kind]?.contains(String(operation.dropFirst(4))) ?? false
      #expect((reply.error == nil) == isAllowed, "\(operation): \(reply.error?.message ?? "allowed")")
      if !isAllowed { #expect(reply.error?.code == "AccessDenied") }
    }
  }

  @Test("no message that is decoded was ever made here")
  func messages() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:DecodeAuthorizationMessage"))
    try ada.refused(
      "sts:DecodeAuthorizationMessage", ["EncodedMessage": "Message"], "InvalidAuthorizationMessageException",
      status: 400)
    let bob = try accounts.user("Bob")
    try bob.refused("sts:DecodeAuthorizationMessage", ["EncodedMessage": "Message"], "AccessDenied", status: 403)
  }

  @Test("tokens for others are off, and there are none to trade in")
  func tokens() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:*"))
    try ada.refused(
      "sts:GetWebIdentityToken", ["Audience": ["https://example.com"], "SigningAlgorithm": "ES384"],
      "OutboundWebIdentityFederationDisabledException", status: 403)
    try ada.refused(
      "sts:GetDelegatedAccessToken", ["TradeInToken": "token"], "ExpiredTradeInTokenException", status: 400)
    // Tags of a token need their own permission.
    let eve = try accounts.user("Eve", TwoAccounts.statement("Allow", "sts:GetWebIdentityToken"))
    let error = try eve.refused(
      "sts:GetWebIdentityToken",
      ["Audience": ["https://example.com"], "SigningAlgorithm": "ES384", "Tags": [["Key": "a", "Value": "b"]]],
      "AccessDenied", status: 403)
    #expect(error.message.contains("sts:TagGetWebIdentityToken"))
    let bob = try accounts.user("Bob")
    try bob.refused("sts:GetDelegatedAccessToken", ["TradeInToken": "token"], "AccessDenied", status: 403)
  }

  @Test("tags of a federated user need their own permission")
  func federatedTags() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:GetFederationToken"))
    try ada.call("sts:GetFederationToken", ["Name": "bob"])
    let error = try ada.refused(
      "sts:GetFederationToken", ["Name": "bob", "Tags": [["Key": "a", "Value": "b"]]], "AccessDenied", status: 403)
    #expect(error.message.contains("sts:TagSession"))
  }
}

@Suite("STS: AssumeRoot")
struct AssumeRootTests {
  private static let task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"

  private func organization() throws -> TwoAccounts {
    try TwoAccounts(
      organization: .init(
        managementAccount: TwoAccounts.originating,
        root: .init(accounts: [.init(id: TwoAccounts.originating), .init(id: TwoAccounts.destination)])))
  }

  private func parameters(_ target: String = "999999999999", _ task: String = Self.task) -> AWSStructure {
    ["TargetPrincipal": .string(target), "TaskPolicyArn": ["arn": .string(task)]]
  }

  @Test("the management account acts as a member's root user, for its task alone and a quarter of an hour")
  func unlocking() throws {
    let accounts = try organization()
    try accounts.destination.call("s3:CreateBucket", ["Bucket": "locked"])
    try accounts.destination.call(
      "s3:PutBucketPolicy",
      [
        "Bucket": "locked",
        "Policy": #"""
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::locked"}}
        """#,
      ])
    try accounts.destination.refused("s3:DeleteBucketPolicy", ["Bucket": "locked"], "AccessDenied", status: 403)
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:AssumeRoot"))
    let reply = try ada.call("sts:AssumeRoot", parameters("arn:aws:iam::999999999999:root"))
    #expect(reply["Credentials/Expiration"]?.timestamp == Date.scenarioStart.addingTimeInterval(900))
    let root = try ada.becoming(reply)
    try root.send("s3:ListBuckets")
    #expect(accounts.emulator.decisions.last?.deciding?.request.context["aws:AssumedRoot"] == ["true"])
    #expect(try root.call("sts:GetCallerIdentity")["Arn"]?.string == "arn:aws:iam::999999999999:root")
    try root.refused("s3:ListObjectsV2", ["Bucket": "locked"], "AccessDenied", status: 403)
    try root.refused("s3:CreateBucket", ["Bucket": "another"], "AccessDenied", status: 403)
    try root.refused("iam:ListUsers", [:], "AccessDenied", status: 403)
    try root.call("s3:DeleteBucketPolicy", ["Bucket": "locked"])
    try accounts.destination.call("s3:ListObjectsV2", ["Bucket": "locked"])
  }

  @Test("nobody else, nowhere else, for nothing else")
  func refused() throws {
    let accounts = try organization()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "sts:AssumeRoot"))
    try ada.refused("sts:AssumeRoot", parameters("111111111111"), "AccessDenied", status: 403)
    try ada.refused("sts:AssumeRoot", parameters("222222222222"), "AccessDenied", status: 403)
    try ada.refused("sts:AssumeRoot", parameters("Destination!"), "ValidationError", status: 400)
    try ada.refused(
      "sts:AssumeRoot", parameters("999999999999", "arn:aws:iam::aws:policy/AdministratorAccess"), "ValidationError")
    try accounts.user("Bob").refused("sts:AssumeRoot", parameters(), "AccessDenied", status: 403)
    try accounts.destination.refused("sts:AssumeRoot", parameters("111111111111"), "AccessDenied", status: 403)
    let root = TestClient(
      emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    try root.refused("sts:AssumeRoot", parameters(), "AccessDenied", status: 403)
    try TwoAccounts().originating.refused("sts:AssumeRoot", parameters(), "AccessDenied", status: 403)
  }
}
