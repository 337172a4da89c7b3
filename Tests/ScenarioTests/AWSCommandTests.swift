import Scenario
import Testing

/// What is understood of a command before it is run.
@Suite("Commands of the AWS CLI") struct AWSCommandTests {
  private static func words(_ line: String) -> [String?] {
    line.split(separator: " ").map { $0 == "?" ? nil : String($0) }
  }

  private static func fault(_ line: String) -> String? {
    do throws(AWSCommand.Fault) {
      return try AWSCommand(words(line)).faults(profiles: ["David", "prod"]).first?.message
    } catch {
      return error.message
    }
  }

  @Test(
    "are taken where nothing speaks against them",
    arguments: [
      "aws s3 ls", "aws s3 ls s3://b/prefix/ --recursive --human-readable --summarize",
      "aws s3 cp a.txt s3://b/a.txt", "aws s3 cp folder/a.txt s3://b/", "aws s3 cp s3://b/a -",
      "aws s3 sync . s3://b --delete --exclude * --include *.txt", "aws s3 presign s3://b/k --expires-in 60",
      "aws iam create-role --role-name R --assume-role-policy-document file://trust.json",
      "aws iam create-user --user-name U --path /a/b/ --tags Key=a,Value=b", "aws iam create-user --user-name=-U",
      "aws iam list-users --path-prefix / --query Users[].UserName --output text --no-paginate",
      "aws iam create-virtual-mfa-device --virtual-mfa-device-name m --outfile QR.png --bootstrap-method QRCodePNG",
      "aws sts assume-role --role-arn ? --role-session-name s --profile prod",
      "aws sts get-caller-identity --profile=David",
      "aws s3api get-object --bucket b --key k out.txt", "aws s3api put-object --bucket b --key k --body data/file",
      "aws s3api put-bucket-versioning --bucket b --versioning-configuration Status=Enabled",
    ])
  func taken(line: String) { #expect(Self.fault(line) == nil) }

  @Test(
    "are refused where they would do something else",
    arguments: [
      ("", "a command is one of the AWS CLI: its first word is `aws`"),
      ("ls", "a command is one of the AWS CLI: its first word is `aws`"),
      ("aws s3", "a command names a service and what to do, as `aws s3 ls` does"),
      ("aws s3 ?", "a command names a service and what to do, as `aws s3 ls` does"),
      ("aws --debug s3 ls", "options stand behind the command's name, as in `aws s3 ls --debug`"),
      ("aws ec2 describe-instances", "`ec2` is no service that commands can be run of; there are iam, sts, s3api, s3"),
      ("aws configure set", "`configure` is no service that commands can be run of; there are iam, sts, s3api, s3"),
      ("aws s3 lss", "unknown command `s3 lss`"), ("aws s3 website s3://b", "unknown command `s3 website`"),
      ("aws iam creat-role", "unknown command `iam creat-role`"), ("aws iam wait", "unknown command `iam wait`"),
      ("aws s3 ls --endpoint-url http://x", "`--endpoint-url` may not be given: the target decides where requests go"),
      ("aws s3 ls --endpoint-url=http://x", "`--endpoint-url` may not be given: the target decides where requests go"),
      ("aws s3 ls --no-verify-ssl", "`--no-verify-ssl` may not be given: certificates are always verified"),
      ("aws s3 ls --debug", "`--debug` may not be given: it prints signatures and tokens"),
      ("aws s3 ls --endpoint x", "unknown option `--endpoint` of `s3 ls`"),
      ("aws iam create-user --user-nam U", "unknown option `--user-nam` of `iam create-user`"),
      ("aws s3 cp --sse-c-key fileb://k s3://b/k -", "unknown option `--sse-c-key` of `s3 cp`"),
      ("aws s3 ls -x", "`-x` is no option; a value that begins with a dash is written --option=-x"),
      ("aws sts get-caller-identity --profile other", "the step has no profile `other`"),
      ("aws sts get-caller-identity --profile=default", "the step has no profile `default`"),
    ])
  func refused(line: String, wanted: String) { #expect(Self.fault(line) == wanted) }

  @Test(
    "name no file outside of their folder",
    arguments: [
      "aws s3 cp /etc/passwd s3://b/", "aws s3 cp ../secret s3://b/", "aws s3 cp a/../../b s3://b/",
      "aws s3 cp s3://b/k ~/.bashrc", "aws s3 cp s3://b/k /tmp/x", "aws s3 sync s3://b /root",
      "aws s3 cp $HOME/x s3://b/",
      "aws iam create-user --user-name file:///etc/hostname", "aws iam create-user --user-name=file:///etc/hostname",
      "aws iam create-user --tags Key=a,Value@=file://../x", "aws iam create-user --cli-input-json file://~/x",
      "aws s3api put-object --bucket b --key k --body /etc/passwd",
      "aws s3api put-object --bucket b --key k --body=/etc/x",
      "aws s3api put-object --bucket b --key k --body fileb://$HOME/x",
      "aws s3api get-object --bucket b --key k /tmp/out", "aws s3api get-object --bucket b --key k ../out",
      "aws iam create-virtual-mfa-device --virtual-mfa-device-name m --outfile /tmp/x --bootstrap-method QRCodePNG",
      "aws iam create-virtual-mfa-device --virtual-mfa-device-name m --outfile=/tmp/x --bootstrap-method QRCodePNG",
    ])
  func confined(line: String) {
    #expect(Self.fault(line)?.hasPrefix("a command's files are in the folder that it runs in") == true)
  }

  @Test(
    "what they change is known",
    arguments: [
      ("aws s3 ls s3://b", .nothing), ("aws s3 presign s3://b/k", .nothing), ("aws s3 cp s3://b/k out", .nothing),
      ("aws s3 sync s3://b .", .nothing), ("aws s3 cp a s3://b/k", .objects(buckets: ["b"])),
      ("aws s3 cp --acl private a s3://b/k", .objects(buckets: ["b"])),
      ("aws s3 cp s3://a/k s3://b/k", .objects(buckets: ["b"])), ("aws s3 cp ? s3://b/k", .more),
      ("aws s3 cp s3://a/k ?", .more), ("aws s3 mv s3://a/k s3://b/k", .objects(buckets: ["a", "b"])),
      ("aws s3 rm s3://a --recursive", .objects(buckets: ["a"])), ("aws s3 rm ?", .more), ("aws s3 mb s3://a", .more),
      ("aws s3 rb s3://a --force", .more), ("aws s3 cp a b", .more),
      ("aws s3api get-object --bucket b --key k o", .nothing), ("aws s3api head-bucket --bucket b", .nothing),
      ("aws s3api put-object --bucket b --key k --body x", .objects(buckets: ["b"])),
      ("aws s3api put-object --bucket=b --key k", .objects(buckets: ["b"])),
      ("aws s3api put-object --bucket ? --key k", .more),
      ("aws s3api put-object --cli-input-json file://x", .more), ("aws s3api create-bucket --bucket b", .more),
      ("aws s3api put-bucket-policy --bucket b --policy x", .more), ("aws iam list-users", .nothing),
      ("aws iam create-user --user-name U", .more),
      ("aws sts assume-role --role-arn x --role-session-name y", .nothing),
    ] as [(String, AWSCommand.Effect)])
  func effects(line: String, wanted: AWSCommand.Effect) throws {
    #expect(try AWSCommand(Self.words(line)).effect == wanted)
  }

  @Test(
    "that hand out secrets are known by what they hand out",
    arguments: [
      ("aws iam create-access-key", ["SecretAccessKey"]), ("aws sts assume-role", ["SecretAccessKey", "SessionToken"]),
      ("aws iam create-virtual-mfa-device", ["Base32StringSeed", "QRCodePNG"]), ("aws iam list-users", []),
      ("aws s3 ls", []),
    ] as [(String, Set<String>)])
  func secrets(line: String, wanted: Set<String>) throws {
    #expect(try AWSCommand(Self.words(line)).secretMembers == wanted)
  }
}
