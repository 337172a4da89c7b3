import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import Testing

/// What is known of sessions, roles and refusals that only an account shows, not a decision alone: a case for every row,
/// under its words. The rows that a decision shows are in IAMPolicyTests, `Golden/facts.jsonl`.
@Suite("What is known of evaluation, row by row")
struct FactRowTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var check: @Sendable (TwoAccounts) throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (TwoAccounts) throws -> Void) {
      (testDescription, self.check) = (name, check)
    }
  }

  @Test("holds", arguments: sessions + chains + refusals)
  func holds(_ row: Row) throws { try row.check(try TwoAccounts()) }

  private static let all = TwoAccounts.statement("Allow", "*")
  private static let sessionPolicy = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"

  private static func assume(_ role: String, _ more: AWSStructure = [:]) -> AWSStructure {
    var parameters: AWSStructure = ["RoleArn": .string(role), "RoleSessionName": "session"]
    for member in more.members { parameters[member.name] = member.value }
    return parameters
  }

  static let sessions: [Row] = [
    Row("1.8 Session policies: one inline and ten managed, and no more") { accounts in
      let ada = try accounts.user("Ada", all)
      let arn = try accounts.role("R", trusting: "111111111111", all)
      func managed(_ count: Int) throws -> AWSValue {
        .list(
          try (0..<count).map { number in
            let name = "S\(number)"
            let reply = try accounts.destination.send(
              "iam:CreatePolicy",
              ["PolicyName": .string(name), "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:*"))])
            #expect(reply.error == nil || reply.error?.code == "EntityAlreadyExists")
            return ["arn": .string("arn:aws:iam::999999999999:policy/\(name)")]
          })
      }
      let inline = AWSValue.string(TwoAccounts.statement("Allow", "iam:ListUsers"))
      let session = try ada.becoming(
        ada.call("sts:AssumeRole", assume(arn, ["Policy": inline, "PolicyArns": managed(10)])))
      try session.call("s3:ListBuckets")
      try session.call("iam:ListUsers")
      try session.refused("iam:ListRoles", [:], "AccessDenied", status: 403)
      try ada.refused("sts:AssumeRole", assume(arn, ["PolicyArns": managed(11)]), "ValidationError", status: 400)
    },
    Row("1 Session limits: lifetimes of 15 minutes to 36 hours, 12 by default; the root user's one hour") { accounts in
      let ada = try accounts.user("Ada", all)
      let now = accounts.emulator.clock.now
      for (operation, name) in [("sts:GetSessionToken", nil), ("sts:GetFederationToken", "bob" as AWSValue?)] {
        func seconds(_ client: TestClient, _ duration: Int?) throws -> TimeInterval? {
          try client.call(operation, ["Name": name, "DurationSeconds": duration.map { .integer($0) }])[
            "Credentials/Expiration"]?.timestamp?.timeIntervalSince(now)
        }
        #expect(try seconds(ada, nil) == 43_200)
        #expect(try seconds(ada, 900) == 900)
        #expect(try seconds(ada, 129_600) == 129_600)
        for outside in [899, 129_601] {
          try ada.refused(
            operation, ["Name": name, "DurationSeconds": .integer(outside)], "ValidationError", status: 400)
        }
        let root = TestClient(
          emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
        #expect(try seconds(root, nil) == 3600)
      }
    },
    Row("1 Session limits: GetSessionToken's credentials reach IAM only with a second factor") { accounts in
      let ada = try accounts.user("Ada", all)
      let (serial, key) = try MFATests.device(accounts, of: "Ada")
      try ada.becoming(ada.call("sts:GetSessionToken")).refused("iam:ListUsers", [:], "InvalidClientTokenId")
      let code = AWSValue.string(MFATests.code(accounts, key))
      try ada.becoming(ada.call("sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": code]))
        .call("iam:ListUsers")
    },
    Row("1.2 RCPFullAWSAccess is attached by itself; the management account's resources are exempt") { _ in
      let rcp =
        #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"#
      let accounts = try TwoAccounts(
        organization: .init(
          managementAccount: TwoAccounts.originating,
          root: .init(
            accounts: [.init(id: TwoAccounts.originating)],
            units: [
              .init(
                name: "W",
                guardrails: .init(resourceControl: [.init(name: "D", document: rcp)]),
                accounts: [.init(id: TwoAccounts.destination)])
            ])))
      // Roles are resources too: nothing but the attached full access lets them be assumed.
      let arn = try accounts.role("R", trusting: "111111111111")
      try accounts.originating.call("sts:AssumeRole", assume(arn))
      try accounts.destination.refused("s3:CreateBucket", ["Bucket": "mine"], "AccessDenied", status: 403)
      try accounts.originating.call("s3:CreateBucket", ["Bucket": "yours"])
    },
  ]

  /// Roles of one account, so that the trust alone would be enough.
  private static func chain(_ accounts: TwoAccounts, identity: String) throws -> (TestClient, String) {
    let ada = try accounts.user("Ada", all)
    try accounts.destination.call(
      "iam:CreateRole",
      ["RoleName": "First", "AssumeRolePolicyDocument": .string(TwoAccounts.trust("111111111111"))])
    try accounts.destination.call(
      "iam:PutRolePolicy", ["RoleName": "First", "PolicyName": "p", "PolicyDocument": .string(identity)])
    let second = try accounts.role("Second", trusting: "arn:aws:iam::999999999999:role/First")
    let first = try ada.becoming(
      ada.call("sts:AssumeRole", assume("arn:aws:iam::999999999999:role/First", ["SourceIdentity": "ada"])))
    return (first, second)
  }

  static let chains: [Row] = [
    Row("1 AssumeRole: an inherited source identity needs sts:SetSourceIdentity on both sides") { accounts in
      let (first, second) = try chain(accounts, identity: TwoAccounts.statement("Allow", "sts:SetSourceIdentity"))
      let reply = try first.call("sts:AssumeRole", assume(second))
      #expect(reply["SourceIdentity"]?.string == "ada")
    },
    Row("1 AssumeRole: the trust that names the role is not enough for an inherited source identity") { accounts in
      let (first, second) = try chain(accounts, identity: TwoAccounts.statement("Allow", "s3:*"))
      let error = try first.refused("sts:AssumeRole", assume(second), "AccessDenied", status: 403)
      #expect(error.message.hasSuffix("sts:SetSourceIdentity on resource: \(second)"))
    },
    Row("1 AssumeRole: an inherited source identity cannot be changed") { accounts in
      let (first, second) = try chain(accounts, identity: all)
      try first.refused("sts:AssumeRole", assume(second, ["SourceIdentity": "bob"]), "AccessDenied", status: 403)
    },
  ]

  static let refusals: [Row] = [
    Row("3 S3: BlockPublicAcls says so") { _ in
      let lab = try BucketAccessTests.Lab(ownership: "BucketOwnerPreferred")
      let error = try lab.owner.refused(
        "s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "public-read"], "AccessDenied", status: 403)
      #expect(
        error.message.hasSuffix(
          "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access."))
    },
    Row("3 S3: IgnorePublicAcls refuses as if no resource-based policy allowed") { _ in
      let (lab, colleague) = try colleagues(ownership: "BucketOwnerPreferred")
      try lab.owner.call("s3:PutObjectAcl", ["Bucket": "box", "Key": "key", "ACL": "public-read"])
      try colleague.call("s3:GetObject", ["Bucket": "box", "Key": "key"])
      try lab.block("IgnorePublicAcls")
      let error = try colleague.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
      #expect(error.message.hasSuffix("because no resource-based policy allows the s3:GetObject action"))
    },
    Row("3 S3: RestrictPublicBuckets refuses as an explicit deny of a resource-based policy") { _ in
      let (lab, colleague) = try colleagues()
      try lab.put(BucketAccessTests.allow("\"*\"", "s3:GetObject"))
      try colleague.call("s3:GetObject", ["Bucket": "box", "Key": "key"])
      try lab.block("RestrictPublicBuckets")
      let error = try colleague.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
      #expect(error.message.hasSuffix("with an explicit deny in a resource-based policy"))
    },
    Row("3 STS: a wrong code of a second factor") { accounts in
      let ada = try accounts.user("Ada", all)
      let (serial, _) = try MFATests.device(accounts, of: "Ada")
      let error = try ada.refused(
        "sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": "000000"], "AccessDenied", status: 403)
      #expect(error.message.hasPrefix("MultiFactorAuthentication failed with invalid MFA one time pass code."))
    },
    Row("3 Query: the XML of a refusal, in each service's namespace") { accounts in
      let ada = try accounts.user("Ada")
      for (operation, parameters, namespace) in [
        ("iam:ListUsers", [:] as AWSStructure, "https://iam.amazonaws.com/doc/2010-05-08/"),
        (
          "sts:AssumeRole", assume("arn:aws:iam::999999999999:role/R"),
          "https://sts.amazonaws.com/doc/2011-06-15/"
        ),
      ] {
        let reply = try ada.send(operation, parameters)
        let text = String(decoding: try reply.response.body.collected(), as: UTF8.self)
          .replacing("\n", with: "").replacing("  ", with: "")
        #expect(text.hasPrefix(#"<ErrorResponse xmlns="\#(namespace)"><Error><Type>Sender</Type>"#), "\(text)")
        #expect(text.contains("<Code>AccessDenied</Code><Message>User: arn:aws:iam::111111111111:user/Ada is not"))
        #expect(text.contains("</Error><RequestId>") && text.hasSuffix("</RequestId></ErrorResponse>"))
      }
    },
    Row("3 S3: the XML of a refusal; HEAD's has no body") { accounts in
      let ada = try accounts.user("Ada")
      try accounts.originating.call("s3:CreateBucket", ["Bucket": "box"])
      let got = try ada.send("s3:ListObjectsV2", ["Bucket": "box"])
      let text = String(decoding: try got.response.body.collected(), as: UTF8.self)
      #expect(text.contains("<Error><Code>AccessDenied</Code><Message>User: "), "\(text)")
      #expect(text.contains("</Message><RequestId>") && text.contains("</RequestId><HostId>"))
      let head = try ada.send("s3:HeadBucket", ["Bucket": "box"])
      #expect(head.response.status == 403)
      #expect(try head.response.body.collected().isEmpty)
    },
  ]

  /// A bucket that blocks nothing, and a client of another account of the same organization, who is told reasons.
  private static func colleagues(ownership: String? = nil) throws -> (BucketAccessTests.Lab, TestClient) {
    let lab = try BucketAccessTests.Lab(
      ownership: ownership, blocked: false,
      organization: .init(
        managementAccount: "222222222222",
        root: .init(accounts: [.init(id: TwoAccounts.originating), .init(id: TwoAccounts.destination)])))
    return (lab, lab.stranger)
  }
}
