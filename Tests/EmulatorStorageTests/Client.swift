import AWSAPI
import Emulator
import HTTP
import SigV4
import Testing

/// Who calls an emulator in this process, as the root user of an account or with the keys it is given.
struct Client {
  let emulator: Emulator
  var credentials: Credentials

  init(_ emulator: Emulator, account: String = Scratch.account) throws {
    self.emulator = emulator
    credentials = try #require(emulator.administratorCredentials(of: account))
  }

  func send(_ operation: String, _ parameters: AWSStructure) throws -> DecodedResponse {
    let described = try #require(Catalogue.operation(named: operation))
    let request = try described.encodeRequest(parameters, host: "localhost:4600")
    let signer = Signer(credentials: credentials, region: "us-east-1", service: described.service.rawValue)
    return try described.decodeResponse(emulator.handle(try signer.sign(request, at: emulator.clock.now)))
  }

  /// Sends a call that must succeed, and returns its answer.
  @discardableResult
  func call(
    _ operation: String, _ parameters: AWSStructure = [:], location: SourceLocation = #_sourceLocation
  ) throws -> AWSStructure {
    switch try send(operation, parameters).outcome {
    case .success(let answer): return answer
    case .failure(let error):
      Issue.record("\(operation): \(error.code) \(error.message)", sourceLocation: location)
      throw error
    }
  }

  /// The code of the error that a call must be refused with.
  func refusal(_ operation: String, _ parameters: AWSStructure = [:]) throws -> String? {
    guard case .failure(let error) = try send(operation, parameters).outcome else { return nil }
    return error.code
  }

  func put(_ key: String, _ bytes: [UInt8], in bucket: String = "box") throws {
    try call("s3:PutObject", ["Bucket": .string(bucket), "Key": .string(key), "Body": .bytes(bytes)])
  }

  func get(_ key: String, range: String? = nil, in bucket: String = "box") throws -> [UInt8] {
    let answer = try call(
      "s3:GetObject", ["Bucket": .string(bucket), "Key": .string(key), "Range": range.map { .string($0) }])
    return try answer["Body"]?.blob?.collected() ?? []
  }
}

extension [UInt8] {
  /// `count` bytes that are not the same everywhere.
  static func pattern(_ count: Int, seed: Int = 1) -> [UInt8] {
    let block = (0..<4_099).map { UInt8(truncatingIfNeeded: ($0 &+ seed) &* 2_654_435_761 >> 9) }
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += block }
    return Array(bytes.prefix(count))
  }
}
