import Glibc
import Synchronization

/// One client's connection, and how far the exchange on it has come.
///
/// `@unchecked Sendable`: a connection belongs to one thread at a time, that of its event loop or that of the worker it was
/// handed to. Handing it over goes through a lock, and whoever handed it over does not touch it any more.
final class Connection: @unchecked Sendable {
  private let socket: Descriptor
  private let tls: TLSSession?
  private let count: ConnectionCount
  let peerAddress: String
  /// The loop it comes back to.
  let loop: EventLoop

  var input = InputBuffer()
  var output = OutputQueue()
  var phase = Phase.head(HeadScanner())
  /// When the present phase must have ended.
  var deadline: Int64 = 0
  /// What the loop waits for at present; 0 where it does not know the connection.
  var watched: UInt32 = 0

  enum Phase {
    /// A request is waited for, or its head is coming.
    case head(HeadScanner)
    /// A body is being collected.
    case body(RequestHead, BodyDecoder, [UInt8])
    /// The last response is being written; then the connection ends.
    case ending(lingers: Bool)
    /// The last response was written; what still comes is thrown away.
    case lingering
  }

  init(_ socket: consuming Descriptor, peer: String, tls: TLSSession?, count: ConnectionCount, loop: EventLoop) {
    self.socket = socket
    peerAddress = peer
    self.tls = tls
    self.count = count
    self.loop = loop
    count.add(1)
  }

  deinit { count.add(-1) }

  var descriptor: Int32 { socket.number }
  var isSecure: Bool { tls != nil }

  /// Whether no request is under way.
  var isIdle: Bool {
    if case .head(let scanner) = phase { return scanner.isAtStart && input.isEmpty && output.isEmpty }
    return false
  }

  /// Whether bytes can be read that the socket does not tell of, because they were decrypted already.
  var hasPending: Bool { tls?.hasPending ?? false }

  // MARK: Reading and writing, without waiting

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    if let tls { return tls.read(into: buffer) }
    while true {
      let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count == 0 ? .end : .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wait(.toRead) : .failed
    }
  }

  func write(_ buffer: UnsafeRawBufferPointer) -> Transfer {
    guard !buffer.isEmpty else { return .bytes(0) }
    if let tls { return tls.write(buffer) }
    while true {
      let count = send(socket.number, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wait(.toWrite) : .failed
    }
  }

  /// Tells the client that nothing more will come.
  func endWriting() {
    tls?.end()
    shutdown(socket.number, Int32(SHUT_WR))
  }

  /// Lets the connection end with a reset once it goes, so that the client cannot take what it got for whole.
  func resetWhenClosed() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket.number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  // MARK: Waiting, on a worker's thread

  /// Waits until the socket is ready.
  /// - Returns: `false` where it was not within `milliseconds`.
  func wait(_ direction: Transfer.Direction, milliseconds: Int64) -> Bool {
    var poll = pollfd(fd: socket.number, events: Int16(direction == .toRead ? POLLIN : POLLOUT), revents: 0)
    let deadline = MonotonicTime.now + milliseconds
    while true {
      let left = deadline - MonotonicTime.now
      guard left > 0 else { return false }
      let ready = Glibc.poll(&poll, 1, Int32(clamping: left))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return false }
    }
  }
}

/// What came of one attempt to read or to write.
enum Transfer {
  case bytes(Int)
  /// The other side sends nothing more.
  case end
  /// Nothing can be done before the socket is ready.
  case wait(Direction)
  /// The connection is broken.
  case failed

  enum Direction {
    case toRead, toWrite
  }
}

/// The number of open connections.
final class ConnectionCount: Sendable {
  private let count = Atomic(0)

  func add(_ number: Int) { count.add(number, ordering: .relaxed) }

  var value: Int { count.load(ordering: .relaxed) }
}
