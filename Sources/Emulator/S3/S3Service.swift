import AWSAPI

/// S3 in the emulator. Operations stand in files named after what they are about; this one only gathers them.
package enum S3Service: EmulatedService {
  package static let handlers: [String: Handler] = [
    bucketHandlers, policyHandlers, aclHandlers, ownershipHandlers, versioningHandlers, encryptionHandlers,
    lifecycleHandlers, documentHandlers, bucketTaggingHandlers, objectHandlers, objectTaggingHandlers, listingHandlers,
    multipartHandlers,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

  static let objectHandlers: [String: Handler] = [
    "PutObject": .staged(putObject),
    "GetObject": .read(getObject),
    "HeadObject": .read(headObject),
    "GetObjectAttributes": .read(getObjectAttributes),
    "CopyObject": .staged(copyObject),
    "DeleteObject": .write(deleteObject),
    "DeleteObjects": .staged(deleteObjects),
  ]

  static let listingHandlers: [String: Handler] = [
    "ListObjects": .read(listObjects),
    "ListObjectsV2": .read(listObjectsV2),
    "ListObjectVersions": .read(listObjectVersions),
  ]

  static let multipartHandlers: [String: Handler] = [
    "CreateMultipartUpload": .write(createMultipartUpload),
    "UploadPart": .staged(uploadPart),
    "UploadPartCopy": .staged(uploadPartCopy),
    "CompleteMultipartUpload": .staged(completeMultipartUpload),
    "AbortMultipartUpload": .write(abortMultipartUpload),
    "ListParts": .read(listParts),
    "ListMultipartUploads": .read(listMultipartUploads),
  ]
}
