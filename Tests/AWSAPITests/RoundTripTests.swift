import AWSAPI
import FoundationEssentials
import HTTP
import Testing

@Suite("What is written is read again")
struct RoundTripTests {
  static let operations = Service.allCases.flatMap { service in
    Catalogue.names(of: service).map { "\(service.rawValue):\($0)" }
  }
  private static let rounds = 12 as UInt64
  private let stamp = ResponseStamp(
    requestID: "17c5ec2d-0f2c-4a9e-a1f6-0d1ac0c0ffee", hostID: "aG9zdA==",
    second: AWSSecond(Date(timeIntervalSince1970: 0)))

  @Test("requests, routed and decoded", arguments: operations)
  func requests(_ name: String) throws {
    let operation = try #require(Catalogue.operation(named: name))
    for seed in 1...Self.rounds {
      var generator = ValueGenerator(seed: seed)
      let given = generator.structure(operation.input)
      let request = try operation.encodeRequest(given, host: "127.0.0.1:4600")
      #expect(request.headers["Host"] == "127.0.0.1:4600")
      var decoded = try decode(request, as: operation)
      // What the encoder adds where S3 insists on a checksum.
      if given["ChecksumAlgorithm"] == nil { decoded["ChecksumAlgorithm"] = nil }
      if given["ChecksumCRC32"] == nil { decoded["ChecksumCRC32"] = nil }
      // An upload without a body is one of no bytes.
      if given["Body"] == nil { decoded["Body"] = nil }
      #expect(decoded.canonical == given.canonical, "\(name), seed \(seed): \(request.target)")
    }
  }

  private func decode(_ request: HTTPRequest, as operation: AWSAPI.Operation) throws -> AWSStructure {
    guard operation.service != .s3 else {
      let route = try Catalogue.route(request)
      #expect(route.operation.qualifiedName == operation.qualifiedName)
      return try route.operation.decodeRequest(request, at: route)
    }
    let form = try #require(QueryItems(parsing: request.body.collected(), plusIsSpace: true))
    let routed = try Catalogue.route(form: form, service: operation.service)
    #expect(routed.qualifiedName == operation.qualifiedName)
    return try routed.decodeRequest(form: form)
  }

  @Test("answers", arguments: operations)
  func answers(_ name: String) throws {
    let operation = try #require(Catalogue.operation(named: name))
    for seed in 1...Self.rounds {
      var generator = ValueGenerator(seed: seed)
      let given = operation.output.map { $0.members.isEmpty ? [:] : generator.structure($0) } ?? [:]
      let response = operation.encodeResponse(given, stamp: stamp)
      let decoded = try operation.decodeResponse(response)
      #expect(decoded.requestID == stamp.requestID)
      var answer = try decoded.outcome.get()
      if given["Body"] == nil { answer["Body"] = nil }
      #expect(answer.canonical == given.canonical, "\(name), seed \(seed)")
    }
  }

  @Test("a description knows its own name", arguments: operations)
  func names(_ name: String) throws {
    #expect(Catalogue.operation(named: name)?.qualifiedName == name)
  }
}
