import AWSAPI
import AWSClient
import FoundationEssentials
import HTTP
import JSON
import SigV4
import Synchronization
import Testing

/// What botocore made of a user's files and variables, as Tests/Clients/credential_vectors.py writes it.
@Suite("Credentials as botocore finds them") struct BotocoreCredentialTests {
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  struct Vectors {
    var port: Int
    var vectors: [JSONValue]

    init() throws {
      let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
      let path = root + "/.build/vectors/credentials.json"
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Unusable(description: "\(path) is missing; `make vectors` writes it")
      }
      let value = try JSONValue(parsing: Array(data))
      guard case .number(let port)? = value["port"]?.kind, let number = Int(port), let list = value["vectors"]?.array
      else {
        throw Unusable(description: "\(path) is not what `make vectors` writes")
      }
      self.port = number
      vectors = list
    }
  }

  /// Answers what botocore was answered, in the same order, and holds every request against botocore's.
  private final class Replay: Sendable {
    private let rest: Mutex<[JSONValue]>
    let differences = Mutex<[String]>([])

    init(_ exchanges: [JSONValue]) { rest = Mutex(exchanges) }

    var isComplete: Bool { rest.withLock { $0.isEmpty } }

    func answer(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
      guard let expected = rest.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
        differences.withLock { $0.append("\(request.method) \(request.target) was not asked by botocore") }
        throw TransportError(.notConnected, "nobody listens")
      }
      let actual: [(String, String?, String?)] =
        [
          ("method", expected["method"]?.string, request.method),
          ("target", expected["target"]?.string, request.target),
          ("signer", expected["signer"]?.string, Self.signer(of: request)),
        ]
        + (expected["headers"]?.object ?? []).map { ($0.name, $0.value.string, request.headers[$0.name]) }
      for (name, wanted, given) in actual where wanted != given {
        differences.withLock { $0.append("\(name): \(given ?? "none") instead of \(wanted ?? "none")") }
      }
      let wanted = Dictionary((expected["form"]?.object ?? []).map { ($0.name, $0.value.string ?? "") }) { first, _ in
        first
      }
      let given = Self.form(of: request)
      if wanted != given { differences.withLock { $0.append("form: \(given) instead of \(wanted)") } }
      return HTTPResponse(status: 200, body: .bytes(Array((expected["response"]?.string ?? "").utf8)))
    }

    private static func signer(of request: HTTPRequest) -> String? {
      guard let header = request.headers["Authorization"], let start = header.firstRange(of: "Credential=")?.upperBound
      else { return nil }
      return String(header[start...].prefix { $0 != "/" })
    }

    private static func form(of request: HTTPRequest) -> [String: String] {
      guard case .bytes(let bytes) = request.body, !bytes.isEmpty,
        let items = QueryItems(parsing: bytes, plusIsSpace: true)
      else { return [:] }
      var form = Dictionary(items.items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
      form["Version"] = nil
      if form["RoleSessionName"]?.hasPrefix("iamdrill-") == true { form["RoleSessionName"] = "{generated}" }
      return form
    }
  }

  /// botocore's names for the ways, and ours.
  private static let methods: [String: CredentialOrigin.Link.Kind] = [
    "env": .environment, "shared-credentials-file": .profileKeys, "config-file": .profileKeys,
    "assume-role": .assumedRole, "assume-role-with-web-identity": .webIdentity, "custom-process": .process,
    "container-role": .container, "iam-role": .instance,
  ]

  /// What each of botocore's errors is here. Ours are told apart more finely.
  private static let errors: [String: Set<CredentialError.Kind>] = [
    "None": [.none], "PartialCredentialsError": [.incomplete], "ProfileNotFound": [.unknownProfile],
    "InvalidConfigError": [.unknownProfile, .invalidConfiguration, .incomplete],
    "InfiniteLoopConfigError": [.cycle], "ConfigParseError": [.unreadableFile],
    "CredentialRetrievalError": [.process, .none, .incomplete], "ValueError": [.invalidConfiguration],
  ]

  private func world(_ vector: JSONValue, port: Int, _ replay: Replay) throws -> CredentialWorld {
    let world = CredentialWorld { request throws(TransportError) in try replay.answer(request) }
    let placed = { (text: String) in
      text.replacing("{home}", with: world.folder).replacing("{port}", with: String(port)).replacing("{{}}", with: "{}")
    }
    world.giveCode("123456")
    world.set("PATH", "/usr/bin:/bin")
    for member in vector["environment"]?.object ?? [] { world.set(member.name, placed(member.value.string ?? "")) }
    for file in vector["files"]?.object ?? [] {
      guard let text = file.value.string, !text.isEmpty else { continue }
      try world.write(file.name, placed(text))
    }
    return world
  }

  @Test("whose credentials, and what is asked of whom")
  func credentials() throws {
    let vectors = try Vectors()
    #expect(vectors.vectors.count >= 75)
    for vector in vectors.vectors {
      let name = vector["name"]?.string ?? ""
      let replay = Replay(vector["exchanges"]?.array ?? [])
      let world = try world(vector, port: vectors.port, replay)
      let result = Result { try world.resolve(profile: vector["profile"]?.string) }
      switch (result, vector["error"]?.string) {
      case (.success(let resolved), nil):
        let method = vector["method"]?.string ?? ""
        #expect(resolved.origin.links.first?.kind == Self.methods[method], "\(name): \(resolved.origin)")
        #expect(resolved.credentials.accessKeyID == vector["accessKeyID"]?.string, "\(name)")
        #expect(resolved.credentials.secretAccessKey.reveal() == vector["secretAccessKey"]?.string, "\(name)")
        #expect(resolved.credentials.sessionToken?.reveal() == vector["sessionToken"]?.string, "\(name)")
        #expect(replay.isComplete, "\(name): botocore asked more")
      case (.failure(let error as CredentialError), let expected?):
        #expect(
          Self.errors[expected]?.contains(error.kind) == true, "\(name): \(error) where botocore says \(expected)")
      case (.success(let resolved), let expected?):
        Issue.record("\(name): \(resolved.origin) where botocore says \(expected)")
      case (.failure(let error), _): Issue.record("\(name): \(error)")
      }
      #expect(replay.differences.withLock { $0 } == [], "\(name)")
    }
  }

  @Test("which region and which endpoints")
  func settings() throws {
    let vectors = try Vectors()
    for vector in vectors.vectors {
      guard let settings = vector["settings"], settings.object != nil else { continue }
      let name = vector["name"]?.string ?? ""
      let world = try world(vector, port: vectors.port, Replay([]))
      let resolver = try CredentialResolver(world.surroundings)
      let profile = vector["profile"]?.string
      #expect(try resolver.region(profile: profile)?.value == settings["region"]?.string, "\(name)")
      for service in Service.allCases {
        let expected = settings[service.rawValue]
        if expected?["error"] != nil {
          #expect(throws: CredentialError.self, "\(name)") { try resolver.endpointURL(of: service, profile: profile) }
        } else {
          let url = try resolver.endpointURL(of: service, profile: profile)?.value
          #expect(url == expected?.string, "\(name): \(service)")
        }
      }
    }
  }
}
