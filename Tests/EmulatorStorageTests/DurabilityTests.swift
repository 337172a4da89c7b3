import AWSAPI
import FoundationEssentials
import SQLite
import SigV4
import Testing

@testable import Emulator
@testable import EmulatorStorage

@Suite("A state that is kept")
struct DurabilityTests {
  static let trust = """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/ann"},\
    "Action":"sts:AssumeRole"}]}
    """
  static let readAll = #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#

  @Test("comes back with everything in it")
  func everything() throws {
    let scratch = try Scratch()
    let (rows, session) = try scratch.opened(identifiers: .seeded(4)) { emulator, _ in
      let client = try Client(emulator)
      try Self.fill(client)
      let session = try client.call(
        "sts:GetFederationToken", ["Name": "fed", "Policy": .string(Self.readAll)])
      try emulator.advanceClock(by: .seconds(90))
      return (try emulator.snapshot.changes(since: nil), session)
    }
    try scratch.opened(identifiers: .seeded(4)) { emulator, _ in
      let again = try emulator.snapshot.changes(since: nil)
      // The ids of requests go on elsewhere; all else is the same to the byte.
      #expect(Set(again.filter { $0.map != "" }) == Set(rows.filter { $0.map != "" }))
      #expect(emulator.clock.now == .scenarioStart.addingTimeInterval(90))

      var client = try Client(emulator)
      #expect(try client.get("box") == .pattern(100))
      let user = try client.call("iam:CreateUser", ["UserName": "later"])
      #expect(user["User"]?.structure?["UserId"] != nil)
      // The trust policy means the user it meant, and the session's credentials sign.
      try client.call("iam:DeleteUser", ["UserName": "ann"])
      let role = try client.call("iam:GetRole", ["RoleName": "reader"])
      let document = role["Role"]?.structure?["AssumeRolePolicyDocument"]?.string ?? ""
      #expect(document.contains("AIDA") && !document.contains("ann"), "\(document)")
      let credentials = try #require(session["Credentials"]?.structure)
      client.credentials = .init(
        accessKeyID: credentials["AccessKeyId"]?.string ?? "",
        secretAccessKey: .init(credentials["SecretAccessKey"]?.string ?? ""),
        sessionToken: .init(credentials["SessionToken"]?.string ?? ""))
      #expect(try client.get("box") == .pattern(100))
    }
  }

  /// Makes something of every kind.
  private static func fill(_ client: Client) throws {
    try client.call("iam:CreateUser", ["UserName": "ann", "Tags": [["Key": "a", "Value": "b"]]])
    try client.call("iam:CreateGroup", ["GroupName": "all"])
    try client.call("iam:AddUserToGroup", ["GroupName": "all", "UserName": "ann"])
    try client.call(
      "iam:PutUserPolicy", ["UserName": "ann", "PolicyName": "p", "PolicyDocument": .string(readAll)])
    try client.call("iam:CreateRole", ["RoleName": "reader", "AssumeRolePolicyDocument": .string(trust)])
    let policy = try client.call("iam:CreatePolicy", ["PolicyName": "m", "PolicyDocument": .string(readAll)])
    try client.call(
      "iam:AttachRolePolicy", ["RoleName": "reader", "PolicyArn": policy["Policy"]?.structure?["Arn"]])
    try client.call("iam:CreateVirtualMFADevice", ["VirtualMFADeviceName": "phone"])
    try client.call("iam:CreateInstanceProfile", ["InstanceProfileName": "machine"])
    try client.call("iam:CreateLoginProfile", ["UserName": "ann", "Password": "correct-Horse-7"])
    try client.call("iam:DeleteLoginProfile", ["UserName": "ann"])
    try client.call("iam:RemoveUserFromGroup", ["GroupName": "all", "UserName": "ann"])
    try client.call("iam:DeleteUserPolicy", ["UserName": "ann", "PolicyName": "p"])
    try client.call("iam:CreateAccountAlias", ["AccountAlias": "ours"])
    try client.call("s3:CreateBucket", ["Bucket": "box"])
    try client.call(
      "s3:PutBucketVersioning", ["Bucket": "box", "VersioningConfiguration": ["Status": "Enabled"]])
    for size in [1, 40_000, 100] { try client.put("box", .pattern(size)) }
    try client.put("a/b%c é\u{1}", .pattern(10))
    try client.call(
      "s3:PutBucketCors",
      [
        "Bucket": "box",
        "CORSConfiguration": ["CORSRules": [["AllowedMethods": ["GET"], "AllowedOrigins": ["https://a.example"]]]],
      ])
    try client.call(
      "s3:PutBucketPolicy",
      [
        "Bucket": "box",
        "Policy": .string(
          #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"#
            + #""Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*"}}"#),
      ])
    let begun = try client.call("s3:CreateMultipartUpload", ["Bucket": "box", "Key": "open"])
    try client.call(
      "s3:UploadPart",
      [
        "Bucket": "box", "Key": "open", "UploadId": begun["UploadId"], "PartNumber": 3,
        "Body": .bytes(.pattern(50_000)),
      ])
  }

  @Test("has rows that follow every change, however it is made")
  func differences() throws {
    var random = SystemRandomNumberGenerator()
    var map: SortedMap<Int, [String]> = [:]
    var rows: [String: [UInt8]] = [:]
    for _ in 0..<400 {
      let former = map
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        let key = Int.random(in: 0..<600, using: &random)
        if Bool.random(using: &random) {
          map[key] = ["\(Int.random(in: 0...3, using: &random))"]
        } else {
          map[key] = nil
        }
      }
      var changes: [StateRow] = []
      try map.addChanges(since: former, at: "m", to: &changes)
      for change in changes { rows[change.key] = change.value }
      var expected: [String: [UInt8]] = [:]
      for (key, value) in map { expected[String(key)] = try StateEncoder.encode(value).bytes }
      #expect(rows == expected)
    }
  }

  @Test("changes few rows where few things changed")
  func small() throws {
    let emulator = try Emulator(EmulatorConfiguration(accounts: [.init(id: Scratch.account)]))
    let client = try Client(emulator)
    try client.call("s3:CreateBucket", ["Bucket": "box"])
    for number in 0..<500 { try client.put("key\(number)", [1]) }
    let former = emulator.snapshot
    try client.put("key250", [2])
    let changes = try emulator.snapshot.changes(since: former)
    #expect(changes.map(\.map).sorted() == ["", "s3.buckets/box/objects"], "\(changes.map(\.map))")
  }

  @Test("gets the accounts that a later start names besides")
  func moreAccounts() throws {
    let scratch = try Scratch()
    let first = try scratch.opened { emulator, _ in emulator.administratorCredentials(of: Scratch.account) }
    try scratch.opened(accounts: [Scratch.account, "222222222222"]) { emulator, _ in
      #expect(emulator.administratorCredentials(of: Scratch.account)?.accessKeyID == first?.accessKeyID)
      try Client(emulator, account: "222222222222").call("iam:CreateUser", ["UserName": "new"])
    }
  }

  @Test("is refused where it cannot be used", arguments: ["in use", "newer", "older", "foreign", "no database", "cut"])
  func refusals(name: String) throws {
    let scratch = try Scratch()
    try scratch.opened { emulator, _ in
      let client = try Client(emulator)
      try client.call("s3:CreateBucket", ["Bucket": "box"])
      try client.put("large", .pattern(100_000))
    }
    let file = scratch.data + "/state.sqlite"
    let expected: String
    var other: EmulatorStorage?
    switch name {
    case "in use":
      other = try EmulatorStorage.folder(scratch.data)
      expected = "in use by another iamdrill (process "
    case "newer", "older":
      let version = name == "newer" ? EmulatorState.rowFormat + 1 : EmulatorState.rowFormat - 1
      try SQLiteConnection(path: file).execute("PRAGMA user_version = \(version)")
      expected = "was written by \(name == "newer" ? "a newer" : "an older") version of iamdrill"
    case "foreign":
      try SQLiteConnection(path: file).execute("PRAGMA application_id = 7")
      expected = "is not iamdrill's"
    case "no database":
      try? FileManager.default.removeItem(atPath: file + "-wal")
      try Data("something else that is long enough to be read as one".utf8).write(to: URL(filePath: file))
      expected = "is not iamdrill's"
    default:
      try Data([1]).write(to: URL(filePath: scratch.data + "/objects/\(scratch.objectFiles[0])"))
      expected = "are missing or cut"
    }
    let files = scratch.objectFiles
    let error = #expect(throws: StorageError.self) { try scratch.opened { _, _ in } }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    #expect(scratch.objectFiles == files, "nothing is removed of what cannot be read")
    _ = other
  }
}
