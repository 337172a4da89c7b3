import AWSAPI
import Emulator
import HTTP
import Testing

@Suite("IAM: users, groups and roles")
struct EntityTests {
  /// A kind of entity with what its operations are called.
  struct Kind: Sendable, CustomTestStringConvertible {
    var noun: String
    var prefix: String
    var list: String
    var isRole: Bool { noun == "Role" }
    var testDescription: String { noun }

    func parameters(_ name: String, path: String? = nil) -> AWSStructure {
      var parameters: AWSStructure = ["\(noun)Name": .string(name), "Path": path.map(AWSValue.string)]
      if isRole {
        parameters["AssumeRolePolicyDocument"] = .string(TwoAccounts.trust("arn:aws:iam::111111111111:root"))
      }
      return parameters
    }
  }

  static let kinds = [
    Kind(noun: "User", prefix: "AIDA", list: "Users"), Kind(noun: "Group", prefix: "AGPA", list: "Groups"),
    Kind(noun: "Role", prefix: "AROA", list: "Roles"),
  ]

  @Test("are made below a path, found, listed and deleted", arguments: kinds)
  func life(_ kind: Kind) throws {
    let client = try TwoAccounts().originating
    let made = try client.call("iam:Create\(kind.noun)", kind.parameters("Ada", path: "/eng/"))
    let lower = kind.noun.lowercased()
    #expect(made["\(kind.noun)/Arn"]?.string == "arn:aws:iam::111111111111:\(lower)/eng/Ada")
    #expect(made["\(kind.noun)/Path"]?.string == "/eng/")
    let id = try #require(made["\(kind.noun)/\(kind.noun)Id"]?.string)
    #expect(id.hasPrefix(kind.prefix) && id.utf8.count == 21)
    let found = try client.call("iam:Get\(kind.noun)", ["\(kind.noun)Name": "Ada"])
    #expect(found["\(kind.noun)/\(kind.noun)Id"]?.string == id)
    let listed = try client.call("iam:List\(kind.list)", ["PathPrefix": "/eng/"])
    #expect(listed["\(kind.list)"]?.list?.count == 1)
    #expect(try client.call("iam:List\(kind.list)", ["PathPrefix": "/ops/"])["\(kind.list)"]?.list?.isEmpty == true)
    try client.call("iam:Delete\(kind.noun)", ["\(kind.noun)Name": "Ada"])
    let gone = try client.refused("iam:Get\(kind.noun)", ["\(kind.noun)Name": "Ada"], "NoSuchEntity", status: 404)
    #expect(gone.message == "The \(lower) with name Ada cannot be found.")
  }

  @Test("have names that are unique without regard to case", arguments: kinds)
  func uniqueness(_ kind: Kind) throws {
    let client = try TwoAccounts().originating
    try client.call("iam:Create\(kind.noun)", kind.parameters("Ada"))
    let error = try client.refused(
      "iam:Create\(kind.noun)", kind.parameters("ADA", path: "/other/"), "EntityAlreadyExists", status: 409)
    #expect(error.message == "\(kind.noun) with name ADA already exists.")
  }

  @Test("belong to one account", arguments: kinds)
  func accounts(_ kind: Kind) throws {
    let accounts = try TwoAccounts()
    try accounts.originating.call("iam:Create\(kind.noun)", kind.parameters("Ada"))
    try accounts.destination.refused("iam:Get\(kind.noun)", ["\(kind.noun)Name": "Ada"], "NoSuchEntity")
    try accounts.destination.call("iam:Create\(kind.noun)", kind.parameters("Ada"))
  }

  @Test("are listed page by page, each once and in order", arguments: kinds, [1, 2, 3, 7, 100])
  func paging(_ kind: Kind, _ size: Int) throws {
    let client = try TwoAccounts().originating
    let names = (0..<7).map { "n\($0)" }
    for name in names.reversed() { try client.call("iam:Create\(kind.noun)", kind.parameters(name)) }
    var seen: [String] = []
    var marker: AWSValue?
    repeat {
      let page = try client.call("iam:List\(kind.list)", ["MaxItems": .integer(size), "Marker": marker])
      seen += (page["\(kind.list)"]?.list ?? []).compactMap { $0.structure?["\(kind.noun)Name"]?.string }
      marker = page["Marker"]
      #expect(page["IsTruncated"]?.boolean == (marker != nil))
    } while marker != nil
    #expect(seen == names)
  }

  @Test(
    "cannot be deleted while something hangs on them",
    arguments: [
      ("inline", "Cannot delete entity, must delete policies first."),
      ("attached", "Cannot delete entity, must detach all policies first."),
      ("group", "Cannot delete entity, must remove users from group first."),
      ("key", "Cannot delete entity, must delete access keys first."),
    ])
  func conflicts(_ test: (thing: String, message: String)) throws {
    let client = try TwoAccounts().originating
    try client.call("iam:CreateUser", ["UserName": "Ada"])
    switch test.thing {
    case "inline":
      try client.call(
        "iam:PutUserPolicy",
        ["UserName": "Ada", "PolicyName": "P", "PolicyDocument": .string(TwoAccounts.statement("Allow", "s3:*"))])
    case "attached":
      try client.call(
        "iam:AttachUserPolicy", ["UserName": "Ada", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"])
    case "group":
      try client.call("iam:CreateGroup", ["GroupName": "G"])
      try client.call("iam:AddUserToGroup", ["GroupName": "G", "UserName": "Ada"])
    default: try client.call("iam:CreateAccessKey", ["UserName": "Ada"])
    }
    let error = try client.refused("iam:DeleteUser", ["UserName": "Ada"], "DeleteConflict", status: 409)
    #expect(error.message == test.message)
  }

  @Test("keep id, keys and memberships when they are renamed")
  func renaming() throws {
    let client = try TwoAccounts().originating
    let made = try client.call("iam:CreateUser", ["UserName": "Ada"])
    try client.call("iam:CreateGroup", ["GroupName": "G"])
    try client.call("iam:AddUserToGroup", ["GroupName": "G", "UserName": "Ada"])
    let ada = try client.withKey(of: "Ada")
    try client.call("iam:UpdateUser", ["UserName": "Ada", "NewUserName": "Bea", "NewPath": "/x/"])
    try client.refused("iam:GetUser", ["UserName": "Ada"], "NoSuchEntity")
    let renamed = try client.call("iam:GetUser", ["UserName": "Bea"])
    #expect(renamed["User/UserId"]?.string == made["User/UserId"]?.string)
    #expect(renamed["User/Arn"]?.string == "arn:aws:iam::111111111111:user/x/Bea")
    #expect(try ada.call("sts:GetCallerIdentity")["Arn"]?.string == "arn:aws:iam::111111111111:user/x/Bea")
    #expect(try client.call("iam:GetGroup", ["GroupName": "G"])["Users/0/UserName"]?.string == "Bea")
    try client.call("iam:RemoveUserFromGroup", ["GroupName": "G", "UserName": "Bea"])
    #expect(try client.call("iam:GetGroup", ["GroupName": "G"])["Users"]?.list?.isEmpty == true)
  }

  @Test("show in answers what AWS shows and nothing else")
  func members() throws {
    let client = try TwoAccounts().originating
    func names(_ reply: TestClient.Reply, _ path: String) -> [String] {
      (reply[path]?.structure?.members.map(\.name) ?? []).sorted()
    }
    let basic = ["Arn", "CreateDate", "Path", "UserId", "UserName"]
    #expect(names(try client.call("iam:CreateUser", ["UserName": "Ada"]), "User") == basic)
    #expect(names(try client.call("iam:GetUser", ["UserName": "Ada"]), "User") == basic)
    let role = Self.kinds[2].parameters("R")
    let base = ["Arn", "AssumeRolePolicyDocument", "CreateDate"]
    let rest = ["Path", "RoleId"]
    #expect(names(try client.call("iam:CreateRole", role), "Role") == base + rest + ["RoleName"])
    #expect(
      names(try client.call("iam:GetRole", ["RoleName": "R"]), "Role")
        == base + ["MaxSessionDuration"] + rest + ["RoleLastUsed", "RoleName"])
    #expect(
      names(try client.call("iam:ListRoles"), "Roles/0") == base + ["MaxSessionDuration"] + rest + ["RoleName"])
  }

  @Test("GetUser without a name is the caller, for a session an error")
  func ownUser() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    #expect(try ada.call("iam:GetUser")["User/UserName"]?.string == "Ada")
    let arn = try accounts.role("R", trusting: "111111111111", TwoAccounts.statement("Allow", "*"))
    let session = try ada.becoming(
      try ada.call("sts:AssumeRole", ["RoleArn": .string(arn), "RoleSessionName": "ada"]))
    let error = try session.refused("iam:GetUser", [:], "ValidationError", status: 400)
    #expect(error.message == "Must specify userName when calling with non-User credentials")
  }

  @Test("the administrator of an account is a user that no list shows and nothing changes")
  func administrator() throws {
    let client = try TwoAccounts().originating
    #expect(
      try client.call("sts:GetCallerIdentity")["Arn"]?.string
        == "arn:aws:iam::111111111111:user/iamdrill-administrator")
    #expect(try client.call("iam:ListUsers")["Users"]?.list?.isEmpty == true)
    let admin: AWSValue = "iamdrill-administrator"
    try client.refused("iam:DeleteUser", ["UserName": admin], "UnmodifiableEntity", status: 400)
    try client.refused("iam:CreateAccessKey", ["UserName": admin], "UnmodifiableEntity")
    try client.refused(
      "iam:DetachUserPolicy",
      ["UserName": admin, "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"], "UnmodifiableEntity")
    let policy = try client.call("iam:GetPolicy", ["PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"])
    #expect(policy["Policy/AttachmentCount"]?.integer == 0)
  }

  @Test("tags differ by case on policies, not on users and roles, and are none of AWS's (\"Tags for … IAM resources\")")
  func tags() throws {
    let client = try TwoAccounts().originating
    let both: AWSValue = [["Key": "Team", "Value": "a"], ["Key": "team", "Value": "b"]]
    let document = AWSValue.string(TwoAccounts.statement("Allow", "s3:*"))
    let policy = try client.call("iam:CreatePolicy", ["PolicyName": "P", "PolicyDocument": document, "Tags": both])
    #expect(policy["Policy/Tags"]?.list?.count == 2)
    let error = try client.refused("iam:CreateUser", ["UserName": "Ada", "Tags": both], "InvalidInput", status: 400)
    #expect(error.message == "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
    for (key, value) in [("aws:team", "a"), ("AWS:team", "a"), ("team", "aws:a")] {
      let tags: AWSValue = [["Key": .string(key), "Value": .string(value)]]
      try client.refused("iam:CreateUser", ["UserName": "Ada", "Tags": tags], "InvalidInput", status: 400)
    }
  }
}
