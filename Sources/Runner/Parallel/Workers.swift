import Synchronization
import Threads

/// Does pieces of work on several threads and hands over what they give in the order of the pieces.
///
/// Threads and not tasks: a piece waits for answers from the network, and a blocked task would hold up all others.
enum Workers {
  /// - Parameters:
  ///   - work: does the piece of this index; called on any thread.
  ///   - ended: how many pieces have ended, told on the caller's thread.
  ///   - inOrder: gets each piece's outcome, on the caller's thread, the first piece first.
  static func run<Output: Sendable>(
    _ count: Int, jobs: Int, work: @escaping @Sendable (Int) -> Output, ended: (Int) -> Void,
    inOrder: (Output) -> Void
  ) {
    let board = Board<Output>(count)
    let body: @Sendable () -> Void = {
      while let index = board.take() { board.put(work(index), at: index) }
    }
    let threads = (0..<min(jobs, count)).compactMap { _ in Thread(body) }
    // Where no thread could be had the work is done here.
    if threads.isEmpty { body() }
    var told = 0
    for done in 1...max(1, count) where count > 0 {
      board.waitForOne()
      ended(done)
      while let output = board.collect(told) {
        told += 1
        inOrder(output)
      }
    }
    for thread in threads { thread.join() }
  }
}

/// What is still to be done, and what has been given.
private final class Board<Output: Sendable>: Sendable {
  private struct Contents {
    var next = 0
    var outputs: [Int: Output] = [:]
  }

  private let count: Int
  private let contents = Mutex(Contents())
  private let arrivals = Semaphore()

  init(_ count: Int) {
    self.count = count
  }

  func take() -> Int? {
    contents.withLock { contents in
      guard contents.next < count else { return nil }
      contents.next += 1
      return contents.next - 1
    }
  }

  func put(_ output: Output, at index: Int) {
    contents.withLock { $0.outputs[index] = output }
    arrivals.signal()
  }

  func waitForOne() { arrivals.wait() }

  func collect(_ index: Int) -> Output? { contents.withLock { $0.outputs.removeValue(forKey: index) } }
}
