package import HTTP

/// What a server serves. All of it is called on many threads at once.
package protocol HTTPService: Sendable {
  /// Refuses a request by its head alone, before the client is told to send the body that it holds back
  /// (`Expect: 100-continue`).
  /// - Returns: `nil` where the body may come.
  func refusal(ofHead head: HTTPRequest) -> HTTPResponse?

  /// Whether answering may have to wait for something else than the request's own bytes: then it must not hold up the other
  /// connections of an event loop.
  func mayBlock(_ head: HTTPRequest) -> Bool

  /// Answers a request. A response whose stream throws before its first byte resets the connection without an answer; one
  /// whose stream throws later ends in the middle, so that nobody takes it for whole.
  func respond(to request: HTTPRequest) -> HTTPResponse
}
