import Threads

/// Threads for work that waits. They are made when there is work and none is free, and go when there was none for a while.
final class WorkerPool: Sendable {
  private struct State {
    var work: [@Sendable () -> Void] = []
    /// Where the next piece of work stands.
    var next = 0
    var idle = 0
    var threads = 0

    mutating func take() -> (@Sendable () -> Void)? {
      guard next < work.count else { return nil }
      let taken = work[next]
      next += 1
      if next == work.count {
        work.removeAll(keepingCapacity: true)
        next = 0
      }
      return taken
    }

    var waiting: Int { work.count - next }
  }

  private let limit: Int
  private let state = Monitor(State())
  /// How long a thread waits for work, in milliseconds.
  private static let patience: Int64 = 5_000

  init(limit: Int) { self.limit = limit }

  /// Has `body` done soon, in the order of the calls.
  /// - Returns: `false` where there is no thread for it, now or later.
  func add(_ body: @escaping @Sendable () -> Void) -> Bool {
    let (needsThread, hasThreads) = state.access { state in
      state.work.append(body)
      let needsThread = state.idle < state.waiting && state.threads < limit
      if needsThread { state.threads += 1 }
      return (needsThread, state.threads > (needsThread ? 1 : 0))
    }
    guard needsThread else {
      state.signal()
      return true
    }
    if let thread = Thread({ [self] in run() }) {
      thread.detach()
      return true
    }
    state.access { $0.threads -= 1 }
    return hasThreads
  }

  private func run() {
    while true {
      let body = state.access { state -> (@Sendable () -> Void)? in
        if let taken = state.take() { return taken }
        state.idle += 1
        return nil
      }
      if let body {
        body()
        continue
      }
      let found = state.wait(Self.patience) { state -> (@Sendable () -> Void)? in
        guard let taken = state.take() else { return nil }
        state.idle -= 1
        return taken
      }
      guard let found else {
        let last = state.access { state -> (@Sendable () -> Void)? in
          state.idle -= 1
          if let taken = state.take() { return taken }
          state.threads -= 1
          return nil
        }
        guard let last else { return }
        last()
        continue
      }
      found()
    }
  }
}
