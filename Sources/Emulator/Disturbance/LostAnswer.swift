import HTTP

/// An answer that never arrives: reading it throws before the first byte, which a server shows its client by resetting the
/// connection.
final class LostAnswer: HTTPBodyStream {
  let length: Int64? = nil

  struct Reset: Error {}

  init() {}

  func next() throws -> [UInt8]? { throw Reset() }

  static var response: HTTPResponse { HTTPResponse(status: 500, body: .stream(LostAnswer())) }
}
