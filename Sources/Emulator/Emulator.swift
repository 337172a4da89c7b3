import AWSAPI
import FoundationEssentials
package import HTTP
package import IAMPolicy
import SigV4
import Synchronization

/// AWS in this process: accounts with IAM, STS and S3, answering the requests that would have crossed the wire.
///
/// All state is one value behind one lock, which is held only to copy it or to change it briefly; signatures, policies and
/// XML are worked on outside of the lock, on the copy.
package final class Emulator: Sendable {
  package let configuration: EmulatorConfiguration
  private let state: Mutex<CurrentState>
  let keeper: StateKeeper?
  let log: DecisionLog
  let callers = CallerCache()
  /// What goes wrong on purpose.
  package let faults = FaultTable()
  /// How long IAM takes to make its changes known.
  package let propagation = Propagation()

  /// - Throws: ``PolicyError`` where a guardrail of the organization is no policy.
  package convenience init(_ configuration: EmulatorConfiguration) throws(PolicyError) {
    self.init(configuration, NumberedState(state: try EmulatorState(configuration), number: 0))
  }

  /// - Parameter store: where the state is kept; it has the rows of `initial`.
  init(_ configuration: EmulatorConfiguration, _ initial: NumberedState, keptIn store: (any StateStore)? = nil) {
    self.configuration = configuration
    state = Mutex(CurrentState(initial))
    keeper = store.map { StateKeeper($0, kept: initial) }
    log = DecisionLog(capacity: configuration.decisionLogCapacity)
  }

  package var clock: EmulatorClock { configuration.clock }

  /// Answers `request` as AWS would.
  package func handle(_ request: HTTPRequest) -> HTTPResponse {
    switch exchange(for: request) {
    case .success(let exchange): exchange.response()
    case .failure(let refused): refused.response
    }
  }

  /// Refuses a request by its head alone, where its sender waits to be told whether to send the body.
  /// - Returns: the answer; `nil` where nothing in the head speaks against the body.
  package func refusal(ofHead head: HTTPRequest) -> HTTPResponse? {
    switch exchange(for: head) {
    case .success(let exchange): exchange.refusalOfHead()
    case .failure(let refused): refused.response
    }
  }

  /// A request that cannot even begin, with its answer.
  private struct Refused: Error {
    var response: HTTPResponse
  }

  /// Begins with `request`: finds its service, and takes an id and the state that it is judged on.
  private func exchange(for request: HTTPRequest) -> Result<Exchange, Refused> {
    let now = clock.now
    let signature: PresentedSignature?
    do throws(SignatureFailure) {
      signature = try PresentedSignature.read(from: request)
    } catch {
      let service = ServiceRoute.likelyService(of: request)
      let error = AWSError(error.error(for: service == .s3 ? .s3 : .query))
      let (_, stamp) = begin(service, at: now)
      log.append(
        DecisionRecord(refusing: request, of: service, nil, error, requestID: stamp.requestID, date: now))
      return .failure(Refused(response: error.response(service, stamp: stamp, isHead: request.method == "HEAD")))
    }
    var request = request
    do throws(AWSError) {
      try QueryForm.collect(&request)
    } catch {
      let (_, stamp) = begin(.sts, at: now)
      return .failure(Refused(response: error.response(.sts, stamp: stamp)))
    }
    guard let service = ServiceRoute.service(of: request, signature) else {
      let (_, stamp) = begin(.sts, at: now)
      let error = Self.unknownService(signature?.scope.service ?? "")
      return .failure(Refused(response: error.response(.sts, stamp: stamp)))
    }
    let (current, stamp) = begin(service, at: now)
    let known = propagation.known(current, at: now, key: signature?.accessKeyID)
    return .success(
      Exchange(
        emulator: self, request: request, service: service, signature: signature, current: current, known: known,
        stamp: stamp, now: now))
  }

  private static func unknownService(_ name: String) -> AWSError {
    AWSError(
      "InvalidAction", "The service \(name) is not emulated; there are iam, sts and s3.", status: 400)
  }

  /// Takes an id for a request, and the state it is judged on.
  private func begin(_ service: Service, at now: Date) -> (StateSnapshot, ResponseStamp) {
    var (snapshot, second, words) = state.withLock { current in
      (
        current.snapshot(), current.second(of: now),
        current.identifiers.requestWords(service == .s3 ? .s3Request : .request)
      )
    }
    guard service == .s3 else { return (snapshot, ResponseStamp(requestID: words.requestID(), second: second)) }
    let ids = words.s3RequestID()
    return (snapshot, ResponseStamp(requestID: ids.request, hostID: ids.host, second: second))
  }

  /// What is known at this moment.
  package var snapshot: EmulatorState { state.withLock { $0.state } }

  /// Changes the state under the lock, wholly or, where `body` throws, not at all.
  /// - Returns: the answer, and the number of the change.
  func mutate(
    _ body: (inout EmulatorState) throws(AWSError) -> Answer
  ) throws(AWSError) -> (answer: Answer, number: UInt64) {
    // What only the former state referred to is freed after the lock: that may be a lot, and files.
    var former: StateSnapshot?
    let result: Result<(Answer, UInt64), AWSError> = state.withLock { current in
      var changed = current.state
      do throws(AWSError) {
        let answer = try body(&changed)
        former = current.snapshot()
        current.change(to: changed)
        return .success((answer, current.number))
      } catch {
        return .failure(error)
      }
    }
    _ = former
    return try result.get()
  }

  /// Changes the state by what cannot fail.
  /// - Returns: the number of the change.
  func change(_ body: (inout EmulatorState) -> Void) -> UInt64 {
    state.withLock { current in
      current.change(body)
      return current.number
    }
  }

  /// Returns once the change `number`, and all before it, cannot be lost any more; at once where nothing is kept.
  /// - Throws: `InternalError` where it could not be kept, and was taken back.
  func settle(_ number: UInt64) throws(AWSError) {
    try keeper?.settle(number, newest: { state.withLock { $0.numbered } }) { kept in
      state.withLock { current in
        let (lost, identifiers) = (current.number, current.identifiers)
        current.change(to: kept)
        current.identifiers = identifiers
        return (current.number, lost)
      }
    }
  }

  /// Notes when a key, and the role behind it, was used last.
  /// - Returns: the number of the change; `nil` where nothing changed.
  func noteUse(of call: Call, _ signature: PresentedSignature?, before state: EmulatorState) -> UInt64? {
    guard let signature else { return nil }
    let usage = CredentialUsage(date: call.now, service: signature.scope.service, region: signature.scope.region)
    let key = UTF8Key(signature.accessKeyID)
    // Once a minute is enough: AWS itself tells the last use with a delay.
    if let former = state.usage[key], former.service == usage.service, former.region == usage.region,
      usage.date.timeIntervalSince(former.date) < Self.usageResolution
    {
      return nil
    }
    return change { state in
      state.usage[key] = usage
      if case .roleSession(let id) = call.caller.kind { state.usage[UTF8Key(id)] = usage }
    }
  }

  private static let usageResolution: TimeInterval = 60
}
