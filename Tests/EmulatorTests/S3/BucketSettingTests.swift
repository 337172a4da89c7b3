import AWSAPI
import HTTP
import Testing

@testable import Emulator

@Suite("S3: settings of buckets")
struct BucketSettingTests {
  static func lab() throws -> TestClient {
    let client = try TwoAccounts().originating
    try client.call("s3:CreateBucket", ["Bucket": "box"])
    return client
  }

  static let missing: [(operation: String, code: String, message: String)] = [
    ("GetBucketPolicy", "NoSuchBucketPolicy", "The bucket policy does not exist"),
    ("GetBucketPolicyStatus", "NoSuchBucketPolicy", "The bucket policy does not exist"),
    ("GetBucketCors", "NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    ("GetBucketTagging", "NoSuchTagSet", "The TagSet does not exist"),
    ("GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
    ("GetBucketWebsite", "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
    ("GetBucketReplication", "ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
    (
      "GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket"
    ),
  ]

  @Test("that are not there are 404, each with its code", arguments: missing.indices)
  func absent(index: Int) throws {
    let test = Self.missing[index]
    let error = try Self.lab().refused("s3:\(test.operation)", ["Bucket": "box"], test.code, status: 404)
    #expect(error.message == test.message)
    #expect(error.fields == [AWSError.Field(name: "BucketName", value: "box")])
  }

  @Test("that are not there are empty where S3 has it so")
  func empty() throws {
    let client = try Self.lab()
    #expect(try client.call("s3:GetBucketVersioning", ["Bucket": "box"])["Status"] == nil)
    #expect(try client.call("s3:GetBucketLogging", ["Bucket": "box"])["LoggingEnabled"] == nil)
    #expect(try client.call("s3:GetBucketAccelerateConfiguration", ["Bucket": "box"])["Status"] == nil)
    #expect(try client.call("s3:GetBucketRequestPayment", ["Bucket": "box"])["Payer"]?.string == "BucketOwner")
    #expect(try client.call("s3:GetBucketAbac", ["Bucket": "box"])["AbacStatus/Status"]?.string == "Disabled")
    let rule = try client.call("s3:GetBucketEncryption", ["Bucket": "box"])
    let path = "ServerSideEncryptionConfiguration/Rules/0"
    #expect(rule["\(path)/ApplyServerSideEncryptionByDefault/SSEAlgorithm"]?.string == "AES256")
    #expect(rule["\(path)/BucketKeyEnabled"]?.boolean == false)
  }

  @Test(
    "what is set nowhere is answered 501, not 200",
    arguments: ["analytics", "inventory", "metrics", "intelligent-tiering", "notification"])
  func unsupported(name: String) throws {
    let reply = try S3Lab(buckets: "box").send("GET", "/box?\(name)")
    #expect(reply.status == 501 && reply.code == "NotImplemented")
    let write = try S3Lab(buckets: "box").send("PUT", "/box?\(name)", body: "<X/>")
    #expect(write.status == 501)
  }

  @Test("every operation of the catalogue has a handler")
  func handlers() {
    #expect(Set(Catalogue.names(of: .s3)) == Set(S3Service.handlers.keys))
  }

  @Test("tags")
  func tags() throws {
    let client = try Self.lab()
    func put(_ tags: [(String, String)]) throws -> TestClient.Reply {
      let set = AWSValue.list(tags.map { ["Key": .string($0.0), "Value": .string($0.1)] })
      return try client.send("s3:PutBucketTagging", ["Bucket": "box", "Tagging": ["TagSet": set]])
    }
    #expect(try put([("team", "red"), ("empty", "")]).response.status == 204)
    let told = try client.call("s3:GetBucketTagging", ["Bucket": "box"])
    #expect(told["TagSet/0/Key"]?.string == "team" && told["TagSet/1/Value"]?.string == "")
    #expect(try put([("a", "1"), ("a", "2")]).error?.message == "Cannot provide multiple Tags with the same key")
    #expect(try put([("aws:a", "1")]).error?.message == "System tags cannot be added/updated by requester")
    #expect(try put([("a", "<")]).error?.message == "The TagValue you have provided is invalid")
    #expect(
      try put([(String(repeating: "k", count: 129), "1")]).error?.message == "The TagKey you have provided is invalid")
    #expect(try put((0..<51).map { ("k\($0)", "v") }).error?.code == "BadRequest")
    try client.call("s3:DeleteBucketTagging", ["Bucket": "box"])
    try client.refused("s3:GetBucketTagging", ["Bucket": "box"], "NoSuchTagSet")
  }

  @Test("tags decide where the bucket takes part in attribute-based access control")
  func abac() throws {
    let lab = try S3PermissionTests.Lab(
      S3PermissionTests.allow(
        "s3:ListBucket", on: "*", condition: "{\"StringEquals\":{\"aws:ResourceTag/team\":\"red\"}}"))
    let owner = lab.accounts.originating
    try owner.call("s3:PutBucketTagging", ["Bucket": "box", "Tagging": ["TagSet": [["Key": "team", "Value": "red"]]]])
    try lab.user.refused("s3:ListObjectsV2", ["Bucket": "box"], "AccessDenied")
    try owner.call("s3:PutBucketAbac", ["Bucket": "box", "AbacStatus": ["Status": "Enabled"]])
    try lab.user.call("s3:ListObjectsV2", ["Bucket": "box"])
  }

  @Test("encryption, which new objects take over")
  func encryption() throws {
    let client = try Self.lab()
    let key = "11111111-2222-3333-4444-555555555555"
    func put(_ rule: AWSValue) throws -> TestClient.Reply {
      try client.send(
        "s3:PutBucketEncryption", ["Bucket": "box", "ServerSideEncryptionConfiguration": ["Rules": [rule]]])
    }
    #expect(
      try put([
        "ApplyServerSideEncryptionByDefault": ["SSEAlgorithm": "aws:kms", "KMSMasterKeyID": .string(key)],
        "BucketKeyEnabled": true,
      ]).error == nil)
    let object = try client.call("s3:PutObject", ["Bucket": "box", "Key": "k"])
    #expect(object["ServerSideEncryption"]?.string == "aws:kms" && object["BucketKeyEnabled"]?.boolean == true)
    #expect(object["SSEKMSKeyId"]?.string == "arn:aws:kms:us-east-1:\(TwoAccounts.originating):key/\(key)")
    #expect(
      try put(["ApplyServerSideEncryptionByDefault": ["SSEAlgorithm": "AES256", "KMSMasterKeyID": .string(key)]]).error?
        .code
        == "InvalidArgument")
    try client.call("s3:DeleteBucketEncryption", ["Bucket": "box"])
    let after = try client.call("s3:PutObject", ["Bucket": "box", "Key": "k"])
    #expect(after["ServerSideEncryption"]?.string == "AES256" && after["SSEKMSKeyId"] == nil)
    let asked = try client.call("s3:PutObject", ["Bucket": "box", "Key": "k", "ServerSideEncryption": "aws:kms"])
    #expect(asked["SSEKMSKeyId"]?.string?.hasPrefix("arn:aws:kms:us-east-1:\(TwoAccounts.originating):key/") == true)
  }

  @Test("cross-origin rules")
  func cors() throws {
    let client = try Self.lab()
    func put(_ rule: AWSValue) throws -> TestClient.Reply {
      try client.send("s3:PutBucketCors", ["Bucket": "box", "CORSConfiguration": ["CORSRules": [rule]]])
    }
    #expect(
      try put(["AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.example.com"], "MaxAgeSeconds": 60])
        .error == nil)
    let told = try client.call("s3:GetBucketCors", ["Bucket": "box"])
    #expect(told["CORSRules/0/AllowedMethods/1"]?.string == "PUT" && told["CORSRules/0/MaxAgeSeconds"]?.integer == 60)
    #expect(
      try put(["AllowedMethods": ["PATCH"], "AllowedOrigins": ["*"]]).error?.message
        == "Found unsupported HTTP method in CORS config. Unsupported method is PATCH")
    #expect(try put(["AllowedMethods": ["GET"], "AllowedOrigins": ["*.*"]]).error?.code == "InvalidRequest")
    #expect(
      try put(["AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "ExposeHeaders": ["x-*"]]).error?.code
        == "InvalidRequest")
    try client.call("s3:DeleteBucketCors", ["Bucket": "box"])
    try client.refused("s3:GetBucketCors", ["Bucket": "box"], "NoSuchCORSConfiguration")
  }

  @Test("lifecycle rules")
  func lifecycle() throws {
    let client = try Self.lab()
    func put(_ rules: AWSValue...) throws -> TestClient.Reply {
      try client.send(
        "s3:PutBucketLifecycleConfiguration", ["Bucket": "box", "LifecycleConfiguration": ["Rules": .list(rules)]])
    }
    let expire: AWSValue = ["ID": "a", "Status": "Enabled", "Filter": ["Prefix": "tmp/"], "Expiration": ["Days": 1]]
    let abort: AWSValue = [
      "Status": "Disabled", "Prefix": "", "AbortIncompleteMultipartUpload": ["DaysAfterInitiation": 3],
    ]
    #expect(try put(expire, abort)["TransitionDefaultMinimumObjectSize"]?.string == "all_storage_classes_128K")
    let told = try client.call("s3:GetBucketLifecycleConfiguration", ["Bucket": "box"])
    #expect(told["Rules/0/Filter/Prefix"]?.string == "tmp/" && told["Rules/0/Expiration/Days"]?.integer == 1)
    #expect(told["Rules/1/ID"]?.string?.utf8.count == 48, "S3 makes an id where none was given")
    #expect(try put(expire, expire).error?.message == "Rule ID must be unique. Found same ID for more than one rule")
    #expect(
      try put(["Status": "Enabled", "Filter": ["Prefix": ""]]).error?.message
        == "At least one action needs to be specified in a rule")
    #expect(try put(["Status": "Enabled", "Expiration": ["Days": 1]]).error?.code == "MalformedXML")
    #expect(
      try put(["Status": "Enabled", "Prefix": "", "Expiration": ["Date": .timestamp(.scenarioStart)]]).error?.message
        == "'Date' must be at midnight GMT")
    #expect(
      try put(["Status": "Enabled", "Prefix": "", "Expiration": ["Days": 0]]).error?.message
        == "'Days' for Expiration action must be a positive integer")
    try client.call("s3:DeleteBucketLifecycle", ["Bucket": "box"])
    try client.refused("s3:GetBucketLifecycleConfiguration", ["Bucket": "box"], "NoSuchLifecycleConfiguration")
  }

  @Test("access logging, to a bucket of the same owner and region")
  func logging() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    for bucket in ["box", "logs"] { try client.call("s3:CreateBucket", ["Bucket": .string(bucket)]) }
    try client.call(
      "s3:CreateBucket", ["Bucket": "far", "CreateBucketConfiguration": ["LocationConstraint": "eu-west-1"]])
    try accounts.destination.call("s3:CreateBucket", ["Bucket": "theirs"])
    func put(_ target: String) throws -> TestClient.Reply {
      let enabled: AWSValue = ["TargetBucket": .string(target), "TargetPrefix": "p/"]
      return try client.send(
        "s3:PutBucketLogging", ["Bucket": "box", "BucketLoggingStatus": ["LoggingEnabled": enabled]])
    }
    #expect(try put("logs").error == nil)
    #expect(try client.call("s3:GetBucketLogging", ["Bucket": "box"])["LoggingEnabled/TargetBucket"]?.string == "logs")
    #expect(try put("none").error?.code == "InvalidTargetBucketForLogging")
    #expect(try put("theirs").error?.code == "InvalidTargetBucketForLogging")
    #expect(try put("far").error?.code == "CrossLocationLoggingProhibitted")
    try client.call("s3:PutBucketLogging", ["Bucket": "box", "BucketLoggingStatus": [:]])
    #expect(try client.call("s3:GetBucketLogging", ["Bucket": "box"])["LoggingEnabled"] == nil)
  }

  @Test("tags of objects, version by version")
  func objectTags() throws {
    let client = try Self.lab()
    try client.call("s3:PutBucketVersioning", ["Bucket": "box", "VersioningConfiguration": ["Status": "Enabled"]])
    let first = try client.call("s3:PutObject", ["Bucket": "box", "Key": "k", "Tagging": "a=1"])["VersionId"]
    let second = try client.call("s3:PutObject", ["Bucket": "box", "Key": "k"])["VersionId"]
    let none = try client.call("s3:GetObjectTagging", ["Bucket": "box", "Key": "k"])
    #expect(none["TagSet"]?.list?.isEmpty == true && none["VersionId"]?.string == second?.string)
    #expect(
      try client.call("s3:GetObjectTagging", ["Bucket": "box", "Key": "k", "VersionId": first])["TagSet/0/Key"]?.string
        == "a")
    let put = try client.call(
      "s3:PutObjectTagging", ["Bucket": "box", "Key": "k", "Tagging": ["TagSet": [["Key": "b", "Value": "2"]]]])
    #expect(put["VersionId"]?.string == second?.string)
    #expect(try client.call("s3:HeadObject", ["Bucket": "box", "Key": "k"])["TagCount"]?.integer == 1)
    let deleted = try client.call("s3:DeleteObjectTagging", ["Bucket": "box", "Key": "k"])
    #expect(deleted.response.status == 204)
    #expect(try client.call("s3:HeadObject", ["Bucket": "box", "Key": "k"])["TagCount"] == nil)
    try client.refused("s3:GetObjectTagging", ["Bucket": "box", "Key": "none"], "NoSuchKey", status: 404)
    try client.refused(
      "s3:PutObjectTagging", ["Bucket": "box", "Key": "k", "Tagging": ["TagSet": [["Key": "aws:x", "Value": "2"]]]],
      "InvalidTag", status: 400)
  }
}
