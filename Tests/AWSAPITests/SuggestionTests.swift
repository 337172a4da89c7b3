import AWSAPI
import Testing

@Suite("Did you mean")
struct SuggestionTests {
  @Test(
    "operations",
    arguments: [
      ("iam:CreatRole", "iam:CreateRole"), ("iam:createrole", "iam:CreateRole"), ("CreateRole", "iam:CreateRole"),
      ("iam:AssumeRole", "sts:AssumeRole"), ("aim:CreateRole", "iam:CreateRole"),
      ("s3:ListObjectV2", "s3:ListObjectsV2"),
      ("sts:GetCallerIdentiy", "sts:GetCallerIdentity"), ("iam:Fly", nil), ("", nil), (":", nil),
      ("ec2:RunInstances", nil),
    ])
  func operations(typed: String, meant: String?) {
    #expect(Catalogue.suggestion(forOperation: typed) == meant)
  }

  @Test(
    "parameters",
    arguments: [
      ("RoleNmae", "RoleName"), ("rolename", "RoleName"), ("RoleNames", "RoleName"), ("Tag", "Tags"), ("Name", nil),
      ("AssumeRolePolicyDocment", "AssumeRolePolicyDocument"), ("Colour", nil),
    ])
  func parameters(typed: String, meant: String?) throws {
    let operation = try #require(Catalogue.operation(named: "iam:CreateRole"))
    #expect(operation.suggestion(forParameter: typed) == meant)
  }

  @Test("the nearest wins, the first of equals")
  func nearest() {
    #expect(NearestName.of("tagx", among: ["tag", "tags", "tagsx"]) == "tag")
    #expect(NearestName.of("TAGS", among: ["tag", "tags"]) == "tags")
  }

  @Test("a word without end is nobody's typing error")
  func endless() {
    #expect(
      NearestName.of(String(repeating: "a", count: 100_000), among: [String(repeating: "a", count: 100_000)]) == nil)
  }
}
