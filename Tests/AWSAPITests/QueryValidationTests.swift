import AWSAPI
import Testing

@Suite("Validation by IAM and STS")
struct QueryValidationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var operation: String
    var parameters: AWSStructure
    /// `nil` where nothing is wrong.
    var message: String?
    var testDescription: String { name }
  }

  private static let trust = #"{"Version":"2012-10-17","Statement":[]}"#
  private static let arn = "arn:aws:iam::111111111111:role/UpdateData"

  @Test(
    "the message names every fault in AWS's words",
    arguments: [
      Case(
        name: "a role that is in order", operation: "iam:CreateRole",
        parameters: ["RoleName": "UpdateData", "AssumeRolePolicyDocument": .string(trust), "MaxSessionDuration": 43200]),
      Case(
        name: "a name too long, in IAM without the value", operation: "iam:CreateRole",
        parameters: [
          "RoleName": .string(String(repeating: "r", count: 65)), "AssumeRolePolicyDocument": .string(trust),
        ],
        message: "1 validation error detected: Value at 'roleName' failed to satisfy constraint: "
          + "Member must have length less than or equal to 64"),
      Case(
        name: "what is missing", operation: "iam:CreateRole", parameters: ["RoleName": "r"],
        message: "1 validation error detected: Value at 'assumeRolePolicyDocument' failed to satisfy constraint: "
          + "Member must not be null"),
      Case(
        name: "characters a name may not have", operation: "iam:CreateUser", parameters: ["UserName": "a/b"],
        message: "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the "
          + "following: +=,.@_-"),
      Case(
        name: "a path that does not end", operation: "iam:CreateUser", parameters: ["UserName": "u", "Path": "/a"],
        message: "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric "
          + "characters and/or / characters."),
      Case(
        name: "a tag's value", operation: "iam:TagUser",
        parameters: ["UserName": "u", "Tags": [["Key": "a", "Value": "ok"], ["Key": "b", "Value": "a*b"]]],
        message: "1 validation error detected: Value at 'tags.2.member.value' failed to satisfy constraint: "
          + #"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*"#),
      Case(
        name: "a tag without a value", operation: "iam:TagUser", parameters: ["UserName": "u", "Tags": [["Key": "a"]]],
        message: "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: "
          + "Member must not be null"),
      Case(
        name: "an element of a list of texts", operation: "iam:UntagUser",
        parameters: ["UserName": "u", "TagKeys": ["a", ""]],
        message: "2 validation errors detected: Value at 'tagKeys.2.member' failed to satisfy constraint: "
          + #"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+; "#
          + "Value at 'tagKeys.2.member' failed to satisfy constraint: "
          + "Member must have length greater than or equal to 1"),
      Case(
        name: "a value that is not in the set", operation: "iam:UpdateAccessKey",
        parameters: ["AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "On"],
        message: "1 validation error detected: Value at 'status' failed to satisfy constraint: "
          + "Member must satisfy enum value set"),
      Case(
        name: "an abbreviation at the start of a name", operation: "iam:CreateSAMLProvider",
        parameters: ["Name": "n"],
        message: "1 validation error detected: Value at 'sAMLMetadataDocument' failed to satisfy constraint: "
          + "Member must not be null"),
      Case(
        name: "STS repeats the value", operation: "sts:AssumeRole",
        parameters: ["RoleArn": .string(arn), "RoleSessionName": "Session1:2"],
        message: "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
          + #"Member must satisfy regular expression pattern: [\w+=,.@-]*"#),
      Case(
        name: "STS, missing", operation: "sts:AssumeRole", parameters: ["RoleArn": .string(arn)],
        message: "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: "
          + "Member must not be null"),
      Case(
        name: "a number below its range", operation: "sts:AssumeRole",
        parameters: ["RoleArn": .string(arn), "RoleSessionName": "s1", "DurationSeconds": 60],
        message: "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint: "
          + "Member must have value greater than or equal to 900"),
      Case(
        name: "a number above its range", operation: "sts:AssumeRole",
        parameters: ["RoleArn": .string(arn), "RoleSessionName": "s1", "DurationSeconds": 43201],
        message: "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: "
          + "Member must have value less than or equal to 43200"),
      Case(
        name: "pattern before length, each with the value", operation: "sts:AssumeRole",
        parameters: ["RoleArn": .string(arn), "RoleSessionName": "/"],
        message: "2 validation errors detected: Value '/' at 'roleSessionName' failed to satisfy constraint: "
          + #"Member must satisfy regular expression pattern: [\w+=,.@-]*; "#
          + "Value '/' at 'roleSessionName' failed to satisfy constraint: "
          + "Member must have length greater than or equal to 2"),
      Case(
        name: "length is counted in characters", operation: "iam:CreatePolicy",
        parameters: [
          "PolicyName": "p", "PolicyDocument": .string(trust),
          "Description": .string(String(repeating: "é", count: 1000)),
        ]),
      Case(
        name: "letters of any script in tags", operation: "iam:TagUser",
        parameters: ["UserName": "u", "Tags": [["Key": "所有者", "Value": "Ünal 42"]]]),
    ])
  func messages(_ test: Case) throws {
    let operation = try #require(Catalogue.operation(named: test.operation))
    var error: AWSError?
    do { try operation.validate(test.parameters) } catch let thrown { error = thrown }
    #expect(error?.message == test.message)
    if let error {
      #expect(error.code == "ValidationError")
      #expect(error.status == 400)
    }
  }
}
