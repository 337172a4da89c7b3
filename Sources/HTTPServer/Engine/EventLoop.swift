import CLinux
import Glibc
import HTTP
import Synchronization

/// One thread that waits for many connections at once, and answers what can be answered without waiting.
final class EventLoop: Sendable {
  let server: ServerState
  private let epoll: Descriptor
  private let wake: Descriptor
  private let arrivals = Mutex<[Connection]>([])

  /// `nil` where the system has no descriptor left.
  init?(_ server: ServerState) {
    guard let epoll = Descriptor(iamdrill_epoll_create()), let wake = Descriptor(iamdrill_signal_create()),
      iamdrill_epoll_add(epoll.number, wake.number, IAMDRILL_READABLE, Self.wakeTag) == 0
    else { return nil }
    self.server = server
    self.epoll = epoll
    self.wake = wake
  }

  private static let wakeTag = UInt64.max
  private static let listenerTag = UInt64.max - 1
  private static let eventsAtOnce = 256
  /// How often deadlines are looked at, in milliseconds.
  private static let sweepInterval: Int64 = 500

  /// Takes a connection, from whatever thread; the caller must not touch it any more.
  func adopt(_ connection: Connection) {
    let isFirst = arrivals.withLock { arrivals in
      arrivals.append(connection)
      return arrivals.count == 1
    }
    if isFirst { wakeUp() }
  }

  func wakeUp() { _ = iamdrill_signal_raise(wake.number) }

  /// Runs until the server is to stop and has nothing under way any more.
  /// - Parameter acceptor: what hands new connections out; one of the loops has it.
  func run(acceptor: Acceptor?) {
    var round = LoopRound(self, epoll: epoll.number)
    if let acceptor {
      _ = iamdrill_epoll_add(epoll.number, acceptor.descriptor, IAMDRILL_READABLE, Self.listenerTag)
    }
    var events = [iamdrill_event](repeating: iamdrill_event(), count: Self.eventsAtOnce)
    var nextSweep = MonotonicTime.now + Self.sweepInterval
    var isAccepting = acceptor != nil
    while true {
      let timeout = Int32(clamping: max(nextSweep - MonotonicTime.now, 0) + 1)
      let count = iamdrill_epoll_wait(epoll.number, &events, Int32(Self.eventsAtOnce), timeout)
      for event in events.prefix(Int(max(count, 0))) {
        switch event.tag {
        case Self.wakeTag: _ = iamdrill_signal_clear(wake.number)
        case Self.listenerTag: acceptor?.accept()
        default: round.handle(event)
        }
      }
      for connection in arrivals.withLock({ arrivals in
        defer { arrivals.removeAll() }
        return arrivals
      }) { round.take(connection) }
      if isAccepting, server.isStopping, let acceptor {
        isAccepting = false
        _ = iamdrill_epoll_remove(epoll.number, acceptor.descriptor)
      }
      let now = MonotonicTime.now
      if now >= nextSweep || server.isStopping {
        round.sweep(now)
        nextSweep = now + Self.sweepInterval
      }
      if server.isStopping, server.connections.value == 0 || server.stopDeadline <= now { return }
      if server.isStopping { nextSweep = now + 10 }
    }
  }
}

/// Hands new connections to the loops in turn.
final class Acceptor: Sendable {
  private let listener: ListeningSocket
  private let server: ServerState
  private let loops: [EventLoop]
  private let tls: TLSContext?
  private let next = Atomic(0)
  /// What a client is told for which there is no room.
  private static let full = Array(
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
  /// How long to let others end where the process has no descriptor left, in microseconds.
  private static let pause: UInt32 = 10_000

  init(_ listener: consuming ListeningSocket, _ server: ServerState, loops: [EventLoop], tls: TLSContext?) {
    self.listener = listener
    self.server = server
    self.loops = loops
    self.tls = tls
  }

  var descriptor: Int32 { listener.descriptor.number }

  func accept() {
    while true {
      switch listener.accept() {
      case .none: return
      case .exhausted:
        usleep(Self.pause)
        return
      case .connection(let socket, let peer): hand(socket, peer)
      }
    }
  }

  private func hand(_ socket: consuming Descriptor, _ peer: String) {
    guard server.connections.value < server.limits.connections else {
      if tls == nil {
        _ = Self.full.withUnsafeBytes { send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      }
      return
    }
    var session: TLSSession?
    if let tls {
      session = tls.session(over: socket.number)
      if session == nil { return }
    }
    let loop = loops[next.wrappingAdd(1, ordering: .relaxed).oldValue % loops.count]
    loop.adopt(Connection(socket, peer: peer, tls: session, count: server.connections, loop: loop))
  }
}
