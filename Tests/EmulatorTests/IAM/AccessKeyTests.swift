import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import Testing

@Suite("IAM: access keys")
struct AccessKeyTests {
  @Test("two a user, switched off and on, and gone when deleted")
  func life() throws {
    let accounts = try TwoAccounts()
    let admin = accounts.originating
    let ada = try accounts.user("Ada")
    let id: AWSValue = .string(try #require(ada.credentials?.accessKeyID))
    #expect(id.string?.hasPrefix("AKIA") == true && id.string?.utf8.count == 20)
    _ = try admin.withKey(of: "Ada")
    let limit = try admin.refused("iam:CreateAccessKey", ["UserName": "Ada"], "LimitExceeded", status: 409)
    #expect(limit.message == "Cannot exceed quota for AccessKeysPerUser: 2")
    #expect(
      try admin.call("iam:ListAccessKeys", ["UserName": "Ada"])["AccessKeyMetadata"]?.list?.count == 2)
    try admin.call("iam:UpdateAccessKey", ["UserName": "Ada", "AccessKeyId": id, "Status": "Inactive"])
    try ada.refused("sts:GetCallerIdentity", [:], "InvalidClientTokenId", status: 403)
    try ada.refused("s3:ListBuckets", [:], "InvalidAccessKeyId", status: 403)
    try admin.call("iam:UpdateAccessKey", ["UserName": "Ada", "AccessKeyId": id, "Status": "Active"])
    try ada.call("sts:GetCallerIdentity")
    try admin.call("iam:DeleteAccessKey", ["UserName": "Ada", "AccessKeyId": id])
    try ada.refused("sts:GetCallerIdentity", [:], "InvalidClientTokenId", status: 403)
    let again = try admin.refused(
      "iam:DeleteAccessKey", ["UserName": "Ada", "AccessKeyId": id], "NoSuchEntity", status: 404)
    #expect(again.message == "The Access Key with id \(id.string ?? "") cannot be found.")
  }

  @Test("tell their account, and when and for what they were used last")
  func use() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let id: AWSStructure = ["AccessKeyId": .string(try #require(ada.credentials?.accessKeyID))]
    #expect(try accounts.destination.call("sts:GetAccessKeyInfo", id)["Account"]?.string == "111111111111")
    let unused = try accounts.originating.call("iam:GetAccessKeyLastUsed", id)
    #expect(unused["AccessKeyLastUsed/ServiceName"]?.string == "N/A")
    #expect(unused["AccessKeyLastUsed/LastUsedDate"] == nil)
    accounts.emulator.clock.advance(by: .seconds(90))
    try ada.call("s3:ListBuckets")
    let used = try accounts.originating.call("iam:GetAccessKeyLastUsed", id)
    #expect(used["AccessKeyLastUsed/ServiceName"]?.string == "s3")
    #expect(used["AccessKeyLastUsed/LastUsedDate"]?.timestamp == Date.scenarioStart.addingTimeInterval(90))
    #expect(used["UserName"]?.string == "Ada")
  }

  @Test("the account stands in the key id", arguments: ["000000000001", "111111111111", "999999999999"])
  func account(_ id: String) {
    var generator = IdentifierGenerator(.seeded(3))
    for _ in 0..<100 {
      let key = generator.accessKeyID(.longTermKey, account: id)
      #expect(AccessKeyID.account(of: key) == id)
    }
    #expect(AccessKeyID.account(of: "AKIAIOSFODNN7EXAMPLE") == nil)
    #expect(AccessKeyID.account(of: "nonsense") == nil)
  }
}
