import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import Testing

/// A client of an emulator in this process: it signs, sends and reads what comes back, as an SDK does.
struct TestClient: Sendable {
  let emulator: Emulator
  var credentials: Credentials?
  var region = "us-east-1"

  /// What came back.
  struct Reply {
    var response: HTTPResponse
    var decoded: DecodedResponse

    /// The members of the answer.
    var answer: AWSStructure {
      get throws { try decoded.outcome.get() }
    }

    /// The error; `nil` where there was none.
    var error: AWSError? { if case .failure(let error) = decoded.outcome { error } else { nil } }

    /// The value at this path of the answer, `Role/Arn`.
    subscript(path: String) -> AWSValue? {
      guard case .success(let answer) = decoded.outcome else { return nil }
      var value: AWSValue? = .structure(answer)
      for name in path.split(separator: "/") {
        if let index = Int(name) {
          guard let list = value?.list, list.indices.contains(index) else { return nil }
          value = list[index]
        } else {
          value = value?.structure?[String(name)]
        }
      }
      return value
    }
  }

  /// Sends a call and reads the answer.
  @discardableResult
  func send(
    _ operation: String, _ parameters: AWSStructure = [:], location: SourceLocation = #_sourceLocation
  ) throws -> Reply {
    let described = try #require(Catalogue.operation(named: operation), sourceLocation: location)
    let response = emulator.handle(try request(operation, parameters, location: location))
    return Reply(response: response, decoded: try described.decodeResponse(response))
  }

  /// Sends a call that must succeed.
  @discardableResult
  func call(
    _ operation: String, _ parameters: AWSStructure = [:], location: SourceLocation = #_sourceLocation
  ) throws -> Reply {
    let reply = try send(operation, parameters, location: location)
    if let error = reply.error {
      Issue.record("\(operation): \(error.code) \(error.status): \(error.message)", sourceLocation: location)
    }
    return reply
  }

  /// Sends a call that must be refused, and returns the error.
  @discardableResult
  func refused(
    _ operation: String, _ parameters: AWSStructure = [:], _ code: String, status: Int? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws -> AWSError {
    let reply = try send(operation, parameters, location: location)
    let error = try #require(reply.error, "\(operation) was not refused", sourceLocation: location)
    #expect(error.code == code, "\(error.message)", sourceLocation: location)
    if let status { #expect(error.status == status, "\(error.message)", sourceLocation: location) }
    return error
  }

  /// The signed request of a call.
  func request(
    _ operation: String, _ parameters: AWSStructure = [:], location: SourceLocation = #_sourceLocation
  ) throws -> HTTPRequest {
    let described = try #require(Catalogue.operation(named: operation), sourceLocation: location)
    let request = try described.encodeRequest(parameters, host: "localhost:4600")
    guard let credentials else { return request }
    let signer = Signer(credentials: credentials, region: region, service: described.service.rawValue)
    return try signer.sign(request, at: emulator.clock.now)
  }

  /// The same client with the credentials in an answer.
  func becoming(_ reply: Reply) throws -> TestClient {
    var client = self
    client.credentials = Credentials(
      accessKeyID: try #require(reply["Credentials/AccessKeyId"]?.string),
      secretAccessKey: Secret(try #require(reply["Credentials/SecretAccessKey"]?.string)),
      sessionToken: Secret(try #require(reply["Credentials/SessionToken"]?.string)))
    return client
  }

  /// The same client with a new long-term key of `user`.
  func withKey(of user: String) throws -> TestClient {
    let reply = try call("iam:CreateAccessKey", ["UserName": .string(user)])
    var client = self
    client.credentials = Credentials(
      accessKeyID: try #require(reply["AccessKey/AccessKeyId"]?.string),
      secretAccessKey: Secret(try #require(reply["AccessKey/SecretAccessKey"]?.string)))
    return client
  }
}

/// An emulator with two accounts, as the tutorial has them.
struct TwoAccounts {
  static let destination = "999999999999"
  static let originating = "111111111111"

  let emulator: Emulator
  let destination: TestClient
  let originating: TestClient

  init(
    organization: EmulatorConfiguration.Organization? = nil,
    identifiers: EmulatorConfiguration.IdentifierSource = .seeded(7), issuers: [EmulatorConfiguration.Issuer] = [],
    clock: EmulatorClock = .fixed(.scenarioStart)
  ) throws {
    var configuration = EmulatorConfiguration(
      accounts: [.init(id: Self.destination), .init(id: Self.originating)], clock: clock,
      identifiers: identifiers)
    configuration.organization = organization
    configuration.issuers = issuers
    emulator = try Emulator(configuration)
    destination = TestClient(
      emulator: emulator, credentials: emulator.administratorCredentials(of: Self.destination))
    originating = TestClient(
      emulator: emulator, credentials: emulator.administratorCredentials(of: Self.originating))
  }

  /// A user of Originating with this inline policy and a key.
  func user(_ name: String, _ policy: String? = nil) throws -> TestClient {
    try originating.call("iam:CreateUser", ["UserName": .string(name)])
    if let policy {
      try originating.call(
        "iam:PutUserPolicy",
        ["UserName": .string(name), "PolicyName": "inline", "PolicyDocument": .string(policy)])
    }
    return try originating.withKey(of: name)
  }

  /// A role of Destination that trusts these principals, with this inline policy.
  @discardableResult
  func role(_ name: String, trusting principal: String, _ policy: String? = nil) throws -> String {
    let reply = try destination.call(
      "iam:CreateRole",
      ["RoleName": .string(name), "AssumeRolePolicyDocument": .string(Self.trust(principal))])
    if let policy {
      try destination.call(
        "iam:PutRolePolicy",
        ["RoleName": .string(name), "PolicyName": "inline", "PolicyDocument": .string(policy)])
    }
    return try #require(reply["Role/Arn"]?.string)
  }

  static func trust(_ principal: String, condition: String = "{}") -> String {
    """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"\(principal)"},\
    "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],"Condition":\(condition)}]}
    """
  }

  static func statement(_ effect: String, _ action: String, on resource: String = "*") -> String {
    #"{"Version":"2012-10-17","Statement":{"Effect":"\#(effect)","Action":"\#(action)","Resource":"\#(resource)"}}"#
  }
}
