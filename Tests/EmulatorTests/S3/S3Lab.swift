import AWSAPI
import FoundationEssentials
import HTTP
import SigV4
import Testing
import XML

@testable import Emulator

/// An emulator and a client of its S3 that sends requests as they stand on the wire.
struct S3Lab: Sendable {
  static let owner = "111111111111"
  static let other = "222222222222"

  let emulator: Emulator

  init(buckets: String...) throws {
    emulator = try Emulator(EmulatorConfiguration(accounts: [.init(id: Self.owner), .init(id: Self.other)]))
    for bucket in buckets { #expect(try send("PUT", "/\(bucket)").status == 200) }
  }

  /// Sends a request, signed by the root user of `account`.
  @discardableResult
  func send(
    _ method: String, _ target: String, _ headers: HTTPHeaders = [:], body: String, as account: String = owner,
    region: String = "us-east-1"
  ) throws -> S3Reply {
    try send(method, target, headers, bytes: Array(body.utf8), as: account, region: region)
  }

  @discardableResult
  func send(
    _ method: String, _ target: String, _ headers: HTTPHeaders = [:], bytes: [UInt8] = [], as account: String = owner,
    region: String = "us-east-1"
  ) throws -> S3Reply {
    let credentials = try #require(emulator.rootCredentials(of: account))
    return try send(method, target, headers, bytes: bytes, with: credentials, region: region)
  }

  @discardableResult
  func send(
    _ method: String, _ target: String, _ headers: HTTPHeaders = [:], bytes: [UInt8] = [],
    with credentials: Credentials,
    region: String = "us-east-1"
  ) throws -> S3Reply {
    let signer = Signer(credentials: credentials, region: region, service: "s3")
    let request = Self.request(method, target, headers, bytes)
    return try S3Reply(emulator.handle(try signer.sign(request, at: emulator.clock.now)))
  }

  /// Sends a request that nobody signed.
  @discardableResult
  func sendUnsigned(
    _ method: String, _ target: String, _ headers: HTTPHeaders = [:], bytes: [UInt8] = []
  ) throws -> S3Reply {
    try S3Reply(emulator.handle(Self.request(method, target, headers, bytes)))
  }

  private static func request(
    _ method: String, _ target: String, _ headers: HTTPHeaders, _ bytes: [UInt8]
  ) -> HTTPRequest {
    var request = HTTPRequest(method: method, target: target, headers: headers, body: .bytes(bytes))
    request.headers["Host"] = "localhost"
    return request
  }
}

/// An answer, its XML parsed where there is any.
struct S3Reply {
  var status: Int
  var headers: HTTPHeaders
  var body: [UInt8]

  init(_ response: HTTPResponse) throws {
    status = response.status
    headers = response.headers
    body = try response.body.collected()
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The text at an XPath; `nil` where there is no such node.
  func value(_ path: String) throws -> String? { try values(path).first }

  /// The texts at an XPath.
  func values(_ path: String) throws -> [String] {
    guard case .nodes(let nodes) = try XMLDocument(parsing: body).evaluate(path) else { return [] }
    return nodes.map(\.text)
  }

  /// The error's code, from the body.
  var code: String? { try? value("/Error/Code") }
  var message: String? { try? value("/Error/Message") }

  /// The names of the children of an error besides those that all have, with their texts.
  var fields: [String: String] {
    guard let document = try? XMLDocument(parsing: body) else { return [:] }
    let common = ["Code", "Message", "RequestId", "HostId"]
    return document.root.elements.filter { !common.contains($0.name) }.reduce(into: [:]) { $0[$1.name] = $1.text }
  }
}
