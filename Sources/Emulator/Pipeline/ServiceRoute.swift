import AWSAPI
import HTTP
import SigV4

/// The first step: which service a request is for.
///
/// SDKs that are only given an endpoint send every service's requests to one port, so the credential scope of the signature
/// tells them apart; a request without a signature is told by its form.
enum ServiceRoute {
  /// The service of a request with this signature; `nil` where it is for one that is not emulated.
  static func service(of request: HTTPRequest, _ signature: PresentedSignature?) -> Service? {
    guard let signature else { return looksLikeQuery(request) ? queryService(request) : .s3 }
    // A credential that is none is refused by the service that it would be for.
    return signature.isCredentialWellFormed ? Service(rawValue: signature.scope.service) : likelyService(of: request)
  }

  /// The service that words the answer where the signature cannot be read: what it claims, or what the request looks like.
  static func likelyService(of request: HTTPRequest) -> Service {
    let claimed = PresentedSignature.claimedService(of: request).flatMap(Service.init(rawValue:))
    return claimed ?? (looksLikeQuery(request) ? .sts : .s3)
  }

  /// Whether the request has the form of the query services': one path for all, and the action in a form or in the query.
  static func looksLikeQuery(_ request: HTTPRequest) -> Bool {
    guard request.path == "/" || request.path.isEmpty else { return false }
    if request.method == "POST" {
      return request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") ?? false
    }
    return request.query.utf8.starts(with: "Action=".utf8) || request.query.contains("&Action=")
  }

  private static func queryService(_ request: HTTPRequest) -> Service {
    guard let form = try? QueryForm.read(request) else { return .sts }
    return Catalogue.service(ofForm: form) ?? .sts
  }
}

/// The parameters of a query service's request.
enum QueryForm {
  /// The most bytes of a form that are read. AWS takes less than this.
  static let largestBody = 1 << 20

  /// Brings a form that is still arriving into memory, because it is read twice: for its parameters, and for its hash.
  /// - Throws: where it is too large, or did not arrive.
  static func collect(_ request: inout HTTPRequest) throws(AWSError) {
    guard case .stream = request.body, ServiceRoute.looksLikeQuery(request) else { return }
    do {
      request.body = .bytes(try request.body.collected(limit: largestBody))
    } catch is HTTPBodyTooLarge {
      throw tooLarge
    } catch {
      throw AWSError("IncompleteBody", "The request's body did not arrive as a whole.", status: 400)
    }
  }

  private static let tooLarge = AWSError("RequestEntityTooLarge", "The request is too large.", status: 413)

  /// Reads the form of a POST, or the query of a GET.
  static func read(_ request: HTTPRequest) throws(AWSError) -> QueryItems {
    let items: QueryItems?
    if request.method == "POST" {
      guard let bytes = try? request.body.collected(limit: largestBody) else { throw tooLarge }
      items = QueryItems(parsing: String(decoding: bytes, as: UTF8.self), plusIsSpace: true)
    } else {
      items = QueryItems(parsing: request.query, plusIsSpace: true)
    }
    guard let items else {
      throw AWSError("MalformedQueryString", "The query string contains a syntax error.", status: 404)
    }
    return items
  }
}
