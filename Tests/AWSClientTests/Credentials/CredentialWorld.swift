import AWSClient
import FoundationEssentials
import Glibc
import HTTP
import SigV4
import Synchronization

/// A user's machine: variables, files, and services that answer what they are told to.
final class CredentialWorld: Transport {
  static let start = Date(timeIntervalSince1970: 1_736_942_400)

  let folder: String
  private let state: Mutex<State>

  private struct State {
    var environment: [String: String] = ["AWS_EC2_METADATA_DISABLED": "true"]
    var now = start
    var requests: [HTTPRequest] = []
    var codes: [String] = []
    var pauses: [Duration] = []
  }

  /// What a request is answered with.
  private let answer: @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse

  init(
    answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse = {
      (request) throws(TransportError) in throw TransportError(.notConnected, "nobody listens")
    }
  ) {
    var template = Array("/tmp/iamdrill-credentials-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    state = Mutex(State())
    self.answer = answer
    set("HOME", folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    state.withLock { $0.requests.append(request) }
    return try answer(request)
  }

  func set(_ name: String, _ value: String) { state.withLock { $0.environment[name] = value } }

  /// Writes a file below the home folder.
  func write(_ path: String, _ text: String) throws {
    let full = folder + "/" + path
    let parent = full[..<(full.lastIndex(of: "/") ?? full.endIndex)]
    try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: full, contents: Data(text.utf8)) else {
      throw CocoaError(.fileWriteUnknown)
    }
    chmod(full, 0o700)
  }

  /// Writes a shell script below the home folder.
  func writeProgram(_ path: String, _ script: String) throws {
    try write(path, "#!/bin/sh\n" + script + "\n")
  }

  func giveCode(_ code: String) { state.withLock { $0.codes.append(code) } }
  func advance(by seconds: TimeInterval) { state.withLock { $0.now += seconds } }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var pauses: [Duration] { state.withLock { $0.pauses } }

  /// The forms that were posted, decoded.
  var forms: [[String: String]] {
    requests.map { request in
      guard case .bytes(let bytes) = request.body,
        let items = QueryItems(parsing: String(decoding: bytes, as: UTF8.self), plusIsSpace: true)
      else { return [:] }
      return Dictionary(items.items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
  }

  var surroundings: CredentialSurroundings {
    CredentialSurroundings(
      environment: state.withLock { $0.environment }, home: folder, now: { [self] in state.withLock { $0.now } },
      makeTransport: { [self] _ in self }, wait: { [self] pause in state.withLock { $0.pauses.append(pause) } },
      askForCode: { [self] _ in state.withLock { $0.codes.isEmpty ? nil : Secret($0.codes.removeFirst()) } })
  }

  func resolve(profile: String? = nil) throws(CredentialError) -> ResolvedCredentials {
    try CredentialResolver(surroundings).source(profile: profile).credentials()
  }
}
