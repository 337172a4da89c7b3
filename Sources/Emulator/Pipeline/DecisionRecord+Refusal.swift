import AWSAPI
import FoundationEssentials
import HTTP
import SigV4

extension DecisionRecord {
  /// The record of a request whose signature is refused.
  /// - Parameter signature: so far as it could be read.
  convenience init(
    refusing request: HTTPRequest, of service: Service, _ signature: PresentedSignature?, _ error: AWSError,
    requestID: String, date: Date
  ) {
    self.init(
      requestID: requestID, date: date, operation: Self.operation(of: request, service)?.qualifiedName ?? "",
      callerARN: "*", account: nil, checks: [], refusal: Refusal(code: error.code, accessKeyID: signature?.accessKeyID))
  }

  /// The operation that a request seems to ask for.
  private static func operation(of request: HTTPRequest, _ service: Service) -> AWSAPI.Operation? {
    if service == .s3 { return (try? Catalogue.route(request))?.operation }
    // A stream has one reader, and is none of these services'.
    if case .stream = request.body { return nil }
    guard let form = try? QueryForm.read(request) else { return nil }
    return try? Catalogue.route(form: form, service: service)
  }
}
