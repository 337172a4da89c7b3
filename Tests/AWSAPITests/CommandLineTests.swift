import AWSAPI
import Testing

@Suite("A call as a command")
struct CommandLineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var operation: String
    var parameters: AWSStructure
    var expected: String
    var testDescription: String { expected }
  }

  @Test(
    "reads as its users would write it",
    arguments: [
      Case(
        operation: "iam:CreateRole",
        parameters: [
          "RoleName": "UpdateData", "AssumeRolePolicyDocument": #"{"Version":"2012-10-17"}"#,
          "Tags": [["Key": "team", "Value": "a"], ["Key": "env", "Value": "test"]], "MaxSessionDuration": 7200,
        ],
        expected:
          #"aws iam create-role --role-name UpdateData --assume-role-policy-document '{"Version":"2012-10-17"}' "#
          + "--tags Key=team,Value=a Key=env,Value=test --max-session-duration 7200"),
      Case(
        operation: "iam:TagRole", parameters: ["RoleName": "r", "Tags": [["Key": "k", "Value": "a, b"]]],
        expected: #"aws iam tag-role --role-name r --tags '[{"Key":"k","Value":"a, b"}]'"#),
      Case(
        operation: "iam:UntagRole", parameters: ["RoleName": "r", "TagKeys": ["a b", "c"]],
        expected: "aws iam untag-role --role-name r --tag-keys 'a b' c"),
      Case(
        operation: "iam:UntagRole", parameters: ["RoleName": "r", "TagKeys": ["-a"]],
        expected: #"aws iam untag-role --role-name r --tag-keys '["-a"]'"#),
      Case(
        operation: "iam:UntagRole", parameters: ["RoleName": "r", "TagKeys": []],
        expected: "aws iam untag-role --role-name r --tag-keys '[]'"),
      Case(
        operation: "iam:CreatePolicyVersion",
        parameters: ["PolicyArn": "arn:aws:iam::111111111111:policy/p", "PolicyDocument": "{}", "SetAsDefault": true],
        expected: "aws iam create-policy-version --policy-arn arn:aws:iam::111111111111:policy/p "
          + "--policy-document '{}' --set-as-default"),
      Case(
        operation: "iam:CreateLoginProfile",
        parameters: ["UserName": "David", "Password": "hunter2", "PasswordResetRequired": false],
        expected: "aws iam create-login-profile --user-name David --password '****' --no-password-reset-required"),
      Case(
        operation: "iam:CreateVirtualMFADevice", parameters: ["VirtualMFADeviceName": "phone"],
        expected: "aws iam create-virtual-mfa-device --virtual-mfa-device-name phone --outfile QRCode.png "
          + "--bootstrap-method QRCodePNG"),
      Case(
        operation: "sts:AssumeRole",
        parameters: [
          "RoleArn": "arn:aws:iam::999999999999:role/UpdateData", "RoleSessionName": "David-ProdUpdate",
          "ExternalId": "-x", "PolicyArns": [["arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"]],
        ],
        expected: "aws sts assume-role --role-arn arn:aws:iam::999999999999:role/UpdateData "
          + "--role-session-name David-ProdUpdate --external-id=-x "
          + "--policy-arns arn=arn:aws:iam::aws:policy/ReadOnlyAccess"),
      Case(
        operation: "s3:ListObjectsV2", parameters: ["Bucket": "b", "MaxKeys": 1, "Prefix": ""],
        expected: "aws s3api list-objects-v2 --bucket b --max-keys 1 --prefix ''"),
      Case(
        operation: "s3:PutObject",
        parameters: [
          "Bucket": "b", "Key": "q3/it's.txt", "Body": .bytes([1]), "ContentType": "text/plain",
          "Metadata": ["team": "a"], "ChecksumCRC32C": "x",
        ],
        expected: #"aws s3api put-object --bucket b --key "q3/it's.txt" --body "it's.txt" --content-type text/plain "#
          + "--metadata team=a --checksum-crc32-c x"),
      Case(
        operation: "s3:GetObject", parameters: ["Bucket": "b", "Key": "q3/summary.txt"],
        expected: "aws s3api get-object --bucket b --key q3/summary.txt summary.txt"),
      Case(
        operation: "s3:CreateBucket",
        parameters: ["Bucket": "b", "CreateBucketConfiguration": ["LocationConstraint": "eu-west-1"]],
        expected: "aws s3api create-bucket --bucket b --create-bucket-configuration LocationConstraint=eu-west-1"),
      Case(
        operation: "s3:DeleteObjects",
        parameters: ["Bucket": "b", "Delete": ["Objects": [["Key": "k"]], "Quiet": true]],
        expected: #"aws s3api delete-objects --bucket b --delete '{"Objects":[{"Key":"k"}],"Quiet":true}'"#),
    ])
  func commands(_ test: Case) throws {
    let operation = try #require(Catalogue.operation(named: test.operation))
    #expect(operation.commandLine(test.parameters).text == test.expected)
  }

  @Test("passwords are shown only where asked for")
  func secrets() throws {
    let operation = try #require(Catalogue.operation(named: "iam:CreateLoginProfile"))
    let shown = operation.commandLine(["UserName": "u", "Password": "hunter2"], showingSecrets: true)
    #expect(shown.arguments.last == "hunter2")
  }

  @Test("a long command has an option a line")
  func lines() throws {
    let operation = try #require(Catalogue.operation(named: "sts:AssumeRole"))
    let line = operation.commandLine([
      "RoleArn": "arn:aws:iam::1:role/R", "RoleSessionName": "David", "ExternalId": "a b",
    ])
    #expect(
      line.text(width: 40) == """
        aws sts assume-role \\
          --role-arn arn:aws:iam::1:role/R \\
          --role-session-name David \\
          --external-id 'a b'
        """)
    #expect(line.text(width: 400) == line.text)
  }

  @Test(
    "words are quoted where a shell would read more into them",
    arguments: [
      ("plain", "plain"), ("", "''"), ("a b", "'a b'"), ("$HOME", "'$HOME'"), ("it's", "\"it's\""),
      ("it's $5", #"'it'\''s $5'"#), ("'\u{301}\"", "''\\''\u{301}\"'"), ("~", "'~'"), ("=x", "'=x'"), ("a=b", "a=b"),
      ("*", "'*'"), ("a\nb", "'a\nb'"),
      ("a\u{1B}'\\", #"$'a\033\'\\'"#), ("ä", "'ä'"), ("#", "'#'"), ("!", "'!'"), ("a;b", "'a;b'"),
    ])
  func words(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}
