import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy
import SigV4
import Testing

@testable import Emulator

/// Every context key that the emulator fills, in the situations in which AWS's documentation has it and has it not.
@Suite("Context keys")
struct ContextKeyTests {
  enum Wanted: Sendable {
    case absent
    case exactly([String])
    case beginsWith(String)

    static func value(_ text: String) -> Wanted { .exactly([text]) }

    func isMet(by values: [String]?) -> Bool {
      switch self {
      case .absent: values == nil
      case .exactly(let wanted): values == wanted
      case .beginsWith(let prefix): values?.count == 1 && values?[0].hasPrefix(prefix) == true
      }
    }
  }

  static let rows: [(key: String, situation: String, wanted: Wanted)] = [
    // Of the principal
    ("aws:PrincipalArn", "user", .value("arn:aws:iam::111111111111:user/staff/Ada")),
    ("aws:PrincipalArn", "role session", .value("arn:aws:iam::999999999999:role/R")),
    ("aws:PrincipalArn", "federated user", .value("arn:aws:sts::111111111111:federated-user/Fay")),
    ("aws:PrincipalArn", "root", .value("arn:aws:iam::111111111111:root")),
    ("aws:PrincipalArn", "anonymous", .absent),
    ("aws:PrincipalAccount", "user", .value("111111111111")),
    ("aws:PrincipalAccount", "role session", .value("999999999999")),
    ("aws:PrincipalAccount", "anonymous", .value("anonymous")),
    ("aws:PrincipalType", "user", .value("User")),
    ("aws:PrincipalType", "role session", .value("AssumedRole")),
    ("aws:PrincipalType", "federated user", .value("FederatedUser")),
    ("aws:PrincipalType", "root", .value("Account")),
    ("aws:PrincipalType", "anonymous", .value("Anonymous")),
    ("aws:PrincipalOrgID", "user", .beginsWith("o-")),
    ("aws:PrincipalOrgID", "anonymous", .absent),
    ("aws:PrincipalOrgPaths", "user", .beginsWith("o-")),
    ("aws:PrincipalOrgPaths", "anonymous", .absent),
    ("aws:PrincipalTag/team", "user", .value("red")),
    ("aws:PrincipalTag/team", "role session", .value("green")),
    ("aws:PrincipalTag/floor", "role session", .value("3")),
    ("aws:PrincipalTag/team", "federated user", .value("red")),
    ("aws:PrincipalTag/floor", "federated user", .value("4")),
    ("aws:PrincipalTag/team", "root", .absent),
    ("aws:PrincipalIsAWSService", "user", .value("false")),
    ("aws:PrincipalServiceName", "user", .absent),
    ("aws:userid", "user", .beginsWith("AIDA")),
    ("aws:userid", "role session", .beginsWith("AROA")),
    ("aws:userid", "federated user", .value("111111111111:Fay")),
    ("aws:userid", "root", .value("111111111111")),
    ("aws:username", "user", .value("Ada")),
    ("aws:username", "session of a user", .value("Ada")),
    ("aws:username", "role session", .absent),
    ("aws:username", "federated user", .absent),
    ("aws:username", "root", .absent),
    ("aws:username", "anonymous", .absent),
    // Of the session
    ("aws:TokenIssueTime", "user", .absent),
    ("aws:TokenIssueTime", "role session", .value("2025-01-15T12:00:00Z")),
    ("aws:TokenIssueTime", "session of a user", .value("2025-01-15T12:00:00Z")),
    ("aws:MultiFactorAuthPresent", "user", .absent),
    ("aws:MultiFactorAuthPresent", "session of a user", .value("false")),
    ("aws:MultiFactorAuthPresent", "role session", .value("false")),
    ("aws:MultiFactorAuthPresent", "session with a second factor", .value("true")),
    ("aws:MultiFactorAuthAge", "user", .absent),
    ("aws:MultiFactorAuthAge", "session of a user", .absent),
    ("aws:MultiFactorAuthAge", "session with a second factor", .value("90")),
    ("aws:AssumedRoot", "user", .absent),
    ("aws:AssumedRoot", "root", .absent),
    ("aws:AssumedRoot", "role session", .absent),
    ("aws:SourceIdentity", "user", .absent),
    ("aws:SourceIdentity", "role session", .value("ada")),
    // Of the network and the moment
    ("aws:CurrentTime", "user", .value("2025-01-15T12:00:00Z")),
    ("aws:EpochTime", "user", .value("1736942400")),
    ("aws:SourceIp", "user", .value("127.0.0.1")),
    ("aws:SourceIp", "over TLS from elsewhere", .value("192.0.2.7")),
    ("aws:SecureTransport", "user", .value("false")),
    ("aws:SecureTransport", "over TLS from elsewhere", .value("true")),
    ("aws:UserAgent", "over TLS from elsewhere", .value("a-client/1.0")),
    ("aws:Referer", "user", .absent),
    ("aws:Referer", "over TLS from elsewhere", .value("https://example.com/page")),
    ("aws:RequestedRegion", "user", .value("us-east-1")),
    ("aws:ViaAWSService", "user", .value("false")),
    ("aws:CalledVia", "user", .absent),
    ("aws:SourceVpce", "user", .absent),
    // Of the resource
    ("aws:ResourceAccount", "user", .value("111111111111")),
    ("aws:ResourceAccount", "assuming", .value("999999999999")),
    ("aws:ResourceOrgID", "user", .beginsWith("o-")),
    ("aws:ResourceOrgPaths", "assuming", .beginsWith("o-")),
    ("aws:ResourceTag/team", "user", .value("blue")),
    ("iam:ResourceTag/team", "user", .value("blue")),
    ("aws:ResourceTag/team", "creating a user", .absent),
    ("aws:ResourceTag/team", "reading a policy", .value("blue")),
    ("iam:ResourceTag/team", "reading a policy", .absent),
    ("aws:ResourceTag/team", "reading a provider", .value("blue")),
    ("aws:ResourceTag/team", "deleting a device", .value("blue")),
    // Of the request
    ("aws:RequestTag/cost", "tagging", .value("1")),
    ("aws:TagKeys", "tagging", .exactly(["cost", "unit"])),
    ("aws:TagKeys", "untagging", .exactly(["cost"])),
    ("aws:TagKeys", "user", .absent),
    ("aws:RequestTag/cost", "untagging", .absent),
    // IAM's own
    ("iam:PolicyARN", "attaching a policy", .value("arn:aws:iam::aws:policy/ReadOnlyAccess")),
    ("iam:PolicyARN", "user", .absent),
    ("iam:PermissionsBoundary", "creating a user", .value("arn:aws:iam::aws:policy/PowerUserAccess")),
    ("iam:PermissionsBoundary", "user", .absent),
    ("iam:PermissionsBoundary", "giving a bounded user a policy", .value("arn:aws:iam::aws:policy/PowerUserAccess")),
    ("iam:PermissionsBoundary", "deleting a bounded user", .absent),
    ("iam:PassedToService", "passing a role", .value("ec2.amazonaws.com")),
    ("iam:AWSServiceName", "creating a service-linked role", .value("autoscaling.amazonaws.com")),
    // STS's own
    ("sts:ExternalId", "assuming", .value("4711")),
    ("sts:ExternalId", "assuming plainly", .absent),
    ("sts:RoleSessionName", "assuming", .value("session")),
    ("sts:SourceIdentity", "assuming", .value("ada")),
    ("sts:SourceIdentity", "assuming plainly", .absent),
    ("sts:TransitiveTagKeys", "assuming", .exactly(["team"])),
    ("sts:TransitiveTagKeys", "assuming plainly", .absent),
    ("aws:RequestTag/team", "chaining", .value("green")),
    ("aws:TagKeys", "chaining", .exactly(["team"])),
    ("sts:TransitiveTagKeys", "chaining", .exactly(["team"])),
    ("sts:SourceIdentity", "chaining", .value("ada")),
    ("sts:DurationSeconds", "assuming", .absent),
    ("sts:DurationSeconds", "asking for a token", .value("300")),
    ("sts:IdentityTokenAudience", "asking for a token", .exactly(["https://a.example", "https://b.example"])),
    ("sts:SigningAlgorithm", "asking for a token", .value("ES384")),
    ("aws:RequestTag/cost", "asking for a token", .value("1")),
    ("aws:RequestTag/team", "assuming", .value("green")),
    ("aws:TagKeys", "assuming", .exactly(["team"])),
    ("aws:ResourceTag/floor", "assuming", .value("3")),
    ("aws:MultiFactorAuthPresent", "assuming plainly", .absent),
    // S3's own
    ("s3:prefix", "listing", .value("home/")),
    ("s3:delimiter", "listing", .value("/")),
    ("s3:max-keys", "listing", .value("10")),
    ("s3:prefix", "reading", .absent),
    ("s3:ResourceAccount", "listing", .value("111111111111")),
    ("s3:signatureversion", "listing", .value("AWS4-HMAC-SHA256")),
    ("s3:signatureversion", "anonymous", .absent),
    ("s3:authType", "listing", .value("REST-HEADER")),
    ("s3:authType", "presigned", .value("REST-QUERY-STRING")),
    ("s3:signatureAge", "presigned", .value("30000")),
    ("s3:signatureAge", "listing", .absent),
    ("s3:x-amz-content-sha256", "listing", .beginsWith("")),
    ("s3:x-amz-acl", "writing", .value("private")),
    ("s3:x-amz-storage-class", "writing", .value("STANDARD_IA")),
    ("s3:x-amz-server-side-encryption", "writing", .value("AES256")),
    ("s3:RequestObjectTag/team", "writing", .value("red")),
    ("s3:RequestObjectTagKeys", "writing", .exactly(["team"])),
    ("s3:x-amz-acl", "reading", .absent),
    ("s3:ExistingObjectTag/team", "reading", .value("red")),
    ("s3:ExistingObjectTag/team", "writing", .absent),
    ("s3:VersionId", "reading a version", .value("null")),
    ("s3:VersionId", "reading", .absent),
    ("s3:x-amz-copy-source", "copying", .value("box/key")),
    ("s3:x-amz-metadata-directive", "copying", .value("REPLACE")),
    ("s3:LocationConstraint", "creating a bucket", .value("eu-west-1")),
    ("s3:if-none-match", "writing once", .value("*")),
    ("s3:if-none-match", "reading what is new", .absent),
    ("s3:ObjectCreationOperation", "writing once", .value("true")),
    ("s3:ObjectCreationOperation", "copying", .value("true")),
    ("s3:ObjectCreationOperation", "beginning an upload", .value("false")),
    ("s3:ObjectCreationOperation", "reading", .absent),
    ("s3:prefix", "listing uploads", .absent),
    ("s3:max-keys", "listing versions", .value("5")),
    ("s3:VersionId", "copying a version", .value("null")),
    ("s3:x-amz-metadata-directive", "copying a version", .absent),
    ("aws:RequestTag/team", "tagging a bucket", .absent),
  ]

  @Test("each is there when AWS has it, with AWS's value")
  func table() throws {
    let world = try World()
    for row in Self.rows {
      let context = try #require(world.contexts[row.situation], "there is no situation `\(row.situation)`")
      let values = context[row.key]
      #expect(row.wanted.isMet(by: values), "\(row.key), \(row.situation): \(values.map { "\($0)" } ?? "absent")")
    }
  }

  /// The situations, each with the context in which its permission was asked for.
  struct World {
    var contexts: [String: RequestContext] = [:]
    private let accounts: TwoAccounts

    init() throws {
      let organization = EmulatorConfiguration.Organization(
        managementAccount: "222222222222",
        root: .init(units: [.init(name: "W", accounts: [.init(id: "111111111111"), .init(id: "999999999999")])]))
      accounts = try TwoAccounts(organization: organization)
      try makeRoles()
      let ada = try makeAda()
      try callIAM(as: ada)
      try makeSessions(of: ada)
      try callS3(as: ada)
    }

    /// Sends a call, refused or not, and keeps the context of one of the permissions that it needed.
    @discardableResult
    private mutating func note(
      _ situation: String, _ client: TestClient, _ operation: String, _ parameters: AWSStructure = [:], check: Int = 0
    ) throws -> TestClient.Reply {
      let reply = try client.send(operation, parameters)
      try keep(situation, check: check)
      return reply
    }

    private mutating func keep(_ situation: String, check: Int = 0) throws {
      let checks = try #require(accounts.emulator.decisions.last?.checks)
      contexts[situation] = try #require(checks.indices.contains(check) ? checks[check].request.context : nil)
    }

    private func makeRoles() throws {
      try accounts.originating.call(
        "iam:CreateRole",
        [
          "RoleName": "Blue", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111")),
          "Tags": [["Key": "team", "Value": "blue"]],
        ])
      try accounts.destination.call(
        "iam:CreateRole",
        [
          "RoleName": "R", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111")),
          "Tags": [["Key": "team", "Value": "grey"], ["Key": "floor", "Value": "3"]],
        ])
    }

    private func makeAda() throws -> TestClient {
      try accounts.originating.call(
        "iam:CreateUser", ["UserName": "Ada", "Path": "/staff/", "Tags": [["Key": "team", "Value": "red"]]])
      try accounts.originating.call(
        "iam:PutUserPolicy",
        ["UserName": "Ada", "PolicyName": "all", "PolicyDocument": .string(TwoAccounts.statement("Allow", "*"))])
      return try accounts.originating.withKey(of: "Ada")
    }

    private mutating func callIAM(as ada: TestClient) throws {
      try note("user", ada, "iam:GetRole", ["RoleName": "Blue"])
      try note(
        "tagging", ada, "iam:TagRole",
        ["RoleName": "Blue", "Tags": [["Key": "cost", "Value": "1"], ["Key": "unit", "Value": "a"]]])
      try note("untagging", ada, "iam:UntagRole", ["RoleName": "Blue", "TagKeys": ["cost"]])
      try note(
        "attaching a policy", ada, "iam:AttachRolePolicy",
        ["RoleName": "Blue", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"])
      try note(
        "creating a user", ada, "iam:CreateUser",
        ["UserName": "New", "PermissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess"])
      try note(
        "giving a bounded user a policy", ada, "iam:AttachUserPolicy",
        ["UserName": "New", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"])
      try note("deleting a bounded user", ada, "iam:DeleteUser", ["UserName": "New"])
      try noteTagged(as: ada)
      try note(
        "creating a service-linked role", ada, "iam:CreateServiceLinkedRole",
        ["AWSServiceName": "autoscaling.amazonaws.com"])
      try ada.call("iam:CreateInstanceProfile", ["InstanceProfileName": "P"])
      try note(
        "passing a role", ada, "iam:AddRoleToInstanceProfile", ["InstanceProfileName": "P", "RoleName": "Blue"],
        check: 1)
      var request = try ada.request("iam:ListUsers")
      request = HTTPRequest(
        method: request.method, target: request.target, headers: request.headers, body: request.body,
        connection: .init(peerAddress: "192.0.2.7", isSecure: true))
      request.headers["User-Agent"] = "a-client/1.0"
      request.headers["Referer"] = "https://example.com/page"
      _ = accounts.emulator.handle(request)
      try keep("over TLS from elsewhere")
    }

    /// What is named by its ARN and has tags.
    private mutating func noteTagged(as ada: TestClient) throws {
      let tags: AWSValue = [["Key": "team", "Value": "blue"]]
      let policy = try ada.call(
        "iam:CreatePolicy",
        ["PolicyName": "P", "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:*")), "Tags": tags])
      try note(
        "reading a policy", ada, "iam:GetPolicy", ["PolicyArn": .string(try #require(policy["Policy/Arn"]?.string))])
      let provider = try ada.call(
        "iam:CreateOpenIDConnectProvider",
        ["Url": "https://token.ci.example.com", "ClientIDList": ["sts.amazonaws.com"], "Tags": tags])
      try note(
        "reading a provider", ada, "iam:GetOpenIDConnectProvider",
        ["OpenIDConnectProviderArn": .string(try #require(provider["OpenIDConnectProviderArn"]?.string))])
      let device = try ada.call("iam:CreateVirtualMFADevice", ["VirtualMFADeviceName": "phone", "Tags": tags])
      try note(
        "deleting a device", ada, "iam:DeleteVirtualMFADevice",
        ["SerialNumber": .string(try #require(device["VirtualMFADevice/SerialNumber"]?.string))])
    }

    private mutating func makeSessions(of ada: TestClient) throws {
      let role: AWSValue = "arn:aws:iam::999999999999:role/R"
      try note("assuming plainly", ada, "sts:AssumeRole", ["RoleArn": role, "RoleSessionName": "plain"])
      let reply = try note(
        "assuming", ada, "sts:AssumeRole",
        [
          "RoleArn": role, "RoleSessionName": "session", "ExternalId": "4711", "SourceIdentity": "ada",
          "DurationSeconds": 1800, "Tags": [["Key": "team", "Value": "green"]], "TransitiveTagKeys": ["team"],
        ])
      let session = try ada.becoming(reply)
      try note("role session", session, "s3:ListBuckets")
      try note("chaining", session, "sts:AssumeRole", ["RoleArn": role, "RoleSessionName": "next"])
      try note(
        "asking for a token", ada, "sts:GetWebIdentityToken",
        [
          "Audience": ["https://a.example", "https://b.example"], "SigningAlgorithm": "ES384",
          "Tags": [["Key": "cost", "Value": "1"]],
        ])
      try note("session of a user", try ada.becoming(try ada.call("sts:GetSessionToken")), "s3:ListBuckets")
      let federated = try ada.call(
        "sts:GetFederationToken",
        [
          "Name": "Fay", "Policy": .string(TwoAccounts.statement("Allow", "s3:*")),
          "Tags": [["Key": "floor", "Value": "4"]],
        ])
      try note("federated user", try ada.becoming(federated), "s3:ListBuckets")
      let root = TestClient(
        emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
      try note("root", root, "s3:ListBuckets")
    }

    private mutating func callS3(as ada: TestClient) throws {
      try ada.call("s3:CreateBucket", ["Bucket": "box"])
      try note(
        "creating a bucket", ada, "s3:CreateBucket",
        ["Bucket": "elsewhere", "CreateBucketConfiguration": ["LocationConstraint": "eu-west-1"]])
      try note(
        "writing", ada, "s3:PutObject",
        [
          "Bucket": "box", "Key": "key", "Body": .bytes(Array("x".utf8)), "ACL": "private", "Tagging": "team=red",
          "StorageClass": "STANDARD_IA", "ServerSideEncryption": "AES256",
        ])
      try ada.call("s3:PutObject", ["Bucket": "box", "Key": "key", "Tagging": "team=red"])
      try note("reading", ada, "s3:GetObject", ["Bucket": "box", "Key": "key"])
      try note("reading a version", ada, "s3:GetObject", ["Bucket": "box", "Key": "key", "VersionId": "null"])
      try note(
        "listing", ada, "s3:ListObjectsV2", ["Bucket": "box", "Prefix": "home/", "Delimiter": "/", "MaxKeys": 10])
      try note("reading what is new", ada, "s3:GetObject", ["Bucket": "box", "Key": "key", "IfNoneMatch": "\"0\""])
      try note("writing once", ada, "s3:PutObject", ["Bucket": "box", "Key": "new", "IfNoneMatch": "*"])
      try note("beginning an upload", ada, "s3:CreateMultipartUpload", ["Bucket": "box", "Key": "large"])
      try note("listing uploads", ada, "s3:ListMultipartUploads", ["Bucket": "box", "Prefix": "la"])
      try note("listing versions", ada, "s3:ListObjectVersions", ["Bucket": "box", "MaxKeys": 5])
      try note(
        "tagging a bucket", ada, "s3:PutBucketTagging",
        ["Bucket": "box", "Tagging": ["TagSet": [["Key": "team", "Value": "red"]]]])
      try noteCopy(as: ada)
      var nobody = ada
      nobody.credentials = nil
      try note("anonymous", nobody, "s3:GetObject", ["Bucket": "box", "Key": "key"])
      try notePresigned(as: ada)
      try noteSecondFactor(of: ada)
    }

    private mutating func noteCopy(as ada: TestClient) throws {
      try ada.send(
        "s3:CopyObject",
        ["Bucket": "box", "Key": "copy", "CopySource": "box/key", "MetadataDirective": "REPLACE"])
      let checks = try #require(accounts.emulator.decisions.last?.checks)
      contexts["copying"] = checks.first { $0.permission.action == "s3:PutObject" }?.request.context
      try ada.send(
        "s3:CopyObject",
        ["Bucket": "box", "Key": "copy", "CopySource": "box/key?versionId=null", "MetadataDirective": "REPLACE"])
      let reading = accounts.emulator.decisions.last?.checks.first { $0.permission.action == "s3:GetObjectVersion" }
      contexts["copying a version"] = reading?.request.context
    }

    private mutating func notePresigned(as ada: TestClient) throws {
      let signer = Signer(credentials: try #require(ada.credentials), region: "us-east-1", service: "s3")
      let request = HTTPRequest(method: "GET", target: "/box/key", headers: ["Host": "localhost"])
      let presigned = signer.presign(request, at: accounts.emulator.clock.now, expires: 60)
      accounts.emulator.clock.advance(by: .seconds(30))
      _ = accounts.emulator.handle(presigned)
      try keep("presigned")
    }

    private mutating func noteSecondFactor(of ada: TestClient) throws {
      let (serial, key) = try MFATests.device(accounts, of: "Ada")
      let code = AWSValue.string(MFATests.code(accounts, key))
      let session = try ada.becoming(
        try ada.call("sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": code]))
      accounts.emulator.clock.advance(by: .seconds(90))
      try note("session with a second factor", session, "s3:ListBuckets")
    }
  }
}
