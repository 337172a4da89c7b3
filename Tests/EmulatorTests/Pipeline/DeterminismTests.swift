import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import IAMPolicy
import SigV4
import Synchronization
import Testing

@Suite("The emulator as a whole")
struct DeterminismTests {
  /// A run of calls and all that came back, byte for byte.
  private func transcript(_ identifiers: EmulatorConfiguration.IdentifierSource) throws -> [String] {
    let accounts = try TwoAccounts(identifiers: identifiers)
    var lines: [String] = []
    func note(_ reply: TestClient.Reply) throws {
      let headers = reply.response.headers.fields.map { "\($0.name): \($0.value)" }
      lines.append(
        "\(reply.response.status) \(headers) \(String(decoding: try reply.response.body.collected(), as: UTF8.self))")
    }
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let role = try accounts.role("R", trusting: "111111111111", TwoAccounts.statement("Allow", "*"))
    for _ in 0..<3 {
      let reply = try ada.call("sts:AssumeRole", ["RoleArn": .string(role), "RoleSessionName": "ada"])
      try note(reply)
      try note(try ada.becoming(reply).call("s3:ListBuckets"))
    }
    try note(try ada.send("iam:GetRole", ["RoleName": "None"]))
    try note(try accounts.originating.call("iam:CreateAccessKey", ["UserName": "Ada"]))
    return lines
  }

  @Test("answers the same to the byte in every run with one seed, and otherwise with another")
  func determinism() throws {
    let first = try transcript(.seeded(7))
    #expect(try transcript(.seeded(7)) == first)
    #expect(try transcript(.seeded(8)) != first)
    #expect(try transcript(.random) != transcript(.random))
  }

  @Test("ids do not repeat", arguments: [EmulatorConfiguration.IdentifierSource.seeded(1), .random])
  func uniqueness(_ source: EmulatorConfiguration.IdentifierSource) {
    var generator = IdentifierGenerator(source)
    var seen: Set<String> = []
    for _ in 0..<2000 {
      var (query, s3) = (generator.requestWords(.request), generator.requestWords(.s3Request))
      #expect(seen.insert(query.requestID()).inserted)
      #expect(seen.insert(s3.s3RequestID().request).inserted)
      #expect(seen.insert(generator.uniqueID(EntityKind.user)).inserted)
      #expect(seen.insert(generator.secretAccessKey(.longTermKey)).inserted)
    }
  }

  @Test("every write that was answered is found, whoever else writes and reads")
  func concurrency() async throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    let (writers, each) = (8, 25)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          for number in 0..<each {
            let name: AWSValue = .string("user-\(writer)-\(number)")
            try client.call("iam:CreateUser", ["UserName": name])
            try client.call("iam:GetUser", ["UserName": name])
            try client.call("iam:TagUser", ["UserName": name, "Tags": [["Key": "n", "Value": .string("\(number)")]]])
            if number % 2 == 1 { try client.call("iam:DeleteUser", ["UserName": name]) }
          }
        }
        group.addTask {
          for _ in 0..<each { try client.call("iam:ListUsers", ["MaxItems": 1000]) }
        }
      }
      try await group.waitForAll()
    }
    let listed = try client.call("iam:ListUsers", ["MaxItems": 1000])
    let names = Set((listed["Users"]?.list ?? []).compactMap { $0.structure?["UserName"]?.string })
    #expect(names == Set((0..<writers).flatMap { w in stride(from: 0, to: each, by: 2).map { "user-\(w)-\($0)" } }))
  }

  @Test("a refusal is kept with what was asked and what decided")
  func decisionLog() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Deny", "iam:*"))
    let reply = try ada.send("iam:GetRole", ["RoleName": "R"])
    let id = try #require(reply.decoded.requestID)
    let record = try #require(accounts.emulator.decision(forRequestID: id))
    #expect(record.callerARN == "arn:aws:iam::111111111111:user/Ada")
    #expect(record.operation == "iam:GetRole" && record.account == "111111111111")
    #expect(record.deciding?.permission.resource == "arn:aws:iam::111111111111:role/R")
    #expect(record.decision?.effect == .explicitDeny)
    #expect(record.decision?.statements.first?.policyName == "inline")
    #expect(record.decision?.statements.first?.attachedTo == "user Ada")
    #expect(reply.error?.message.contains("on resource: role R with an explicit deny") == true)
    #expect(accounts.emulator.decisions.last?.requestID == id)
  }

  @Test("the log keeps the latest decisions and no more")
  func logCapacity() throws {
    var configuration = EmulatorConfiguration(accounts: [.init(id: "111111111111")])
    configuration.decisionLogCapacity = 3
    let emulator = try Emulator(configuration)
    let client = TestClient(
      emulator: emulator, credentials: emulator.administratorCredentials(of: "111111111111"))
    for name in ["a", "b", "c", "d", "e"] { try client.send("iam:GetUser", ["UserName": .string(name)]) }
    #expect(
      emulator.decisions.compactMap(\.deciding?.permission.resource)
        == ["c", "d", "e"].map {
          "arn:aws:iam::111111111111:user/\($0)"
        })
  }
}
