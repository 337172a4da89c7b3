import HTTP
import SigV4
import Testing

@Suite("Canonical requests") struct CanonicalRequestTests {
  static func lines(_ target: String, _ headers: HTTPHeaders = [:], names: [String] = [], s3: Bool = false) -> [String]
  {
    let request = HTTPRequest(method: "GET", target: target, headers: headers)
    let canonical = CanonicalRequest(
      request, signedHeaders: SignedHeaderNames(names), payloadHash: "hash", pathRule: s3 ? .s3 : .normalized)
    return canonical.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(
    "paths: S3's as sent, encoded once; the others' normalized, encoded once more",
    arguments: [
      ("", "/", "/"), ("/", "/", "/"), ("//", "//", "/"), ("/a//b/", "/a//b/", "/a/b/"),
      ("/a/./b/../c", "/a/./b/../c", "/a/c"), ("/..", "/..", "/"), ("/a/..", "/a/..", "/"), ("/a/../", "/a/../", "/"),
      ("/a%20b", "/a%20b", "/a%2520b"), ("/a b", "/a%20b", "/a%20b"), ("/a+b", "/a%2Bb", "/a%2Bb"),
      ("/%7e%2f%3a", "/~/%3A", "/%257e%252f%253a"), ("/é", "/%C3%A9", "/%C3%A9"), ("/%zz%", "/%25zz%25", "/%25zz%25"),
      ("/~-._", "/~-._", "/~-._"),
    ])
  func paths(sent: String, s3: String, other: String) {
    #expect(Self.lines(sent, s3: true)[1] == s3)
    #expect(Self.lines(sent)[1] == other)
  }

  @Test(
    "queries: decoded, encoded, sorted by encoded names and then values",
    arguments: [
      ("", ""), ("acl", "acl="), ("acl=", "acl="), ("b=1&a=2", "a=2&b=1"), ("a=2&a=1&a=", "a=&a=1&a=2"),
      ("a-b=1&a=1&a.b=1&aa=1", "a=1&a-b=1&a.b=1&aa=1"), ("=v&b", "=v&b="), ("a&&b&", "a=&b="),
      ("a=b=c", "a=b%3Dc"), ("a=%7e%2f", "a=~%2F"), ("a=x+y", "a=x%2By"), ("a=é", "a=%C3%A9"), ("a=b?c", "a=b%3Fc"),
      // Encoded names sort otherwise than decoded ones.
      ("%7B=1&z=2", "%7B=1&z=2"), ("?=1", "%3F=1"),
    ])
  func queries(sent: String, expected: String) {
    #expect(Self.lines("/?" + sent)[2] == expected)
  }

  @Test("headers: trimmed, inner white space made one, repetitions joined in their order, sorted by name")
  func headers() {
    let lines = Self.lines(
      "/", ["X-B": "  a   b\t\tc ", "x-a": "2", "Not-Signed": "x", "X-A": "1", "x-c": "", "X-D": "one\r\n two"],
      names: ["x-d", "x-b", "x-a", "x-c", "x-absent"])
    #expect(
      lines[3...] == [
        "x-a:2,1", "x-absent:", "x-b:a b c", "x-c:", "x-d:one two", "", "x-a;x-absent;x-b;x-c;x-d", "hash",
      ])
  }

  @Test("a mark that is joined to the question mark does not hide the query")
  func combiningMark() {
    let lines = Self.lines("/a?\u{301}=1")
    #expect(lines[1] == "/a")
    #expect(lines[2] == "%CC%81=1")
  }
}

@Suite("Digests") struct DigestTests {
  @Test("digests are those of the standards, in one piece and in several")
  func digests() {
    let expected: [DigestAlgorithm: String] = [
      .md5: "900150983cd24fb0d6963f7d28e17f72", .sha1: "a9993e364706816aba3e25717850c26c9cd0d89d",
      .sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ]
    for algorithm in DigestAlgorithm.allCases {
      #expect(CryptoBytes.hex(algorithm.digest("abc".utf8)) == expected[algorithm])
      #expect(algorithm.digest("abc".utf8).count == algorithm.length)
      var digest = IncrementalDigest(algorithm)
      digest.update("forgotten".utf8)
      digest.restart()
      digest.update("a".utf8)
      digest.update([])
      var copy = digest
      copy.update("forgotten".utf8)
      digest.update(Array("bc".utf8)[...])
      #expect(CryptoBytes.hex(digest.finish()) == expected[algorithm])
      #expect(CryptoBytes.hex(digest.finish()) == expected[algorithm], "a digest that was asked for is not used up")
    }
    #expect(DigestAlgorithm.sha256.digest([]) == DigestAlgorithm.sha256.digest("".utf8))
  }

  /// RFC 4231, cases 1, 2 and 6; the last key is longer than a block.
  @Test("HMAC-SHA256 is that of RFC 4231")
  func hmac() {
    let cases: [(key: [UInt8], message: String, code: String)] = [
      (
        [UInt8](repeating: 0x0b, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for (key, message, code) in cases {
      #expect(CryptoBytes.hex(KeyedDigest(.sha256, key: key).authenticationCode(for: message.utf8)) == code)
    }
  }

  /// RFC 2202, cases 2 for each.
  @Test("HMAC with the older digests is that of RFC 2202")
  func olderHMAC() {
    let (key, message) = (Array("Jefe".utf8), "what do ya want for nothing?".utf8)
    #expect(CryptoBytes.hex(DigestAlgorithm.sha1.hmac(message, key: key)) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    #expect(CryptoBytes.hex(DigestAlgorithm.md5.hmac(message, key: key)) == "750c783e6ab0b503eaa86e310a5db738")
  }
}
