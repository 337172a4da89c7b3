/// How a REST operation stands on the wire.
///
/// A class as ``Operation`` is.
package final class RESTBinding: Sendable {
  package let method: String
  /// What the path addresses.
  package let target: Target
  /// What stands in the query and tells this operation from others on the same path: `policy`, or `list-type=2`.
  package let selector: [String]
  /// Parameters of the query without which the request is another operation's: `uploadId`.
  package let neededQuery: [String]
  /// A header without which the request is another operation's: `x-amz-copy-source` tells CopyObject from PutObject.
  package let neededHeader: String?
  /// The status of success.
  package let status: Int
  /// The root element of the answer, where its members stand in one body together.
  package let root: String?
  /// S3 refuses the request without a checksum of its body.
  package let needsChecksum: Bool

  /// What the path of an S3 request addresses.
  package enum Target: String, Sendable, Hashable {
    case service, bucket, object
  }

  package init(
    _ method: String, _ target: Target, selector: [String] = [], neededQuery: [String] = [],
    neededHeader: String? = nil, status: Int = 200, root: String? = nil, needsChecksum: Bool = false
  ) {
    self.method = method
    self.target = target
    self.selector = selector
    self.neededQuery = neededQuery
    self.neededHeader = neededHeader
    self.status = status
    self.root = root
    self.needsChecksum = needsChecksum
  }
}
