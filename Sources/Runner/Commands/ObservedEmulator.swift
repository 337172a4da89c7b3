import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import Synchronization

/// An emulator as a command sees it: what the command asks is kept, and its answers go by the machine's time.
///
/// A run's emulator has a time of its own, which stands still and can be moved; the command has the machine's. That a request
/// is signed by the machine's time the emulator takes (``EmulatorConfiguration/acceptsMachineTime``). What is left is the end
/// of credentials that STS hands out: the command would take them for over, so it is told the end in its own time, and
/// ``ownTimes(in:)`` turns that back in what it prints.
final class ObservedEmulator: CommandService {
  private let emulator: Emulator
  private let redactor: Redactor
  private let state = Mutex(State())

  private struct State: Sendable {
    var calls: [Exchange] = []
    /// Access keys and who they belong to, by the scenario's names.
    var principals: [String: String] = [:]
    /// Ends of credentials as the command was told them, and as they are.
    var times: [(told: Date, own: Date)] = []
  }

  init(_ emulator: Emulator, redactor: Redactor) {
    self.emulator = emulator
    self.redactor = redactor
  }

  /// Begins with a command of `principal`.
  func begin(principal: String, accessKeyID: String?) {
    state.withLock { state in
      state = State()
      if let accessKeyID { state.principals[accessKeyID] = principal }
    }
  }

  /// What has been asked since, in the order in which it was answered.
  var calls: [Exchange] { state.withLock { $0.calls } }

  // MARK: Serving

  func refusal(ofHead head: HTTPRequest) -> HTTPResponse? {
    guard let response = emulator.refusal(ofHead: head) else { return nil }
    note(head, response)
    return response
  }

  func respond(to request: HTTPRequest) -> HTTPResponse {
    var request = request
    let isForm = request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") ?? false
    if isForm, let bytes = try? request.body.collected(limit: Self.largestForm) { request.body = .bytes(bytes) }
    var response = emulator.handle(request)
    // An object may be large and is nobody's business; everything else is an answer to be read.
    if case .stream = request.body { request.body = .empty }
    note(request, response)
    tellTime(&response)
    return response
  }

  /// As much as the emulator reads.
  private static let largestForm = 1 << 20

  private func note(_ request: HTTPRequest, _ response: HTTPResponse) {
    let signature = (try? PresentedSignature.read(from: request)) ?? nil
    let service =
      signature.flatMap { Service(rawValue: $0.scope.service) }
      ?? (request.method == "POST" && request.path == "/" ? Service.sts : .s3)
    guard let (operation, parameters) = Self.call(request, service) else { return }
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    let decoded = try? operation.decodeResponse(response)
    redactor.add(sensitive: parameters, operation.input)
    if case .success(let answer)? = decoded?.outcome, let output = operation.output {
      redactor.add(sensitive: answer, output)
    }
    let record = decoded?.requestID.flatMap { emulator.decision(forRequestID: $0) }
    state.withLock { state in
      let principal =
        signature.map { signature in
          state.principals[signature.accessKeyID] ?? record.map { Self.shortName($0.callerARN) }
            ?? signature.accessKeyID
        }
      let exchange = Exchange(
        call: AWSCall(operation: operation, parameters: parameters), principal: principal, request: request,
        response: response, body: body, outcome: decoded?.outcome ?? .success([:]), document: decoded?.document,
        requestID: decoded?.requestID, decision: record?.decision, record: record)
      state.calls.append(exchange)
    }
  }

  private static func call(_ request: HTTPRequest, _ service: Service) -> (AWSAPI.Operation, AWSStructure)? {
    if service == .s3 {
      guard let route = try? Catalogue.route(request) else { return nil }
      return (route.operation, (try? route.operation.decodeRequest(request, at: route)) ?? [:])
    }
    guard case .bytes(let bytes) = request.body, let form = QueryItems(parsing: bytes, plusIsSpace: true),
      let operation = try? Catalogue.route(form: form, service: service)
    else { return nil }
    return (operation, (try? operation.decodeRequest(form: form)) ?? [:])
  }

  /// `UpdateData/David` for `arn:aws:sts::999999999999:assumed-role/UpdateData/David`: a session that the command itself made.
  private static func shortName(_ arn: String) -> String {
    let resource = arn.split(separator: ":", maxSplits: 5).last ?? ""
    let parts = resource.split(separator: "/")
    return parts.count > 1 ? parts.dropFirst().joined(separator: "/") : arn
  }

  // MARK: Time

  private static let tag = (start: "<Expiration>", end: "</Expiration>")

  private func tellTime(_ response: inout HTTPResponse) {
    guard case .bytes(let bytes) = response.body, response.headers["x-amzn-RequestId"] != nil else { return }
    var text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.range(ofText: Self.tag.start), let end = text.range(ofText: Self.tag.end),
      start.upperBound <= end.lowerBound, let own = AWSTimestamp.date(String(text[start.upperBound..<end.lowerBound]))
    else { return }
    let ahead = Date().timeIntervalSince(emulator.clock.now).rounded()
    guard ahead != 0 else { return }
    let told = own.addingTimeInterval(ahead)
    text.replaceSubrange(start.upperBound..<end.lowerBound, with: AWSTimestamp.text(told, .iso8601))
    response.body = .bytes(Array(text.utf8))
    state.withLock { $0.times.append((told, own)) }
  }

  /// `text` with the ends of credentials as they are in the emulator's time.
  func ownTimes(in text: String) -> String {
    var replacement = TextReplacement()
    for time in state.withLock({ $0.times }) {
      let (told, own) = (AWSTimestamp.text(time.told, .iso8601), AWSTimestamp.text(time.own, .iso8601))
      replacement.add(told, own)
      // As the AWS CLI writes it where it is to write ISO 8601.
      replacement.add(told.dropLast() + "+00:00", own.dropLast() + "+00:00")
    }
    return replacement.apply(text)
  }

  /// The emulator's time as signatures have it: `20250115T120000Z`.
  var signingTime: String {
    AWSTimestamp.text(emulator.clock.now, .iso8601).filter { $0 != "-" && $0 != ":" }
  }
}
