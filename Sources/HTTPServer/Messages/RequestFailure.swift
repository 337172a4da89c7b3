import HTTP

/// Why the bytes of a request cannot be answered by the service. The connection is closed behind the answer, because nobody
/// can tell any more where the next request begins.
struct RequestFailure: Error, Hashable {
  var status: Int
  var reason: String

  init(_ status: Int, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  /// A request that is malformed.
  init(_ reason: String) { self.init(400, reason) }

  var response: HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "text/plain"], body: .bytes(Array((reason + "\n").utf8)))
  }

  static let bareLineFeed = RequestFailure("A line ends without a carriage return.")
  static let headTooLarge = RequestFailure(431, "The request's head is too large.")
  static let headTooSlow = RequestFailure(408, "The request's head did not come in time.")
  static let bodyTooSlow = RequestFailure(408, "The request's body did not come in time.")
  static let bodyTooLarge = RequestFailure(413, "The request's body is too large.")
  static let malformedChunk = RequestFailure("The body's chunks are malformed.")
}
