import IAMPolicy
import Testing

@Suite("Bucket policies held against S3's rules")
struct BucketPolicyValidatorTests {
  private static func policy(_ elements: String) -> String {
    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\(elements)}]}"
  }

  private static func allow(_ action: String, on resource: String) -> String {
    policy("\"Principal\":\"*\",\"Action\":\(action),\"Resource\":\(resource)")
  }

  private static let fitting = allow(#""s3:GetObject""#, on: #""arn:aws:s3:::box/*""#)

  @Test(
    "what S3 refuses, in its words",
    arguments: [
      ("Statement", "Policies must be valid JSON and the first byte must be '{'"),
      ("{\"Version\":", "Policies must be valid JSON and the first byte must be '{'"),
      ("\n" + fitting, "Policies must be valid JSON and the first byte must be '{'"),
      (#"{"Version":"2012-10-17"}"#, "Missing required field Statement"),
      (#"{"Version":"2012-10-17","Statement":[]}"#, "Could not parse the policy: Statement is empty!"),
      (fitting.replacing("2012-10-17", with: "2012"), "The policy must contain a valid version string"),
      (fitting.replacing("Allow", with: "hello"), "Invalid effect: hello"),
      (policy(#""Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*""#), "Missing required field Principal"),
      (policy(#""Principal":"*","Resource":"arn:aws:s3:::box/*""#), "Missing required field Action"),
      (policy(#""Principal":"*","Action":"s3:GetObject""#), "Missing required field Resource"),
      (
        policy(#""Principal":{"AWS":[]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*""#),
        "Invalid principal in policy"
      ),
      (
        policy(#""Principal":{"AWS":"user"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*""#),
        "Invalid principal in policy"
      ),
      (
        policy(#""Principal":"*","Actions":"s3:GetObject","Resource":"arn:aws:s3:::box/*""#), "Unknown field Actions"
      ),
      (allow(#""iam:GetUser""#, on: #""arn:aws:s3:::box/*""#), "Policy has invalid action"),
      (allow(#""s3:ListObjects""#, on: #""arn:aws:s3:::box""#), "Policy has invalid action"),
      (allow(#""invalid_action""#, on: #""arn:aws:s3:::box""#), "Policy has invalid action"),
      (allow(#""s3:GetObject""#, on: #""arn:aws:s3:::other/*""#), "Policy has invalid resource"),
      (allow(#""s3:GetObject""#, on: #""arn:aws:s3:::boxes/*""#), "Policy has invalid resource"),
      (allow(#""s3:*""#, on: #""*""#), "Policy has invalid resource"),
      (
        allow(#""s3:PutObject""#, on: #""arn:aws:s3:::box""#), "Action does not apply to any resource(s) in statement"
      ),
      (
        allow(#""s3:ListBucket""#, on: #""arn:aws:s3:::box/*""#),
        "Action does not apply to any resource(s) in statement"
      ),
      // Every action must be on something, not only one of them.
      (
        allow(#"["s3:PutObject","s3:GetBucketAcl"]"#, on: #""arn:aws:s3:::box/*""#),
        "Action does not apply to any resource(s) in statement"
      ),
      (
        fitting.replacing("}]}", with: #","Condition":{"StringEqual":{"aws:x":"y"}}}]}"#),
        "Invalid Condition type : StringEqual"
      ),
      (
        fitting.replacing("}]}", with: #","Condition":{"IpAddress":{"aws:SourceIp":"nowhere"}}}]}"#),
        "Invalid policy syntax."
      ),
    ])
  func refused(_ text: String, _ message: String) throws {
    let error = try #require(throws: PolicyError.self) {
      try PolicyValidator(.bucket, bucketARN: "arn:aws:s3:::box").document(parsing: text.utf8)
    }
    let refusal = PolicyRefusal(error.fault, in: .bucket)
    #expect(refusal.code == "MalformedPolicy")
    #expect(refusal.message == message)
  }

  @Test(
    "what S3 takes",
    arguments: [
      fitting, allow(#""s3:*""#, on: #""arn:aws:s3:::box/*""#), allow(#""*""#, on: #""arn:aws:s3:::box""#),
      allow(#"["s3:GetObject","s3:ListBucket"]"#, on: #"["arn:aws:s3:::box","arn:aws:s3:::box/*"]"#),
      allow(#""s3:Get*""#, on: #""arn:aws:s3:::box*""#),
      allow(#""s3:GetObject""#, on: #""arn:aws:s3:::box/home/${aws:username}/*""#),
      policy(
        #""Sid":"a name with blanks","Principal":{"CanonicalUser":"79a5"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*""#
      ),
      policy(#""NotPrincipal":{"AWS":"111111111111"},"NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::box/*""#),
    ])
  func accepted(_ text: String) throws {
    _ = try PolicyValidator(.bucket, bucketARN: "arn:aws:s3:::box").document(parsing: text.utf8)
  }
}
