import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import Testing

@Suite("STS: sessions of users")
struct UserSessionTests {
  @Test("a session token does what the user may, but reaches IAM only with a second factor")
  func sessionToken() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let reply = try ada.call("sts:GetSessionToken")
    #expect(reply["Credentials/Expiration"]?.timestamp == accounts.emulator.clock.now.addingTimeInterval(43_200))
    let session = try ada.becoming(reply)
    try session.call("s3:ListBuckets")
    try session.refused("iam:ListUsers", [:], "InvalidClientTokenId", status: 403)
    for operation in ["sts:GetSessionToken", "sts:GetFederationToken"] {
      let parameters: AWSStructure = operation.hasSuffix("FederationToken") ? ["Name": "bob"] : [:]
      let error = try session.refused(operation, parameters, "AccessDenied", status: 403)
      #expect(error.message == "Cannot call \(operation.dropFirst(4)) with session credentials")
    }
  }

  @Test("a session token may assume a role, which is no chaining")
  func assuming() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let arn = try accounts.role("R", trusting: "111111111111")
    try accounts.destination.call("iam:UpdateRole", ["RoleName": "R", "MaxSessionDuration": 7200])
    try ada.becoming(try ada.call("sts:GetSessionToken")).call(
      "sts:AssumeRole", ["RoleArn": .string(arn), "RoleSessionName": "ada", "DurationSeconds": 7200])
  }

  @Test("a federated user has what its policy and its maker's have in common")
  func federation() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let plain = try ada.call("sts:GetFederationToken", ["Name": "bob"])
    #expect(plain["FederatedUser/Arn"]?.string == "arn:aws:sts::111111111111:federated-user/bob")
    #expect(plain["FederatedUser/FederatedUserId"]?.string == "111111111111:bob")
    #expect(plain["PackedPolicySize"] == nil)
    let none = try ada.becoming(plain)
    try none.call("sts:GetCallerIdentity")
    try none.refused("s3:ListBuckets", [:], "AccessDenied", status: 403)
    let some = try ada.becoming(
      try ada.call(
        "sts:GetFederationToken",
        ["Name": "bob", "Policy": .string(TwoAccounts.statement("Allow", "s3:*"))]))
    try some.call("s3:ListBuckets")
    try some.refused("iam:ListUsers", [:], "InvalidClientTokenId", status: 403)
  }

  @Test("the root user's session ends after an hour")
  func root() throws {
    let accounts = try TwoAccounts()
    let root = TestClient(
      emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    let reply = try root.call("sts:GetSessionToken", ["DurationSeconds": 7200])
    #expect(reply["Credentials/Expiration"]?.timestamp == accounts.emulator.clock.now.addingTimeInterval(3600))
    // "You cannot call any IAM API operations unless MFA authentication information is included in the request."
    let session = try root.becoming(reply)
    try session.call("s3:ListBuckets")
    try session.refused("iam:ListUsers", [:], "InvalidClientTokenId", status: 403)
  }

  @Test("a federated user has its maker's tags, and those of the session before them")
  func federatedTags() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    try accounts.originating.call(
      "iam:TagUser",
      ["UserName": "Ada", "Tags": [["Key": "team", "Value": "red"], ["Key": "floor", "Value": "3"]]])
    let policy =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*","Condition":"#
      + #"{"StringEquals":{"aws:PrincipalTag/team":"blue","aws:PrincipalTag/floor":"3"}}}}"#
    func session(_ tags: AWSValue) throws -> TestClient {
      try ada.becoming(
        try ada.call("sts:GetFederationToken", ["Name": "bob", "Policy": .string(policy), "Tags": tags]))
    }
    try session([["Key": "Team", "Value": "blue"]]).call("s3:ListBuckets")
    try session([]).refused("s3:ListBuckets", [:], "AccessDenied")
  }
}
