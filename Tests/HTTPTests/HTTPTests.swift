import HTTP
import Testing

@Suite("HTTP values") struct HTTPValueTests {
  @Test("headers compare without case, keep order, spelling and repetitions")
  func headers() {
    var headers: HTTPHeaders = ["ETag": "1", "x-a": "2", "X-A": "3"]
    #expect(headers["etag"] == "1")
    #expect(headers.values("x-A") == ["2", "3"])
    headers["X-a"] = "4"
    #expect(headers.fields.map(\.name) == ["ETag", "x-a"])
    headers["etag"] = nil
    #expect(headers.fields.map(\.value) == ["4"])
  }

  @Test(
    "percent-encoding",
    arguments: [
      ("unreserved stays", "aZ09-._~", "aZ09-._~"),
      ("space, slash and plus", "a b/c+d", "a%20b%2Fc%2Bd"),
      ("UTF-8", "é€", "%C3%A9%E2%82%AC"),
    ])
  func encoding(name: String, plain: String, encoded: String) {
    #expect(PercentEncoding.encode(plain) == encoded)
    #expect(PercentEncoding.decode(encoded) == plain)
  }

  @Test("a lone percent sign stands for itself, bytes that are not UTF-8 have no text")
  func decodingOdd() {
    #expect(PercentEncoding.decode("50%") == "50%")
    #expect(PercentEncoding.decode("%zz%4") == "%zz%4")
    #expect(PercentEncoding.decode("%FF") == nil)
    #expect(PercentEncoding.decodeBytes("%FF%00") == [0xFF, 0])
    #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
  }

  @Test("query items keep order, repetitions and the difference between no value and an empty one")
  func query() throws {
    let items = try #require(QueryItems(parsing: "acl&b=&a=1&&a=2%3D", plusIsSpace: false))
    #expect(items.items.map(\.name) == ["acl", "b", "a", "a"])
    #expect(items.items.map(\.value) == [nil, "", "1", "2="])
    #expect(items["acl"] == "")
    #expect(items["none"] == nil)
    #expect(items.encoded == "acl&b=&a=1&a=2%3D")
  }

  @Test("path and query are split at the first question mark, untouched")
  func target() {
    let request = HTTPRequest(method: "GET", target: "/a%2Fb//c?x=%20?y")
    #expect(request.path == "/a%2Fb//c")
    #expect(request.query == "x=%20?y")
    #expect(HTTPRequest(method: "GET", target: "/").query.isEmpty)
    let combined = HTTPRequest(method: "GET", target: "/a?\u{301}=1")
    #expect(combined.path == "/a")
    #expect(combined.query.utf8.elementsEqual("\u{301}=1".utf8))
  }

  @Test("collecting a body stops at its limit")
  func bodyLimit() throws {
    #expect(try HTTPBody.bytes([1, 2]).collected(limit: 2) == [1, 2])
    #expect(throws: HTTPBodyTooLarge(limit: 1)) { try HTTPBody.bytes([1, 2]).collected(limit: 1) }
  }
}
