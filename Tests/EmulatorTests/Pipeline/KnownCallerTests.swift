import AWSAPI
import FoundationEssentials
import SigV4
import Testing

@testable import Emulator

// What follows from a key is worked out once for many requests: these change IAM between two requests of one key.
@Suite("A key's rights follow every change")
struct KnownCallerTests {
  struct Change: Sendable, CustomTestStringConvertible {
    var name: String
    var operation: String
    var parameters: AWSStructure
    /// What the key gets afterwards; `nil` where it may still list the users.
    var code: String?
    var testDescription: String { name }
  }

  static let document = TwoAccounts.statement("Allow", "iam:*")
  static let changes: [Change] = [
    Change(
      name: "the user's own policy goes", operation: "iam:DeleteUserPolicy",
      parameters: ["UserName": "Ada", "PolicyName": "inline"], code: "AccessDenied"),
    Change(
      name: "a denial is added", operation: "iam:PutUserPolicy",
      parameters: [
        "UserName": "Ada", "PolicyName": "no",
        "PolicyDocument": .string(TwoAccounts.statement("Deny", "iam:ListUsers")),
      ], code: "AccessDenied"),
    Change(
      name: "a group brings a denial", operation: "iam:AddUserToGroup",
      parameters: ["UserName": "Ada", "GroupName": "Denied"], code: "AccessDenied"),
    Change(
      name: "a boundary is drawn", operation: "iam:PutUserPermissionsBoundary",
      parameters: ["UserName": "Ada", "PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
      code: "AccessDenied"),
    Change(
      name: "somebody else changes", operation: "iam:CreateUser", parameters: ["UserName": "Eve"], code: nil),
    Change(
      name: "another right is added", operation: "iam:PutUserPolicy",
      parameters: ["UserName": "Ada", "PolicyName": "more", "PolicyDocument": .string(document)], code: nil),
  ]

  @Test("at once", arguments: changes)
  func follows(change: Change) throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.document)
    try accounts.originating.call("iam:CreateGroup", ["GroupName": "Denied"])
    try accounts.originating.call(
      "iam:PutGroupPolicy",
      ["GroupName": "Denied", "PolicyName": "no", "PolicyDocument": .string(TwoAccounts.statement("Deny", "*"))])
    for _ in 0..<2 { try ada.call("iam:ListUsers") }
    let before = accounts.emulator.snapshot
    try accounts.originating.call(change.operation, change.parameters)
    for _ in 0..<2 {
      if let code = change.code {
        try ada.refused("iam:ListUsers", [:], code, status: 403)
      } else {
        try ada.call("iam:ListUsers")
      }
    }
    // A state that is put back brings its rights back.
    try accounts.emulator.restore(before)
    try ada.call("iam:ListUsers")
  }

  @Test("a key that is switched off, or deleted, signs nothing any more")
  func keys() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", Self.document)
    let key = AWSValue.string(try #require(ada.credentials).accessKeyID)
    try ada.call("iam:ListUsers")
    try accounts.originating.call("iam:UpdateAccessKey", ["UserName": "Ada", "AccessKeyId": key, "Status": "Inactive"])
    try ada.refused("iam:ListUsers", [:], "InvalidClientTokenId", status: 403)
    try accounts.originating.call("iam:UpdateAccessKey", ["UserName": "Ada", "AccessKeyId": key, "Status": "Active"])
    try ada.call("iam:ListUsers")
    try accounts.originating.call("iam:DeleteAccessKey", ["UserName": "Ada", "AccessKeyId": key])
    try ada.refused("iam:ListUsers", [:], "InvalidClientTokenId", status: 403)
  }

  @Test("many keys, more than are remembered, each with its own rights")
  func many() throws {
    let accounts = try TwoAccounts()
    let clients = try (0..<300).map { number in
      try accounts.user("U\(number)", TwoAccounts.statement(number % 2 == 0 ? "Allow" : "Deny", "iam:ListUsers"))
    }
    for _ in 0..<2 {
      for (number, client) in clients.enumerated() {
        #expect(try client.send("iam:ListUsers").error?.code == (number % 2 == 0 ? nil : "AccessDenied"), "U\(number)")
      }
    }
  }
}
