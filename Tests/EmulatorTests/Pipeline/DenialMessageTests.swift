import AWSAPI
import Emulator
import HTTP
import Testing

/// Refusals in AWS's words, a row for each form that is known: by service, by layer, with and without a reason.
@Suite("Denial messages")
struct DenialMessageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var message: String
    /// Makes the refused call.
    var call: @Sendable (World) throws -> AWSError
    var testDescription: String { name }

    init(_ name: String, _ message: String, _ call: @escaping @Sendable (World) throws -> AWSError) {
      (self.name, self.message, self.call) = (name, message, call)
    }
  }

  private static let ada = "User: arn:aws:iam::111111111111:user/Ada is not authorized to perform: "

  static let rows: [Row] = [
    // IAM: the resource
    Row(
      "what is created is named by its ARN",
      ada
        + "iam:CreateUser on resource: arn:aws:iam::111111111111:user/Bob because no identity-based policy allows the "
        + "iam:CreateUser action"
    ) { try $0.ada.refused("iam:CreateUser", ["UserName": "Bob"], "AccessDenied", status: 403) },
    Row(
      "a role that is there by its name",
      ada + "iam:GetRole on resource: role R because no identity-based policy allows the iam:GetRole action"
    ) { try $0.ada.refused("iam:GetRole", ["RoleName": "R"], "AccessDenied", status: 403) },
    Row(
      "a user that is there by its name",
      ada + "iam:DeleteUser on resource: user Ada because no identity-based policy allows the iam:DeleteUser action"
    ) { try $0.ada.refused("iam:DeleteUser", ["UserName": "Ada"], "AccessDenied", status: 403) },
    Row(
      "a policy by its ARN",
      ada
        + "iam:DeletePolicy on resource: policy arn:aws:iam::111111111111:policy/P because no identity-based policy allows "
        + "the iam:DeletePolicy action"
    ) {
      try $0.ada.refused(
        "iam:DeletePolicy", ["PolicyArn": "arn:aws:iam::111111111111:policy/P"], "AccessDenied", status: 403)
    },
    Row(
      "a list by its path",
      ada + "iam:ListUsers on resource: arn:aws:iam::111111111111:user/ because no identity-based policy allows the "
        + "iam:ListUsers action"
    ) { try $0.ada.refused("iam:ListUsers", [:], "AccessDenied", status: 403) },
    Row(
      "a role that is passed by its ARN",
      ada + "iam:PassRole on resource: arn:aws:iam::111111111111:role/R because no identity-based policy allows the "
        + "iam:PassRole action"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "iam:AddRoleToInstanceProfile"))
      try world.admin.call("iam:CreateInstanceProfile", ["InstanceProfileName": "I"])
      return try world.ada.refused(
        "iam:AddRoleToInstanceProfile", ["InstanceProfileName": "I", "RoleName": "R"], "AccessDenied", status: 403)
    },
    // IAM: the layer
    Row(
      "an inline policy denies",
      ada + "iam:GetRole on resource: role R with an explicit deny in an identity-based policy"
    ) { world in
      try world.put(TwoAccounts.statement("Deny", "iam:GetRole"))
      return try world.ada.refused("iam:GetRole", ["RoleName": "R"], "AccessDenied", status: 403)
    },
    Row(
      "a managed policy denies, and is named",
      ada + "iam:GetRole on resource: role R with an explicit deny in an identity-based policy: "
        + "arn:aws:iam::111111111111:policy/D"
    ) { world in
      try world.attach(TwoAccounts.statement("Deny", "iam:GetRole"))
      return try world.ada.refused("iam:GetRole", ["RoleName": "R"], "AccessDenied", status: 403)
    },
    Row(
      "the boundary does not allow",
      ada + "iam:GetRole on resource: role R because no permissions boundary allows the iam:GetRole action"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "iam:*"))
      try world.bound(TwoAccounts.statement("Allow", "s3:*"))
      return try world.ada.refused("iam:GetRole", ["RoleName": "R"], "AccessDenied", status: 403)
    },
    Row(
      "the boundary denies, and is named",
      ada + "iam:GetRole on resource: role R with an explicit deny in a permissions boundary: "
        + "arn:aws:iam::111111111111:policy/B"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "iam:*"))
      try world.bound(TwoAccounts.statement("Deny", "iam:*"))
      return try world.ada.refused("iam:GetRole", ["RoleName": "R"], "AccessDenied", status: 403)
    },
    Row(
      "the session's policy does not allow",
      "User: arn:aws:sts::111111111111:assumed-role/R/session is not authorized to perform: iam:GetRole on resource: role R "
        + "because no session policy allows the iam:GetRole action"
    ) {
      try $0.session(TwoAccounts.statement("Allow", "s3:*")).refused("iam:GetRole", ["RoleName": "R"], "AccessDenied")
    },
    Row(
      "the session's policy denies",
      "User: arn:aws:sts::111111111111:assumed-role/R/session is not authorized to perform: iam:GetRole on resource: role R "
        + "with an explicit deny in a session policy"
    ) {
      try $0.session(TwoAccounts.statement("Deny", "iam:*")).refused("iam:GetRole", ["RoleName": "R"], "AccessDenied")
    },
    // STS
    Row(
      "assuming a role is refused without a reason",
      ada + "sts:AssumeRole on resource: arn:aws:iam::999999999999:role/Far"
    ) { try $0.assumeFar() },
    Row(
      "and with one where something denies",
      ada
        + "sts:AssumeRole on resource: arn:aws:iam::999999999999:role/Far with an explicit deny in an identity-based policy"
    ) { world in
      try world.put(TwoAccounts.statement("Deny", "sts:AssumeRole"))
      return try world.assumeFar()
    },
    Row(
      "a tag on the way is refused by its own action",
      ada + "sts:TagSession on resource: arn:aws:iam::999999999999:role/Far"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "sts:AssumeRole"))
      return try world.assumeFar(["Tags": [["Key": "a", "Value": "b"]]])
    },
    Row("root users assume no roles", "Roles may not be assumed by root accounts.") { world in
      try world.root.refused(
        "sts:AssumeRole", ["RoleArn": "arn:aws:iam::999999999999:role/Far", "RoleSessionName": "session"],
        "AccessDenied")
    },
    Row("sessions make no sessions", "Cannot call GetSessionToken with session credentials") { world in
      try world.session(TwoAccounts.statement("Allow", "*")).refused("sts:GetSessionToken", [:], "AccessDenied")
    },
    // S3
    Row(
      "S3 quotes the resource",
      ada
        + "s3:GetObject on resource: \"arn:aws:s3:::box/key\" because no identity-based policy allows the s3:GetObject action"
    ) { try $0.ada.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403) },
    Row(
      "and names none for all buckets",
      ada + "s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action"
    ) { try $0.ada.refused("s3:ListBuckets", [:], "AccessDenied", status: 403) },
    Row(
      "a missing key without the right to list",
      ada
        + "s3:ListBucket on resource: \"arn:aws:s3:::box\" because no identity-based policy allows the s3:ListBucket action"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "s3:GetObject"))
      return try world.ada.refused("s3:GetObject", ["Bucket": "box", "Key": "none"], "AccessDenied", status: 403)
    },
    Row(
      "the bucket's policy denies",
      ada + "s3:GetObject on resource: \"arn:aws:s3:::box/key\" with an explicit deny in a resource-based policy"
    ) { world in
      try world.put(TwoAccounts.statement("Allow", "s3:*"))
      try world.putBucketPolicy("Deny")
      return try world.ada.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
    },
    Row("another account learns nothing", "Access Denied") {
      try $0.stranger.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
    },
    Row("nor does who signed nothing", "Access Denied") { world in
      var nobody = world.ada
      nobody.credentials = nil
      return try nobody.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied", status: 403)
    },
    Row(
      "a public policy that the block prevents",
      "User: arn:aws:iam::111111111111:user/iamdrill-administrator is not authorized to perform: s3:PutBucketPolicy on "
        + "resource: \"arn:aws:s3:::box\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block "
        + "Public Access."
    ) { world in
      try world.admin.refused(
        "s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(World.bucketPolicy("Allow"))], "AccessDenied")
    },
  ]

  @Test("each is worded as AWS words it", arguments: rows)
  func worded(_ row: Row) throws {
    let error = try row.call(try World())
    #expect(error.message == row.message)
    #expect(error.status == 403)
  }

  @Test("guardrails are named with the ARN of what denies, and told across accounts of the organization")
  func guardrails() throws {
    let organization = EmulatorConfiguration.Organization(
      managementAccount: "222222222222",
      root: .init(units: [
        .init(
          name: "W",
          guardrails: .init(
            serviceControl: [
              .fullAccess, .init(name: "Guard", document: TwoAccounts.statement("Deny", "iam:CreateUser")),
            ],
            resourceControl: [
              .init(
                name: "Perimeter",
                document: #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","#
                  + #""Action":"s3:DeleteObject","Resource":"*"}}"#)
            ]),
          accounts: [.init(id: "111111111111"), .init(id: "999999999999")])
      ]))
    let world = try World(organization: organization)
    let scp = try world.admin.refused("iam:CreateUser", ["UserName": "Bob"], "AccessDenied")
    #expect(
      scp.message.contains(
        "with an explicit deny in a service control policy: arn:aws:organizations::222222222222:policy/o-"))
    let rcp = try world.admin.refused("s3:DeleteObject", ["Bucket": "box", "Key": "key"], "AccessDenied")
    #expect(
      rcp.message.contains(
        "with an explicit deny in a resource control policy: arn:aws:organizations::222222222222:policy/o-"))
    let colleague = try world.stranger.refused("s3:GetObject", ["Bucket": "box", "Key": "key"], "AccessDenied")
    #expect(
      colleague.message == "User: arn:aws:iam::999999999999:user/iamdrill-administrator is not authorized to perform: "
        + "s3:GetObject on resource: \"arn:aws:s3:::box/key\" because no resource-based policy allows the s3:GetObject action"
    )
  }

  /// A user without any right, a role, a bucket and another account.
  struct World: Sendable {
    let accounts: TwoAccounts
    let ada: TestClient

    init(organization: EmulatorConfiguration.Organization? = nil) throws {
      accounts = try TwoAccounts(organization: organization)
      let isGuarded = organization != nil
      // Guardrails bind the making of users too.
      ada = isGuarded ? accounts.originating : try accounts.user("Ada")
      try accounts.role("Far", trusting: "111111111111")
      let trust = AWSValue.string(TwoAccounts.trust("arn:aws:iam::111111111111:root"))
      try admin.call("iam:CreateRole", ["RoleName": "R", "AssumeRolePolicyDocument": trust])
      try admin.call(
        "iam:PutRolePolicy",
        ["RoleName": "R", "PolicyName": "all", "PolicyDocument": .string(TwoAccounts.statement("Allow", "*"))])
      try admin.call(
        "iam:CreatePolicy",
        ["PolicyName": "P", "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:ListBucket"))])
      try admin.call("s3:CreateBucket", ["Bucket": "box"])
      try admin.call("s3:PutObject", ["Bucket": "box", "Key": "key"])
      // Only the trust names the account; the role itself is far.
      let far = TwoAccounts.trust("111111111111").replacing(
        #"["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]"#, with: #""sts:AssumeRole""#)
      try accounts.destination.call(
        "iam:UpdateAssumeRolePolicy", ["RoleName": "Far", "PolicyDocument": .string(far)])
    }

    var admin: TestClient { accounts.originating }
    var stranger: TestClient { accounts.destination }
    var root: TestClient {
      TestClient(emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    }

    func put(_ policy: String) throws {
      try admin.call(
        "iam:PutUserPolicy", ["UserName": "Ada", "PolicyName": "inline", "PolicyDocument": .string(policy)])
    }

    func attach(_ policy: String) throws {
      try admin.call("iam:CreatePolicy", ["PolicyName": "D", "PolicyDocument": .string(policy)])
      try admin.call(
        "iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": "arn:aws:iam::111111111111:policy/D"])
    }

    func bound(_ policy: String) throws {
      try admin.call("iam:CreatePolicy", ["PolicyName": "B", "PolicyDocument": .string(policy)])
      try admin.call(
        "iam:PutUserPermissionsBoundary",
        ["UserName": "Ada", "PermissionsBoundary": "arn:aws:iam::111111111111:policy/B"])
    }

    func session(_ policy: String) throws -> TestClient {
      try admin.becoming(
        try admin.call(
          "sts:AssumeRole",
          [
            "RoleArn": "arn:aws:iam::111111111111:role/R", "RoleSessionName": "session", "Policy": .string(policy),
          ]))
    }

    func assumeFar(_ further: AWSStructure = [:]) throws -> AWSError {
      var call: AWSStructure = ["RoleArn": "arn:aws:iam::999999999999:role/Far", "RoleSessionName": "session"]
      for member in further.members { call[member.name] = member.value }
      return try ada.refused("sts:AssumeRole", call, "AccessDenied", status: 403)
    }

    static func bucketPolicy(_ effect: String) -> String {
      #"{"Version":"2012-10-17","Statement":{"Effect":"\#(effect)","Principal":"*","Action":"s3:GetObject","#
        + #""Resource":"arn:aws:s3:::box/*"}}"#
    }

    func putBucketPolicy(_ effect: String) throws {
      try admin.call("s3:PutBucketPolicy", ["Bucket": "box", "Policy": .string(Self.bucketPolicy(effect))])
    }
  }
}
