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
  private let state: Mutex<EmulatorState>
  let log: DecisionLog

  /// - Throws: ``PolicyError`` where a guardrail of the organization is no policy.
  package init(_ configuration: EmulatorConfiguration) throws(PolicyError) {
    self.configuration = configuration
    state = Mutex(try EmulatorState(configuration))
    log = DecisionLog(capacity: configuration.decisionLogCapacity)
  }

  package var clock: EmulatorClock { configuration.clock }

  /// Answers `request` as AWS would.
  package func handle(_ request: HTTPRequest) -> HTTPResponse {
    let now = clock.now
    let signature: PresentedSignature?
    do throws(SignatureFailure) {
      signature = try PresentedSignature.read(from: request)
    } catch {
      let service = ServiceRoute.likelyService(of: request)
      let error = AWSError(error.error(for: service == .s3 ? .s3 : .query))
      let (_, stamp) = begin(service, at: now)
      return error.response(service, stamp: stamp, isHead: request.method == "HEAD")
    }
    guard let service = ServiceRoute.service(of: request, signature) else {
      let (_, stamp) = begin(.sts, at: now)
      return Self.unknownService(signature?.scope.service ?? "").response(.sts, stamp: stamp)
    }
    let (state, stamp) = begin(service, at: now)
    return Exchange(
      emulator: self, request: request, service: service, signature: signature, state: state, stamp: stamp, now: now
    ).response()
  }

  private static func unknownService(_ name: String) -> AWSError {
    AWSError(
      "InvalidAction", "The service \(name) is not emulated; there are iam, sts and s3.", status: 400)
  }

  /// Takes an id for a request, and the state it is judged on.
  private func begin(_ service: Service, at now: Date) -> (EmulatorState, ResponseStamp) {
    state.withLock { state in
      guard service == .s3 else {
        let stamp = ResponseStamp(requestID: state.identifiers.requestID(), date: now)
        return (state, stamp)
      }
      let ids = state.identifiers.s3RequestID()
      return (state, ResponseStamp(requestID: ids.request, hostID: ids.host, date: now))
    }
  }

  /// What is known at this moment.
  package var snapshot: EmulatorState { state.withLock { $0 } }

  /// Changes the state under the lock, wholly or, where `body` throws, not at all.
  func mutate(_ body: (inout EmulatorState) throws(AWSError) -> Answer) throws(AWSError) -> Answer {
    let result: Result<Answer, AWSError> = state.withLock { state in
      var changed = state
      do throws(AWSError) {
        let answer = try body(&changed)
        state = changed
        return .success(answer)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Keeps when a key, and the role behind it, was used last.
  func noteUse(of call: Call, _ signature: PresentedSignature?, before state: EmulatorState) {
    guard let signature else { return }
    let usage = CredentialUsage(date: call.now, service: signature.scope.service, region: signature.scope.region)
    let key = UTF8Key(signature.accessKeyID)
    // Once a minute is enough: AWS itself tells the last use with a delay.
    if let former = state.usage[key], former.service == usage.service, former.region == usage.region,
      usage.date.timeIntervalSince(former.date) < Self.usageResolution
    {
      return
    }
    self.state.withLock { state in
      state.usage[key] = usage
      if case .roleSession(let id) = call.caller.kind { state.usage[UTF8Key(id)] = usage }
    }
  }

  private static let usageResolution: TimeInterval = 60
}
