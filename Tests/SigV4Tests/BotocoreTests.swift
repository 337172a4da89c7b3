import FoundationEssentials
import HTTP
import SigV4
import Testing

/// Both directions against an independent signer, over some hundreds of generated requests.
@Suite("SigV4 against botocore") struct BotocoreTests {
  let vectors: [BotocoreVector]

  init() throws {
    vectors = try BotocoreVector.load()
    try #require(vectors.count >= 500)
  }

  private func verify(_ request: HTTPRequest, of vector: BotocoreVector, secret: Secret? = nil) throws {
    let presented = try #require(try PresentedSignature.read(from: request))
    try presented.checkTime(now: vector.date.addingTimeInterval(1))
    try presented.checkScope(service: vector.service, region: vector.region)
    let body = try request.body.collected()
    let hash: String
    if vector.service == "s3" {
      let payload = try presented.s3Payload(of: request)
      if case .hashed = payload { _ = try payload.checkedBody(of: request, signer: nil) }
      hash = payload.announcement
    } else {
      hash = S3Payload.hash(of: body)
    }
    #expect(presented.accessKeyID == vector.credentials.accessKeyID)
    #expect(presented.sessionToken == vector.credentials.sessionToken)
    #expect(PresentedSignature.claimedService(of: request) == vector.service)
    try presented.checkSignature(
      of: request, keys: SigningKeys(secret ?? vector.credentials.secretAccessKey), payloadHash: hash)
  }

  @Test("what botocore signs is accepted")
  func accepted() {
    for vector in vectors {
      #expect(throws: Never.self, "\(vector.testDescription)") { try verify(vector.request, of: vector) }
    }
  }

  @Test("what botocore signs is refused once anything of it is changed", arguments: Change.allCases)
  func refused(change: Change) {
    var count = 0
    for vector in vectors {
      guard let request = change.applied(to: vector) else { continue }
      count += 1
      #expect(throws: SignatureFailure.self, "\(vector.testDescription)") { try verify(request, of: vector) }
    }
    #expect(count > 100)
  }

  @Test("another secret gives another signature")
  func otherSecret() {
    for vector in vectors {
      #expect(throws: SignatureFailure.self, "\(vector.testDescription)") {
        try verify(vector.request, of: vector, secret: Secret("other"))
      }
    }
  }

  @Test("we sign as botocore does")
  func signed() throws {
    var count = 0
    // Where botocore is given a `Date` header it leaves out `X-Amz-Date`, which our signer always sends.
    for vector in vectors where vector.request.headers["Date"] == nil {
      count += 1
      let signer = Signer(credentials: vector.credentials, region: vector.region, service: vector.service)
      if let expires = vector.expires {
        let signed = signer.presign(vector.unsigned, at: vector.date, expires: expires)
        #expect(signed.target == vector.request.target, "\(vector.testDescription)")
      } else {
        let signed = try signer.sign(vector.unsigned, at: vector.date, payload: vector.payload)
        #expect(
          signed.headers["Authorization"] == vector.request.headers["Authorization"], "\(vector.testDescription)")
      }
    }
    #expect(count > 500)
  }
}

extension BotocoreTests {
  /// One change that no verifier may overlook.
  enum Change: CaseIterable, Sendable {
    case signature, method, path, query, headerValue, host, body

    /// The changed request; `nil` where the request has no such part.
    func applied(to vector: BotocoreVector) -> HTTPRequest? {
      var request = vector.request
      switch self {
      case .signature:
        guard let header = request.headers["Authorization"] else {
          request.target = Self.lastDigitChanged(request.target)
          return request
        }
        request.headers["Authorization"] = Self.lastDigitChanged(header)
      case .method: request.method = request.method == "GET" ? "PUT" : "GET"
      case .path: request.target = request.path + "x" + request.target.dropFirst(request.path.count)
      case .query: request.target += (request.target.contains("?") ? "&" : "?") + "zz="
      case .headerValue:
        guard let index = request.headers.fields.firstIndex(where: { $0.name.lowercased().hasPrefix("x-amz-meta") })
        else { return nil }
        var fields = request.headers.fields
        fields[index].value += "x"
        request.headers = HTTPHeaders(fields)
      case .host: request.headers["Host"] = "other.example"
      case .body:
        guard vector.expires == nil, case .hashed = vector.payload else { return nil }
        request.body = .bytes(vector.body + [0])
      }
      return request
    }

    private static func lastDigitChanged(_ text: String) -> String {
      text.dropLast() + (text.hasSuffix("0") ? "1" : "0")
    }
  }
}
