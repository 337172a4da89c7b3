package import FoundationEssentials
package import IAMPolicy
import Synchronization

/// What was decided about one request.
///
/// A class, because the log, exchanges and results hand it on and nothing changes it: a copy costs one reference count.
package final class DecisionRecord: Sendable {
  package let requestID: String
  package let date: Date
  /// The operation as scenarios call it, `sts:AssumeRole`; empty where a request that was refused names none.
  package let operation: String
  /// Who asked; `*` where nobody signed.
  package let callerARN: String
  /// The account the caller acts in; `nil` where nobody signed.
  package let account: String?
  /// The permissions that were asked for, in order, up to the first that was refused.
  package let checks: [PermissionCheck]
  /// Why no permission was asked for: the signature was refused. Then nobody knows who asked.
  package let refusal: Refusal?

  /// A signature that was refused.
  package struct Refusal: Sendable, Hashable {
    /// The error of the answer.
    package var code: String
    /// The key that the request named.
    package var accessKeyID: String?
  }

  init(
    requestID: String, date: Date, operation: String, callerARN: String, account: String?, checks: [PermissionCheck],
    refusal: Refusal? = nil
  ) {
    self.requestID = requestID
    self.date = date
    self.operation = operation
    self.callerARN = callerARN
    self.account = account
    self.checks = checks
    self.refusal = refusal
  }

  /// The check that decided: the refused one, or else the first.
  package var deciding: PermissionCheck? { checks.last { !$0.decision.isAllowed } ?? checks.first }

  /// The decision; `nil` for what asks no permission.
  package var decision: Decision? { deciding?.decision }
}

/// The latest decisions, in memory of a fixed size.
final class DecisionLog: Sendable {
  private let capacity: Int
  private let ring: Mutex<Ring>

  private struct Ring {
    var records: [DecisionRecord] = []
    /// Where the next record goes once the ring is full.
    var next = 0
    var observer: (@Sendable (DecisionRecord) -> Void)?
  }

  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    ring = Mutex(Ring())
  }

  func append(_ record: DecisionRecord) {
    // What falls out is freed after the lock, because it may own a lot.
    let (dropped, observer): (DecisionRecord?, (@Sendable (DecisionRecord) -> Void)?) = ring.withLock { ring in
      guard ring.records.count == capacity else {
        ring.records.append(record)
        return (nil, ring.observer)
      }
      let dropped = ring.records[ring.next]
      ring.records[ring.next] = record
      ring.next = (ring.next + 1) % capacity
      return (dropped, ring.observer)
    }
    _ = dropped
    observer?(record)
  }

  /// Has `observer` called with every record from now on, on the thread of its request.
  func observe(_ observer: @escaping @Sendable (DecisionRecord) -> Void) {
    ring.withLock { $0.observer = observer }
  }

  /// The records, the oldest first.
  var records: [DecisionRecord] {
    ring.withLock { Array($0.records[$0.next...] + $0.records[..<$0.next]) }
  }

  /// The latest record of this request, where permissions were asked for.
  func record(requestID: String) -> DecisionRecord? {
    ring.withLock { ring in
      ring.records[..<ring.next].last { $0.requestID == requestID && $0.refusal == nil }
        ?? ring.records[ring.next...].last { $0.requestID == requestID && $0.refusal == nil }
    }
  }

  func removeAll() {
    let dropped = ring.withLock { ring in
      defer { ring = Ring(observer: ring.observer) }
      return ring.records
    }
    _ = dropped
  }
}
