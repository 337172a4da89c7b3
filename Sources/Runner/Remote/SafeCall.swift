import AWSAPI
import AWSClient
import FoundationEssentials
import HTTP
import SigV4

/// A call whose answer may get lost: made again, and what the lost attempt did is found out by reading.
///
/// ``AWSClient`` repeats what may be repeated without a thought. What is left are calls that make or delete something: the
/// second time they are refused for what the first one did.
struct SafeCall {
  let caller: Caller
  let call: AWSCall
  let principal: String
  let credentials: Credentials?
  var region: String?
  let account: String?
  /// Keys of users that may be deleted because a lost answer had their secret; `nil` where the user is not the run's own.
  let knownAccessKeys: Set<String>?

  private static let mostAttempts = 4

  func run() throws(Problem) -> Exchange {
    var attempt = 1
    while true {
      let outcome: Result<Exchange, CallFailure>
      do throws(CallFailure) {
        outcome = .success(try caller.exchange(call, as: principal, credentials, region: region))
      } catch {
        outcome = .failure(error)
      }
      if attempt < Self.mostAttempts, Self.isLost(outcome), isWorthRepeating {
        caller.target.wait(pause(after: attempt))
        attempt += 1
        if call.operation.name == "CreateAccessKey" { try deleteUnknownKeys() }
        continue
      }
      switch outcome {
      case .failure(let failure): throw Problem(failure)
      case .success(let exchange):
        guard attempt > 1 || exchange.attempts > 1 else { return exchange }
        return try settled(exchange, attempts: max(attempt, exchange.attempts))
      }
    }
  }

  /// A new password is not set twice: the old one is not valid any more.
  private var isWorthRepeating: Bool { call.operation.name != "ChangePassword" }

  private func pause(after attempt: Int) -> Duration {
    let client = caller.target.client
    return client.retries.pause(
      afterAttempt: 1, .transport(.notConnected), isRepeatable: true, jitter: client.jitter()
    )
    .map { $0 * (1 << min(attempt, 6)) } ?? .zero
  }

  /// Whether the call may have been carried out although no answer says so.
  private static func isLost(_ outcome: Result<Exchange, CallFailure>) -> Bool {
    switch outcome {
    case .failure(let failure): failure.isLost
    case .success(let exchange): exchange.response.status >= 500
    }
  }

  /// What the answer to a repeated call means.
  private func settled(_ exchange: Exchange, attempts: Int) throws(Problem) -> Exchange {
    guard case .failure(let error) = exchange.outcome else { return exchange }
    if error.meansThere, let kind = ResourceKind(madeBy: call.operation) {
      guard kind != .virtualMFADevice else { return try madeAgain(exchange) }
      guard let account, let read = kind.reading(call, account: account) else { return exchange }
      let reading = try caller.call(read, as: principal, credentials, region: region)
      guard case .success(let answer) = reading.outcome else { return exchange }
      let location = "/" + (call.parameters["Bucket"]?.string ?? "")
      return answered(kind == .bucket ? ["Location": .string(location)] : answer, exchange, attempts)
    }
    if error.meansThere || (error.meansGone && Self.takesAway(call.operation)) {
      return answered([:], exchange, attempts)
    }
    return exchange
  }

  private static func takesAway(_ operation: AWSAPI.Operation) -> Bool {
    ["Delete", "Remove", "Detach", "Deactivate"].contains { operation.name.hasPrefix($0) }
  }

  /// The answer that was lost, as the service would write it.
  private func answered(_ answer: AWSStructure, _ exchange: Exchange, _ attempts: Int) -> Exchange {
    let operation = call.operation
    let known = AWSStructure(answer.members.filter { operation.output?[$0.name] != nil })
    let stamp = ResponseStamp(requestID: "read-back", second: AWSSecond(caller.target.now))
    let response = operation.encodeResponse(known, stamp: stamp)
    let decoded = try? operation.decodeResponse(response)
    let body = if case .bytes(let bytes) = response.body { bytes } else { [UInt8]() }
    return Exchange(
      call: call, principal: principal, request: exchange.request, response: response, body: body,
      outcome: decoded?.outcome ?? .success(known), document: decoded?.document, requestID: nil,
      decision: nil, record: nil, attempts: attempts)
  }

  /// The seed of a device is told once; a device whose seed was lost is of no use.
  private func madeAgain(_ exchange: Exchange) throws(Problem) -> Exchange {
    guard let account, let serial = ResourceKind.virtualMFADevice.identifier(in: call, account: account),
      let delete = Catalogue.operation(.iam, "DeleteVirtualMFADevice")
    else { return exchange }
    _ = try caller.call(
      AWSCall(operation: delete, parameters: ["SerialNumber": .string(serial)]), as: principal, credentials)
    return try caller.call(call, as: principal, credentials)
  }

  /// A key whose secret nobody got is deleted before another one is made: a user has two at most.
  private func deleteUnknownKeys() throws(Problem) {
    guard let knownAccessKeys, let user = call.parameters["UserName"],
      let list = Catalogue.operation(.iam, "ListAccessKeys"), let delete = Catalogue.operation(.iam, "DeleteAccessKey")
    else { return }
    let listing = try caller.call(
      AWSCall(operation: list, parameters: ["UserName": user]), as: principal, credentials)
    guard case .success(let answer) = listing.outcome else { return }
    for key in (answer["AccessKeyMetadata"]?.list ?? []).compactMap({ $0.structure?["AccessKeyId"]?.string })
    where !knownAccessKeys.contains(key) {
      _ = try caller.call(
        AWSCall(operation: delete, parameters: ["UserName": user, "AccessKeyId": .string(key)]), as: principal,
        credentials)
    }
  }
}

extension CallFailure {
  /// Whether the request may have arrived.
  fileprivate var isLost: Bool {
    guard case .transport(let error) = self else { return false }
    return error.kind == .broken || error.kind == .timedOut
  }
}

extension AWSError {
  /// Whether what was to be deleted is not there any more, which is what deleting wants.
  var meansGone: Bool { status == 404 || code == "NoSuchEntity" || code == "NoSuchBucket" || code == "NoSuchKey" }

  /// Whether what was to be made is there already.
  var meansThere: Bool { code == "EntityAlreadyExists" || code == "BucketAlreadyOwnedByYou" }

  /// Whether the same call may well work a little later.
  var isPassing: Bool {
    status >= 500 || status == 429
      || [
        "DeleteConflict", "ConcurrentModification", "OperationAborted", "BucketNotEmpty", "Throttling", "SlowDown",
        "RequestLimitExceeded", "TooManyRequestsException", "EntityTemporarilyUnmodifiable", "RequestTimeout",
      ].contains(code) || isNotReady
  }
}
