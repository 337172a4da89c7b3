import FoundationEssentials
import HTTP
import JSON
import SigV4
import Testing

/// One request that botocore has signed, as Tests/Clients/sigv4_vectors.py writes it.
struct BotocoreVector: Sendable, CustomTestStringConvertible {
  var index: Int
  var service: String
  var region: String
  var credentials: Credentials
  var date: Date
  /// Only presigned requests have it.
  var expires: Int?
  var request: HTTPRequest

  var testDescription: String { "#\(index) \(service) \(request.method) \(request.target.prefix(60))" }

  var body: [UInt8] { (try? request.body.collected()) ?? [] }

  /// The request as it was before it was signed.
  var unsigned: HTTPRequest {
    var request = request
    for name in ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-SHA256"] {
      request.headers[name] = nil
    }
    let query = request.query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-") }.joined(separator: "&")
    request.target = request.path + (query.isEmpty ? "" : "?" + query)
    return request
  }

  /// What the signer is told of the payload.
  var payload: Signer.Payload {
    guard let announced = request.headers["X-Amz-Content-SHA256"] else { return .hashed() }
    return switch S3Payload(announcement: announced) {
    case .unsigned: .unsigned
    case .chunked(let format): .chunked(format)
    case .hashed, nil: .hashed()
    }
  }
}

extension BotocoreVector {
  struct Missing: Error, CustomStringConvertible {
    var description: String
  }

  /// The vectors that `make test` (or `make vectors`) has written.
  static func load() throws -> [BotocoreVector] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: ".build/vectors/sigv4.json")
    guard let data = try? Data(contentsOf: file) else {
      throw Missing(description: "\(file.path) is missing; `make vectors` writes it")
    }
    let vectors = try JSONValue(parsing: data).array ?? []
    return try vectors.enumerated().map { index, value in
      guard let vector = BotocoreVector(index: index, value) else {
        throw Missing(
          description: "\(file.path): vector \(index) is not as expected; `make vectors` writes the file anew")
      }
      return vector
    }
  }

  private init?(index: Int, _ value: JSONValue) {
    guard let service = value["service"]?.string, let region = value["region"]?.string,
      let key = value["accessKeyID"]?.string, let secret = value["secretAccessKey"]?.string,
      let date = value["date"]?.string.flatMap(AmazonDate.parse), let method = value["method"]?.string,
      let target = value["target"]?.string, let body = value["body"]?.string.flatMap(Self.bytes),
      let headers = value["headers"]?.array
    else { return nil }
    let fields = headers.compactMap { pair -> HTTPHeaders.Field? in
      guard let pair = pair.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
        return nil
      }
      return HTTPHeaders.Field(name: name, value: value)
    }
    guard fields.count == headers.count else { return nil }
    self.index = index
    self.service = service
    self.region = region
    self.date = date
    credentials = Credentials(
      accessKeyID: key, secretAccessKey: Secret(secret),
      sessionToken: value["sessionToken"]?.string.map(Secret.init))
    expires = value["expires"]?.string.flatMap { Int($0) }
    request = HTTPRequest(method: method, target: target, headers: HTTPHeaders(fields), body: .bytes(body))
  }

  private static func bytes(ofHex text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
    }
    return bytes.count * 2 == digits.count ? bytes : nil
  }
}
