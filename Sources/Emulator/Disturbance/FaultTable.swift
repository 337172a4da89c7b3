import AWSAPI
import Glibc
import Synchronization

/// The faults that are to come.
package final class FaultTable: Sendable {
  private let faults = Mutex<[Fault]>([])
  /// Whether there is any, so that requests which nobody disturbs take no lock.
  private let isInUse = Atomic(false)
  /// Faults beyond this number are not taken.
  package static let capacity = 256
  /// The longest delay, in seconds.
  package static let longestDelay = 3600.0

  package init() {}

  /// The faults that are left, in their order.
  package var all: [Fault] { faults.withLock { $0 } }

  package var isActive: Bool { isInUse.load(ordering: .relaxed) }

  /// Whether some request may have to wait.
  package var mayDelay: Bool {
    isActive && all.contains { if case .delay = $0.effect { true } else { false } }
  }

  /// - Returns: `false` where there is no room for another.
  package func add(_ fault: Fault) -> Bool {
    let added = faults.withLock { faults in
      guard faults.count < Self.capacity else { return false }
      faults.append(fault)
      return true
    }
    isInUse.store(!all.isEmpty, ordering: .relaxed)
    return added
  }

  package func removeAll() {
    faults.withLock { $0 = [] }
    isInUse.store(false, ordering: .relaxed)
  }

  /// Takes every fault that concerns `operation`, each once.
  private func take(_ operation: String) -> [Fault.Effect] {
    guard isActive else { return [] }
    return faults.withLock { faults in
      var effects: [Fault.Effect] = []
      for index in faults.indices where faults[index].concerns(operation) {
        effects.append(faults[index].effect)
        if let count = faults[index].count { faults[index].count = count - 1 }
      }
      faults.removeAll { $0.count.map { $0 <= 0 } ?? false }
      isInUse.store(!faults.isEmpty, ordering: .relaxed)
      return effects
    }
  }

  /// Lets happen what is to happen to a request for `operation`.
  /// - Returns: when the connection is to be reset, where it is.
  /// - Throws: the error that answers the request.
  func disturb(_ operation: AWSAPI.Operation) throws(AWSError) -> ConnectionReset? {
    var reset: ConnectionReset?
    for effect in take(operation.qualifiedName) {
      switch effect {
      case .delay(let seconds): usleep(UInt32(seconds.clamped(to: 0...Self.longestDelay) * 1_000_000))
      case .throttling: throw operation.service.throttled
      case .internalError: throw operation.service.failed
      case .unavailable: throw operation.service.unavailable
      case .connectionReset(let afterwards): reset = afterwards ? .afterwards : .before
      }
    }
    return reset
  }
}

/// When a connection is reset.
enum ConnectionReset: Sendable {
  /// Before the operation is carried out.
  case before
  /// The operation is carried out, and nobody hears of it.
  case afterwards
}

// Source: "Common errors" of the IAM and STS API references, "Error responses" of S3's.
extension Service {
  fileprivate var throttled: AWSError {
    self == .s3
      ? AWSError("SlowDown", "Please reduce your request rate.", status: 503)
      : AWSError("Throttling", "Rate exceeded", status: 400)
  }

  fileprivate var failed: AWSError {
    self == .s3
      ? .internalError
      : AWSError(
        "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.",
        status: 500)
  }

  fileprivate var unavailable: AWSError {
    self == .s3
      ? throttled
      : AWSError(
        "ServiceUnavailable", "The request has failed due to a temporary failure of the server.", status: 503)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
