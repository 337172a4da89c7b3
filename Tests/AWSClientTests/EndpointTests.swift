import AWSClient
import Testing

@Suite("Endpoints") struct EndpointTests {
  @Test(
    "URLs that name an endpoint",
    arguments: [
      ("http://127.0.0.1:9000", "127.0.0.1:9000", "http://127.0.0.1:9000"),
      ("https://sts.eu-west-1.amazonaws.com/", "sts.eu-west-1.amazonaws.com", "https://sts.eu-west-1.amazonaws.com"),
      ("https://host:443", "host", "https://host"),
      ("http://[::1]:8080", "[::1]:8080", "http://[::1]:8080"),
      ("http://[::1]", "[::1]", "http://[::1]"),
    ])
  func valid(text: String, authority: String, url: String) throws {
    let endpoint = try #require(Endpoint(url: text))
    #expect(endpoint.authority == authority)
    #expect(endpoint.url == url)
  }

  @Test(
    "URLs that do not",
    arguments: [
      "", "host", "ftp://host", "http://", "http://host/path", "http://user@host", "http://host:0", "http://host:70000",
      "http://host:", "http://host:+1", "http://ho st", "http://host?x", "http://::1", "http://[::1", "http://a:b:1",
    ])
  func invalid(text: String) {
    #expect(Endpoint(url: text) == nil)
  }
}
