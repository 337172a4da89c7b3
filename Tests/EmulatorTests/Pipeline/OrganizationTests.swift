import AWSAPI
import Emulator
import HTTP
import IAMPolicy
import Testing

@Suite("An organization's guardrails")
struct OrganizationTests {
  private static func organization(
    scp: String? = nil, rcp: String? = nil, management: String = "222222222222"
  ) -> EmulatorConfiguration.Organization {
    let guardrails = EmulatorConfiguration.Guardrails(
      serviceControl: [.fullAccess] + (scp.map { [.init(name: "Guard", document: $0)] } ?? []),
      resourceControl: rcp.map { [.init(name: "Perimeter", document: $0)] } ?? [])
    return EmulatorConfiguration.Organization(
      managementAccount: management,
      root: .init(
        units: [
          .init(
            name: "Workloads", guardrails: guardrails,
            accounts: [.init(id: "111111111111"), .init(id: "999999999999")])
        ]))
  }

  @Test("a service control policy binds every principal of the account, its root user too")
  func serviceControl() throws {
    let scp = TwoAccounts.statement("Deny", "iam:CreateUser")
    let accounts = try TwoAccounts(organization: Self.organization(scp: scp))
    let error = try accounts.originating.refused("iam:CreateUser", ["UserName": "Ada"], "AccessDenied", status: 403)
    #expect(error.message.contains("with an explicit deny in a service control policy"))
    let root = TestClient(
      emulator: accounts.emulator, credentials: accounts.emulator.rootCredentials(of: "111111111111"))
    try root.refused("iam:CreateUser", ["UserName": "Ada"], "AccessDenied", status: 403)
    try root.call("iam:CreateGroup", ["GroupName": "G"])
  }

  @Test("the management account is not bound")
  func management() throws {
    let scp = TwoAccounts.statement("Deny", "iam:CreateUser")
    let accounts = try TwoAccounts(organization: Self.organization(scp: scp, management: "111111111111"))
    try accounts.originating.call("iam:CreateUser", ["UserName": "Ada"])
    try accounts.destination.refused("iam:CreateUser", ["UserName": "Ada"], "AccessDenied")
  }

  @Test("a level without an allow refuses")
  func missingAllow() throws {
    var organization = Self.organization()
    organization.root.units[0].accounts[0].guardrails.serviceControl = [
      .init(name: "OnlyS3", document: TwoAccounts.statement("Allow", "s3:*"))
    ]
    let accounts = try TwoAccounts(organization: organization)
    try accounts.originating.call("s3:ListBuckets")
    let error = try accounts.originating.refused("iam:ListUsers", [:], "AccessDenied")
    #expect(error.message.contains("because no service control policy allows the iam:ListUsers action"))
  }

  @Test("a resource control policy binds the account's resources, whoever asks")
  func resourceControl() throws {
    let rcp =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}"#
    let accounts = try TwoAccounts(organization: Self.organization(rcp: rcp))
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let arn = try accounts.role("R", trusting: "111111111111")
    try ada.refused("sts:AssumeRole", ["RoleArn": .string(arn), "RoleSessionName": "ada"], "AccessDenied", status: 403)
  }

  @Test("a resource control policy binds only the services that support them, and only actions with a resource")
  func unsupported() throws {
    let rcp = #"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#
    let accounts = try TwoAccounts(organization: Self.organization(rcp: rcp))
    try accounts.originating.call("iam:ListUsers")
    try accounts.originating.call("s3:ListBuckets")
    let error = try accounts.originating.refused("s3:CreateBucket", ["Bucket": "box"], "AccessDenied", status: 403)
    #expect(
      error.message.hasSuffix("with an explicit deny in a resource control policy: " + arn(of: "Perimeter", accounts)))
  }

  private func arn(of policy: String, _ accounts: TwoAccounts) -> String {
    let levels = accounts.emulator.snapshot.organization?.resourceControl(of: "111111111111") ?? []
    return levels.joined().first { $0.name == policy }?.arn ?? ""
  }

  @Test("conditions know the organization")
  func context() throws {
    let accounts = try TwoAccounts(organization: Self.organization())
    let id = try #require(accounts.emulator.snapshot.organization?.id)
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    for (name, value, isAllowed) in [("Mine", id, true), ("Other", "o-0000000000", false)] {
      try accounts.destination.call(
        "iam:CreateRole",
        [
          "RoleName": .string(name),
          "AssumeRolePolicyDocument": .string(
            TwoAccounts.trust("*", condition: #"{"StringEquals":{"aws:PrincipalOrgID":"\#(value)"}}"#)),
        ])
      let reply = try ada.send(
        "sts:AssumeRole",
        ["RoleArn": .string("arn:aws:iam::999999999999:role/\(name)"), "RoleSessionName": "ada"])
      #expect((reply.error == nil) == isAllowed)
    }
  }
}
