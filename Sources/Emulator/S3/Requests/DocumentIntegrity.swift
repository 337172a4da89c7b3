import AWSAPI
import HTTP
import SigV4

/// Holds a request that carries XML or a policy against the digests that came with it. An object's own bytes are held
/// against them while they are received.
enum DocumentIntegrity {
  /// Operations that S3 refuses without a digest of their document.
  ///
  /// Source: S3 API reference, DeleteObjects and PutBucketLifecycleConfiguration, "Content-MD5".
  private static let demanding: Set<String> = ["DeleteObjects", "PutBucketLifecycleConfiguration"]

  /// - Throws: `BadDigest`, `InvalidDigest`, `InvalidRequest`.
  static func check(_ call: Call) throws(AWSError) {
    guard let document = document(of: call) else { return }
    let digests = try RequestedDigests(call)
    if let md5 = digests.md5 {
      let made = DigestAlgorithm.md5.digest(document)
      guard md5 == made else { throw .badMD5(expected: Base64.encode(md5), calculated: Base64.encode(made)) }
    }
    if let (algorithm, value) = digests.checksum, let value {
      guard algorithm.value(of: document) == value else { throw .badDigest(of: algorithm) }
    }
    guard digests.md5 != nil || digests.checksum != nil || !demanding.contains(call.operation.name) else {
      throw .invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*")
    }
  }

  /// The body of a request whose operation reads it as a whole.
  private static func document(of call: Call) -> [UInt8]? {
    // CompleteMultipartUpload's checksums are those of the object, not of its list of parts.
    guard call.operation.bringsDocument, call.operation.name != "CompleteMultipartUpload",
      case .bytes(let bytes) = call.request.body
    else { return nil }
    return bytes
  }
}
