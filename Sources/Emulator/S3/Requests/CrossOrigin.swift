import AWSAPI
import HTTP

/// What S3 says to browsers about requests that pages of other origins make, by the CORS configuration of the bucket.
///
/// Source: S3 User Guide, "Using cross-origin resource sharing (CORS)", "How does Amazon S3 evaluate the CORS configuration
/// on a bucket?", and S3 API reference, "Preflight request".
struct CrossOrigin {
  let request: HTTPRequest
  let state: EmulatorState

  /// The headers that allow what a preflight asks for. Nobody has to sign it.
  /// - Throws: `BadRequest`, `AccessForbidden`.
  func preflight() throws(AWSError) -> HTTPHeaders {
    guard let origin = request.headers["Origin"] else {
      throw AWSError("BadRequest", "Insufficient information. Origin request header needed.", status: 400)
    }
    let method = request.headers["Access-Control-Request-Method"]
    guard let method, CORSRule.methods.contains(method) else {
      throw AWSError("BadRequest", "Invalid Access-Control-Request-Method: \(method ?? "null")", status: 400)
    }
    let address = try S3Address(request)
    let resource = address.key == nil ? "BUCKET" : "OBJECT"
    guard let bucket = address.bucket.flatMap({ state.s3.buckets[UTF8Key($0)] }) else {
      throw Self.forbidden("CORSResponse: Bucket not found", method, resource)
    }
    guard let rules = Self.rules(of: bucket) else {
      throw Self.forbidden("CORSResponse: CORS is not enabled for this bucket.", method, resource)
    }
    let asked = Self.list(request.headers["Access-Control-Request-Headers"])
    guard let rule = rules.first(where: { $0.allows(origin, method) && $0.allows(headers: asked) }) else {
      throw Self.forbidden(
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method "
          + "/ Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS "
          + "spec.", method, resource)
    }
    var headers = rule.headers(for: origin)
    if !asked.isEmpty { headers.append("Access-Control-Allow-Headers", asked.joined(separator: ", ")) }
    return headers
  }

  /// The headers that go with the answer to a request which names its origin; none where no rule allows it.
  func headers() -> HTTPHeaders {
    guard let origin = request.headers["Origin"], let bucket = (try? S3Address(request))?.bucket,
      let rules = state.s3.buckets[UTF8Key(bucket)].flatMap(Self.rules),
      let rule = rules.first(where: { $0.allows(origin, request.method) })
    else { return [:] }
    return rule.headers(for: origin)
  }

  private static func rules(of bucket: Bucket) -> [CORSRule]? {
    bucket.settings.value.documents[.cors]?["CORSRules"]?.list?.compactMap { $0.structure.map(CORSRule.init) }
  }

  /// The names in a header's list, in lower case.
  private static func list(_ header: String?) -> [String] {
    (header ?? "").split(separator: ",").map { $0.trimmingPrefix(" ").lowercased() }.filter { !$0.isEmpty }
  }

  private static func forbidden(_ message: String, _ method: String, _ resource: String) -> AWSError {
    AWSError(
      "AccessForbidden", message, status: 403,
      fields: [AWSError.Field(name: "Method", value: method), AWSError.Field(name: "ResourceType", value: resource)])
  }
}

extension CORSRule {
  /// Whether pages of `origin` may make requests of `method`.
  func allows(_ origin: String, _ method: String) -> Bool {
    methods.contains(method) && origins.contains { Self.matches($0, origin) }
  }

  func allows(headers asked: [String]) -> Bool {
    asked.allSatisfy { name in headers.contains { Self.matches($0, name, ignoringCase: true) } }
  }

  /// The headers of an answer that this rule allows.
  func headers(for origin: String) -> HTTPHeaders {
    let isForEveryone = origins.contains("*")
    var answer: HTTPHeaders = [
      "Access-Control-Allow-Origin": isForEveryone ? "*" : origin,
      "Access-Control-Allow-Methods": methods.joined(separator: ", "),
    ]
    if !exposed.isEmpty { answer.append("Access-Control-Expose-Headers", exposed.joined(separator: ", ")) }
    if let maxAge { answer.append("Access-Control-Max-Age", String(maxAge)) }
    if !isForEveryone { answer.append("Access-Control-Allow-Credentials", "true") }
    answer.append("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")
    return answer
  }
}
