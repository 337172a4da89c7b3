import Synchronization

/// What the threads of a server share.
final class ServerState: Sendable {
  let service: any HTTPService
  let limits: ServerLimits
  let connections = ConnectionCount()
  let workers: WorkerPool
  /// When what is under way is cut off; `.max` as long as the server runs.
  private let stopTime = Atomic(Int64.max)

  init(_ service: any HTTPService, limits: ServerLimits) {
    self.service = service
    self.limits = limits
    workers = WorkerPool(limit: limits.workers)
  }

  var isStopping: Bool { stopDeadline != .max }
  var stopDeadline: Int64 { stopTime.load(ordering: .relaxed) }

  /// Begins to stop; the second call changes nothing.
  func stop() {
    _ = stopTime.compareExchange(
      expected: .max, desired: MonotonicTime.now + limits.stopTime, ordering: .relaxed)
  }
}
