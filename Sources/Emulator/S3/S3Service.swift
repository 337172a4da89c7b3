import AWSAPI

/// S3 in the emulator. Operations stand in files named after what they are about; this one only gathers them.
package enum S3Service: EmulatedService {
  package static let handlers: [String: Handler] = [
    bucketHandlers, objectHandlers, objectListingHandlers, multipartHandlers,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

  static let objectHandlers: [String: Handler] = [
    "PutObject": .staged(putObject),
    "GetObject": .read(getObject),
    "HeadObject": .read(headObject),
    "DeleteObject": .write(deleteObject),
  ]
}
