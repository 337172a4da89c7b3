import Federation
import FoundationEssentials
import JSON
import Testing

/// SAML responses that another library has signed, and what attackers make of them.
@Suite("SAML responses") struct SAMLVectorTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var metadata: String
    var response: String
    var accepted: Bool
    var testDescription: String { name }
  }

  struct Missing: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) is missing or empty; `make vectors` writes it" }
  }

  static func vectors() throws -> [Vector] {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let path = root + "/.build/vectors/saml.json"
    guard let data = FileManager.default.contents(atPath: path) else { throw Missing(path: path) }
    let vectors = try JSONValue(parsing: Array(data)).array ?? []
    guard !vectors.isEmpty else { throw Missing(path: path) }
    return try vectors.map { value in
      guard let name = value["name"]?.string, let metadata = value["metadata"]?.string,
        let response = value["response"]?.string, case .bool(let accepted)? = value["accepted"]?.kind
      else { throw Missing(path: path) }
      return Vector(name: name, metadata: metadata, response: response, accepted: accepted)
    }
  }

  @Test("what is signed is accepted as it was signed, and all else is refused")
  func vectors() throws {
    let vectors = try Self.vectors()
    #expect(vectors.count { $0.accepted } >= 8)
    #expect(vectors.count { !$0.accepted } >= 25)
    for vector in vectors {
      let subject = Result {
        let keys = try SAMLMetadata(parsing: vector.metadata).keys
        return try SAMLResponse(base64: vector.response).assertion(signedBy: keys)
      }
      switch subject {
      case .success(let assertion):
        #expect(vector.accepted, "\(vector.name)")
        #expect(assertion.subject == "ada@example.com", "\(vector.name)")
        #expect(assertion.values("Role") == ["reader & writer"], "\(vector.name)")
      case .failure(let error):
        #expect(error is FederationError, "\(vector.name): \(error)")
        #expect(!vector.accepted, "\(vector.name): \(error)")
      }
    }
  }

  @Test("what we sign we accept, and no byte of it can be another")
  func ours() throws {
    let issuer = try SAMLIssuer(entityID: "https://idp.example.com", from: Date(timeIntervalSince1970: 1_736_942_400))
    let metadata = try SAMLMetadata(parsing: issuer.metadata)
    #expect(metadata.entityID == "https://idp.example.com")
    #expect(issuer.metadata.utf8.count >= 1000, "IAM takes no shorter metadata")
    var statement = SAMLStatement(
      subject: "a & <b>\u{E9}", issueInstant: "2025-01-15T12:00:00Z", notBefore: "2025-01-15T12:00:00Z",
      notOnOrAfter: "2025-01-15T12:05:00Z")
    statement.attributes = [("Quote\"d", ["one", "two"])]
    let response = try issuer.response(statement)
    let assertion = try SAMLResponse(base64: response).assertion(signedBy: metadata.keys)
    #expect(assertion.subject == "a & <b>\u{E9}")
    #expect(assertion.values("Quote\"d") == ["one", "two"])
    let bytes = try #require(Data(base64Encoded: response))
    let start = try #require(bytes.firstRange(of: Data("<saml:Assertion".utf8))).lowerBound
    for index in stride(from: start, to: bytes.count, by: 7) {
      var changed = bytes
      changed[index] = changed[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
      let read = try? SAMLResponse(base64: changed.base64EncodedString()).assertion(signedBy: metadata.keys)
      // What is outside of the assertion is not signed, and says nothing either.
      if let read { #expect(read.subject == assertion.subject && read.values("Quote\"d") == ["one", "two"]) }
    }
  }

  @Test(
    "what is no metadata",
    arguments: [
      "", "<a/>", "<EntityDescriptor entityID='a'/>",
      "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='a'/>",
      """
      <EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='a'><IDPSSODescriptor><KeyDescriptor>
      <KeyInfo><X509Data><X509Certificate>AAAA</X509Certificate></X509Data></KeyInfo></KeyDescriptor></IDPSSODescriptor>
      </EntityDescriptor>
      """,
    ])
  func metadata(text: String) {
    let error = #expect(throws: FederationError.self) { try SAMLMetadata(parsing: text) }
    #expect(error?.kind == .malformed)
  }
}
