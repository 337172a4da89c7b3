import Glibc
import Threads

/// A server for HTTP/1.1 on one port: event loops that wait for many connections, and workers for what streams or waits.
package final class HTTPServer: Sendable {
  private let state: ServerState
  private let loops: [EventLoop]
  private let threads: Monitor<[Thread]>
  /// The numeric address and the port that it listens on.
  package let address: String
  package let port: UInt16
  package let isLoopback: Bool
  package let isSecure: Bool

  /// Why the server could not start.
  package struct Failure: Error {
    package var reason: String
  }

  /// Starts to serve.
  /// - Parameters:
  ///   - listener: the socket it takes connections from; closed when the server ends.
  ///   - threads: event loops; by default one a core.
  package init(
    _ service: any HTTPService, on listener: consuming ListeningSocket, tls: TLSContext? = nil,
    limits: ServerLimits = ServerLimits(), threads count: Int? = nil
  ) throws(Failure) {
    let count = max(count ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    let state = ServerState(service, limits: limits)
    var loops: [EventLoop] = []
    for _ in 0..<count {
      guard let loop = EventLoop(state) else { throw Failure(reason: String(cString: strerror(errno))) }
      loops.append(loop)
    }
    (address, port, isLoopback, isSecure) = (listener.address, listener.port, listener.isLoopback, tls != nil)
    self.state = state
    self.loops = loops
    let acceptor = Acceptor(listener, state, loops: loops, tls: tls)
    var threads: [Thread] = []
    for (index, loop) in loops.enumerated() {
      let acceptor = index == 0 ? acceptor : nil
      if let thread = Thread({ loop.run(acceptor: acceptor) }) { threads.append(thread) }
    }
    self.threads = Monitor(threads)
    guard threads.count == loops.count else {
      stop()
      wait()
      throw Failure(reason: "the system has no thread left")
    }
  }

  /// Begins to stop: nothing new is accepted, what is under way is answered.
  package func stop() {
    state.stop()
    for loop in loops { loop.wakeUp() }
  }

  /// Waits until everything has ended after ``stop()``.
  package func wait() {
    let threads = threads.access { threads in
      defer { threads = [] }
      return threads
    }
    for thread in threads { thread.join() }
  }

  /// The number of connections that are open at this moment.
  package var connectionCount: Int { state.connections.value }

  /// Lets the process have as many descriptors as the system allows it: there is one for each connection.
  package static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
