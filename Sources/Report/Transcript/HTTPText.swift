import HTTP
import Runner
import XML

/// Requests and responses as text to read: secrets masked, forms a parameter a line, XML indented.
enum HTTPText {
  static func request(_ request: HTTPRequest) -> String {
    var text = "\(request.method) \(target(request.target)) HTTP/1.1\n"
    for field in request.headers.fields { text += "\(field.name): \(value(of: field))\n" }
    guard case .bytes(let bytes) = request.body, !bytes.isEmpty else { return text }
    let body = String(decoding: bytes, as: UTF8.self)
    let isForm = request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") ?? false
    return text + "\n" + (isForm ? body.split(separator: "&").joined(separator: "\n&") : body)
  }

  static func response(_ exchange: Exchange) -> String {
    let response = exchange.response
    var text = "HTTP/1.1 \(response.status)\n"
    for field in response.headers.fields { text += "\(field.name): \(field.value)\n" }
    if exchange.body.isEmpty { return text }
    return text + "\n" + (exchange.document?.root.formatted() ?? String(decoding: exchange.body, as: UTF8.self))
  }

  /// A signature says nothing to a reader, and a session token opens doors.
  private static func value(of field: HTTPHeaders.Field) -> String {
    if field.name.equalsIgnoringASCIICase("X-Amz-Security-Token") { return Redactor.mask }
    guard field.name.equalsIgnoringASCIICase("Authorization") else { return field.value }
    let parts = field.value.split(separator: "Signature=", maxSplits: 1)
    return parts.count == 2 ? "\(parts[0])Signature=\(Redactor.mask)" : Redactor.mask
  }

  private static func target(_ target: String) -> String {
    guard target.contains("X-Amz-") else { return target }
    return target.split(separator: "&", omittingEmptySubsequences: false).map { piece in
      for name in ["X-Amz-Signature=", "X-Amz-Security-Token="] where piece.hasPrefix(name) {
        return name + Redactor.mask
      }
      return String(piece)
    }.joined(separator: "&")
  }
}
