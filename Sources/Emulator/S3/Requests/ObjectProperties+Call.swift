import AWSAPI
import FoundationEssentials
import SigV4

extension ObjectProperties {
  /// The members of a call whose values are kept as they are and given back by GetObject.
  static let headerMembers = [
    "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires",
    "WebsiteRedirectLocation",
  ]
  /// Source: S3 User Guide, "User-defined object metadata": 2 KB, names and values together.
  static let mostMetadata = 2048
  static let defaultContentType = "binary/octet-stream"
  /// Source: S3 API reference, PutObject, `x-amz-storage-class`, without those of Outposts and directory buckets.
  static let storageClasses: Set<String> = [
    "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
    "GLACIER_IR",
  ]

  /// What PutObject, CreateMultipartUpload or CopyObject says of the object it makes in `bucket`.
  init(_ call: Call, in bucket: Bucket, state: EmulatorState) throws(AWSError) {
    guard call.string("SSECustomerAlgorithm") == nil else {
      throw .notImplemented(
        header: "x-amz-server-side-encryption-customer-algorithm", "Keys that the customer provides are not supported")
    }
    (owner, acl) = try Self.ownerAndACL(call, in: bucket, state: state)
    headers = Self.headers(call)
    metadata = try Self.metadata(call)
    storageClass = try Self.storageClass(call)
    encryption = try ObjectEncryption(call, in: bucket)
    if let header = call.string("Tagging") {
      tags = try Tagging.tags(ofHeader: header)
      try Tagging.checkObject(tags)
    }
    lock = try ObjectLockState(call, in: bucket)
  }

  private static func headers(_ call: Call) -> [AWSStructure.Member] {
    headerMembers.compactMap { name in
      guard var value = call.parameters[name] else { return nil }
      // `aws-chunked` says how the request was sent, not what the object is.
      if name == "ContentEncoding", let text = value.string {
        let kept = text.split(separator: ",").map { $0.trimmingPrefix(" ") }.filter { $0 != "aws-chunked" }
        guard !kept.isEmpty else { return nil }
        value = .string(kept.joined(separator: ","))
      }
      if value.string?.isEmpty == true { return nil }
      return AWSStructure.Member(name: name, value: value)
    }
  }

  private static func metadata(_ call: Call) throws(AWSError) -> [Text] {
    var metadata: [Text] = []
    for member in call.parameters["Metadata"]?.structure?.members ?? [] {
      let name = member.name.lowercased()
      guard let value = member.value.string else { continue }
      if let index = metadata.firstIndex(where: { $0.name == name }) {
        metadata[index].value += ",\(value)"
      } else {
        metadata.append(Text(name: name, value: value))
      }
    }
    let size = metadata.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard size <= mostMetadata else { throw .metadataTooLarge(size) }
    return metadata
  }

  private static func storageClass(_ call: Call) throws(AWSError) -> String {
    guard let name = call.string("StorageClass") else { return "STANDARD" }
    guard storageClasses.contains(name) else { throw .invalidStorageClass(name) }
    return name
  }
}

extension ObjectEncryption {
  /// Source: S3 API reference, `x-amz-server-side-encryption`.
  static let algorithms: Set<String> = ["AES256", "aws:kms", "aws:kms:dsse"]

  /// How the call wants the object encrypted or, where it says nothing, how the bucket does.
  init(_ call: Call, in bucket: Bucket) throws(AWSError) {
    guard let algorithm = call.string("ServerSideEncryption") else {
      self = bucket.settings.value.encryption
      if self.algorithm == "AES256" { self = .s3 } else { self = withKey(in: bucket) }
      return
    }
    guard Self.algorithms.contains(algorithm) else { throw .invalidEncryption }
    self.init(
      algorithm: algorithm, keyID: call.string("SSEKMSKeyId"),
      bucketKeyEnabled: call.boolean("BucketKeyEnabled").flatMap { $0 ? true : nil })
    if algorithm == "AES256" {
      guard keyID == nil else {
        throw .invalidArgument(
          "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
          name: "x-amz-server-side-encryption", value: algorithm)
      }
    } else {
      self = withKey(in: bucket)
    }
  }

  /// With the key's ARN, which is that of the account's own key for S3 where none was named.
  private func withKey(in bucket: Bucket) -> ObjectEncryption {
    var encryption = self
    let key = keyID ?? Self.managedKeyID(account: bucket.owner, region: bucket.region)
    if !key.hasPrefix("arn:") {
      let resource = key.hasPrefix("alias/") ? key : "key/\(key)"
      encryption.keyID = "arn:aws:kms:\(bucket.region):\(bucket.owner):\(resource)"
    }
    if encryption.bucketKeyEnabled == false { encryption.bucketKeyEnabled = nil }
    return encryption
  }

  /// The id of the key `aws/s3` of an account, the same for all its buckets in a region. There is no KMS behind it.
  private static func managedKeyID(account: String, region: String) -> String {
    let digits = Array(CryptoBytes.hex(DigestAlgorithm.md5.digest("aws/s3 \(account) \(region)".utf8)))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}

extension ObjectLockState {
  /// The lock a call asks for, where the bucket can lock.
  init(_ call: Call, in bucket: Bucket) throws(AWSError) {
    mode = call.string("ObjectLockMode")
    retainUntil = call.parameters["ObjectLockRetainUntilDate"]?.timestamp
    legalHold = call.string("ObjectLockLegalHoldStatus")
    guard mode != nil || retainUntil != nil || legalHold != nil else { return }
    guard bucket.settings.value.objectLockEnabled else {
      throw .invalidRequest("Bucket is missing Object Lock Configuration")
    }
    guard (mode == nil) == (retainUntil == nil) else {
      throw .invalidArgument(
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        name: mode == nil ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date", value: nil)
    }
    if let retainUntil, retainUntil <= call.now {
      throw .invalidArgument(
        "The retain until date must be in the future!", name: "x-amz-object-lock-retain-until-date",
        value: AWSTimestamp.text(retainUntil, .iso8601Milliseconds))
    }
  }

  /// Whether the version may not be deleted now.
  func forbidsDeletion(at now: Date, bypassingGovernance: Bool) -> Bool {
    if legalHold == "ON" { return true }
    guard let retainUntil, retainUntil > now else { return false }
    return mode == "COMPLIANCE" || !bypassingGovernance
  }
}

extension AWSError {
  static func invalidStorageClass(_ name: String) -> AWSError {
    AWSError(
      "InvalidStorageClass", "The storage class you specified is not valid", status: 400,
      fields: [Field(name: "StorageClassRequested", value: name)])
  }

  static func metadataTooLarge(_ size: Int) -> AWSError {
    AWSError(
      "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", status: 400,
      fields: [
        Field(name: "Size", value: String(size)),
        Field(name: "MaxSizeAllowed", value: String(ObjectProperties.mostMetadata)),
      ])
  }

  static let invalidEncryption = AWSError(
    "InvalidEncryptionAlgorithmError", "The encryption request you specified is not valid. The valid value is AES256.",
    status: 400)
}
