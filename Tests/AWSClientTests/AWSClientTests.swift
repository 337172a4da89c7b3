import AWSAPI
import AWSClient
import FoundationEssentials
import HTTP
import SigV4
import Synchronization
import Testing

/// Answers one after the other, and keeps what was sent.
private final class ScriptedTransport: Transport {
  private let script: Mutex<[Result<HTTPResponse, TransportError>]>
  private let requests = Mutex<[HTTPRequest]>([])

  init(_ script: Result<HTTPResponse, TransportError>...) {
    self.script = Mutex(script)
  }

  var sent: [HTTPRequest] { requests.withLock { $0 } }

  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    requests.withLock { $0.append(request) }
    let next = script.withLock { $0.isEmpty ? .failure(TransportError(.other, "no more answers")) : $0.removeFirst() }
    return try next.get()
  }
}

@Suite("Calls") struct AWSClientTests {
  private static let credentials = Credentials(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    sessionToken: Secret("token"))
  private let pauses = Pauses()

  private final class Pauses: Sendable {
    private let values = Mutex<[Duration]>([])
    var all: [Duration] { values.withLock { $0 } }
    func add(_ pause: Duration) { values.withLock { $0.append(pause) } }
  }

  private func client(_ transport: ScriptedTransport) -> AWSClient {
    AWSClient(
      transport: transport, endpoints: .aws, region: "eu-west-1", retries: RetryPolicy(attempts: 3),
      now: { Date(timeIntervalSince1970: 1_736_942_400) }, wait: { [pauses] in pauses.add($0) }, jitter: { 0.5 })
  }

  private static func answer(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> Result<
    HTTPResponse, TransportError
  > {
    .success(HTTPResponse(status: status, headers: headers, body: .bytes(Array(body.utf8))))
  }

  private static let throttled = answer(
    400, "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>")
  private static let user = answer(
    200,
    """
    <GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><UserName>David</UserName>
    </User></GetUserResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></GetUserResponse>
    """)

  @Test("a call is encoded, signed for its service's region, sent and read")
  func call() throws {
    let transport = ScriptedTransport(Self.user)
    let operation = try #require(Catalogue.operation(named: "iam:GetUser"))
    let exchange = try client(transport).call(operation, ["UserName": "David"], as: Self.credentials)
    let request = try #require(transport.sent.first)
    #expect(request.headers["Host"] == "iam.amazonaws.com")
    #expect(request.headers["Authorization"]?.contains("/20250115/us-east-1/iam/aws4_request") == true)
    #expect(request.headers["X-Amz-Security-Token"] == "token")
    #expect(exchange.answer?["User"]?.structure?["UserName"]?.string == "David")
    #expect(exchange.decoded?.requestID == "id-1")
    #expect(exchange.attempts == 1)
    #expect(pauses.all.isEmpty)
  }

  @Test("STS and S3 are signed for the client's region; without credentials nothing is signed")
  func regions() throws {
    let transport = ScriptedTransport(Self.answer(403, ""), Self.answer(404, ""))
    let identity = try #require(Catalogue.operation(named: "sts:GetCallerIdentity"))
    _ = try client(transport).call(identity, [:], as: Self.credentials)
    let get = try #require(Catalogue.operation(named: "s3:GetObject"))
    _ = try client(transport).call(get, ["Bucket": "b", "Key": "k"], as: nil)
    #expect(transport.sent[0].headers["Host"] == "sts.eu-west-1.amazonaws.com")
    #expect(transport.sent[0].headers["Authorization"]?.contains("/eu-west-1/sts/") == true)
    #expect(transport.sent[1].headers["Authorization"] == nil)
  }

  @Test("a throttled call is made again, signed anew, until the attempts are used up")
  func throttling() throws {
    let create = try #require(Catalogue.operation(named: "iam:CreateUser"))
    let transport = ScriptedTransport(Self.throttled, Self.throttled, Self.throttled)
    let exchange = try client(transport).call(create, ["UserName": "David"], as: Self.credentials)
    #expect(exchange.error?.code == "Throttling")
    #expect(exchange.attempts == 3)
    #expect(pauses.all == [.milliseconds(50), .milliseconds(100)])
  }

  @Test("a connection that broke is tried again where that cannot do more than once")
  func broken() throws {
    let broken = Result<HTTPResponse, TransportError>.failure(TransportError(.broken, "reset by peer"))
    let get = try #require(Catalogue.operation(named: "iam:GetUser"))
    let transport = ScriptedTransport(broken, Self.user)
    #expect(try client(transport).call(get, [:], as: nil).attempts == 2)
    let create = try #require(Catalogue.operation(named: "iam:CreateUser"))
    #expect(throws: CallFailure.transport(TransportError(.broken, "reset by peer"))) {
      try client(ScriptedTransport(broken, Self.user)).call(create, ["UserName": "David"], as: nil)
    }
  }

  @Test(
    "an answer that is not the service's is kept with the reason",
    arguments: [
      "<GetUserResponse>", "<!DOCTYPE a [<!ENTITY b \"c\">]><GetUserResponse>&b;</GetUserResponse>", "not XML",
      "<GetUserResponse>\u{0}</GetUserResponse>",
    ])
  func hostile(body: String) throws {
    let get = try #require(Catalogue.operation(named: "iam:GetUser"))
    let exchange = try client(ScriptedTransport(Self.answer(200, body))).call(get, [:], as: Self.credentials)
    #expect(throws: ClientExchange.UnreadableAnswer.self) { try exchange.result.get() }
    #expect(exchange.answer == nil)
    #expect(exchange.responseBytes == Array(body.utf8))
  }

  @Test("a call that cannot be written is not sent")
  func encoding() throws {
    let get = try #require(Catalogue.operation(named: "s3:GetObject"))
    let transport = ScriptedTransport()
    #expect(throws: CallFailure.self) { try client(transport).call(get, ["Bucket": "b"], as: nil) }
    #expect(transport.sent.isEmpty)
  }
}
