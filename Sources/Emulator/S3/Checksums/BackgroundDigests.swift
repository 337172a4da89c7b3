import AWSAPI
import Threads

/// The digests of a stream, made by a thread of their own while the stream's reader waits for more, checks it and puts it
/// away: MD5 alone takes about as long as all of that together.
final class BackgroundDigests: Sendable {
  private struct State {
    var waiting: [[UInt8]] = []
    var isEnded = false
    var result: RunningDigests.Result?
  }

  /// How many chunks wait: few, because every upload has its own, and some, so that the two threads seldom wait for each other.
  private static let capacity = 8
  private let state = Monitor(State())

  /// `nil` where the system has no thread left.
  init?(_ algorithm: ChecksumAlgorithm, withDefaultCheck: Bool) {
    let state = state
    guard let thread = Thread({ Self.run(state, algorithm, withDefaultCheck) }) else { return nil }
    thread.detach()
  }

  deinit {
    // Of an upload that broke off nobody wants the digests.
    end()
  }

  private func end() {
    state.access { $0.isEnded = true }
    state.signal()
  }

  /// Takes a chunk, once there is room for it.
  func update(_ chunk: [UInt8]) {
    let isFirst = state.wait { state -> Bool? in
      guard state.waiting.count < Self.capacity else { return nil }
      state.waiting.append(chunk)
      return state.waiting.count == 1
    }
    // Whoever makes the digests looks again by itself as long as there are chunks.
    if isFirst { state.signal() }
  }

  /// What came out of all chunks. Only to be asked for once.
  func finish() -> RunningDigests.Result {
    end()
    return state.wait { $0.result }
  }

  private static func run(_ state: Monitor<State>, _ algorithm: ChecksumAlgorithm, _ withDefaultCheck: Bool) {
    var digests = RunningDigests(algorithm, withDefaultCheck: withDefaultCheck)
    while true {
      let chunks = state.wait { state -> [[UInt8]]? in
        guard !state.waiting.isEmpty || state.isEnded else { return nil }
        defer { state.waiting = [] }
        return state.waiting
      }
      guard !chunks.isEmpty else { break }
      // Whoever waits for room has it while these are worked on.
      if chunks.count == Self.capacity { state.signal() }
      for chunk in chunks { digests.update(chunk) }
    }
    let result = digests.finish()
    state.access { $0.result = result }
    state.signal()
  }
}
