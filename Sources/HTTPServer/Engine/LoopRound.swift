import CLinux
import HTTP

/// The connections of one event loop, and what is done with them. Only touched on the loop's thread.
struct LoopRound: ~Copyable {
  private let server: ServerState
  private let epoll: Int32
  /// By their descriptors.
  private var connections: [Connection?] = []
  /// What is read at once, by whatever connection.
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  init(_ loop: EventLoop, epoll: Int32) {
    server = loop.server
    self.epoll = epoll
  }

  deinit { scratch.deallocate() }

  private var limits: ServerLimits { server.limits }

  /// Takes a connection that is new, or that a worker is done with.
  mutating func take(_ connection: Connection) {
    let index = Int(connection.descriptor)
    while connections.count <= index { connections.append(nil) }
    connections[index] = connection
    switch connection.phase {
    case .head: connection.deadline = MonotonicTime.now + limits.idleTime
    default: connection.deadline = MonotonicTime.now + limits.stallTime
    }
    // What came behind the request before, or was decrypted with it, is not told by the socket.
    if connection.hasPending { receive(connection) } else { proceed(connection) }
  }

  mutating func handle(_ event: iamdrill_event) {
    let index = Int(truncatingIfNeeded: event.tag)
    guard index < connections.count, let connection = connections[index] else { return }
    if connection.output.isEmpty { receive(connection) } else { proceed(connection) }
  }

  // MARK: Reading

  private mutating func receive(_ connection: Connection) {
    repeat {
      switch connection.read(into: scratch) {
      case .bytes(let count):
        if case .lingering = connection.phase { continue }
        connection.input.append(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        proceed(connection)
      case .wait(let direction): return settle(connection, tlsWants: direction)
      case .end, .failed: return drop(connection)
      }
      // A worker may have it by now, or it is gone.
    } while connections[Int(connection.descriptor)] === connection && connection.output.isEmpty && connection.hasPending
  }

  /// Answers all that is complete, and writes the answers.
  private mutating func proceed(_ connection: Connection) {
    while true {
      if case .wait(_)? = write(connection) { return settle(connection) }
      guard connections[Int(connection.descriptor)] === connection else { return }
      guard case .ending(let lingers) = connection.phase else {
        switch advance(connection) {
        case .goesOn: continue
        case .needsInput: return settle(connection)
        // Nothing of it may be looked at any more.
        case .isHandedOver: return
        }
      }
      connection.endWriting()
      guard lingers else { return drop(connection) }
      connection.input.removeAll()
      connection.phase = .lingering
      connection.deadline = MonotonicTime.now + limits.lingerTime
      return settle(connection)
    }
  }

  /// What came of some work on a connection's input.
  private enum Progress {
    /// Something is to be written, or there is more to do.
    case goesOn
    case needsInput
    /// A worker has the connection.
    case isHandedOver
  }

  /// Writes what is queued; `nil` where all of it was, or where the connection is gone.
  private mutating func write(_ connection: Connection) -> Transfer? {
    guard let result = connection.output.write(to: connection) else { return nil }
    switch result {
    case .wait:
      connection.deadline = MonotonicTime.now + limits.stallTime
      return result
    default:
      drop(connection)
      return nil
    }
  }

  /// Works on the input up to the next point where something must be written.
  private mutating func advance(_ connection: Connection) -> Progress {
    do throws(RequestFailure) {
      while !connection.output.isFull {
        let progress: Progress
        switch connection.phase {
        case .head(let scanner): progress = try readHead(connection, scanner)
        case .body(let head, let decoder, let bytes): progress = try readBody(connection, head, decoder, bytes)
        case .ending: return .goesOn
        case .lingering: return .needsInput
        }
        switch progress {
        case .goesOn: continue
        case .needsInput: return connection.output.isEmpty ? .needsInput : .goesOn
        case .isHandedOver: return .isHandedOver
        }
      }
    } catch {
      refuse(connection, error)
    }
    return .goesOn
  }

  // MARK: Requests

  private mutating func readHead(
    _ connection: Connection, _ scanner: HeadScanner
  ) throws(RequestFailure) -> Progress {
    guard !connection.input.isEmpty else { return .needsInput }
    var scanner = scanner
    if scanner.isAtStart { connection.deadline = MonotonicTime.now + limits.headTime }
    let limits = limits
    let end = try connection.input.withBytes { bytes throws(RequestFailure) in
      try scanner.end(in: bytes, limits: limits)
    }
    guard let end else {
      connection.phase = .head(scanner)
      return .needsInput
    }
    connection.phase = .head(HeadScanner())
    // An empty line before a request is passed over, as RFC 9112 asks for.
    guard end > 2 else {
      connection.input.consume(end)
      return .goesOn
    }
    let head = try connection.input.withBytes { bytes throws(RequestFailure) in
      try RequestHead(UnsafeBufferPointer(rebasing: bytes[..<(end - 2)]), limits: limits)
    }
    connection.input.consume(end)
    return begin(head, on: connection)
  }

  private mutating func begin(_ head: RequestHead, on connection: Connection) -> Progress {
    guard head.framing != .length(0) else { return answer(head, [], on: connection) }
    if head.expectsContinue {
      if let refusal = server.service.refusal(ofHead: head.request(.empty, on: connection)) {
        connection.output.append(ResponseHead(response: refusal, request: head, keepsAlive: false))
        connection.phase = .ending(lingers: true)
        return .goesOn
      }
      // A client that did not wait needs not be told.
      if connection.input.isEmpty { connection.output.append(Self.goOn) }
    }
    let decoder = BodyDecoder(head.framing, limits: limits)
    if case .length(let length) = head.framing, length > Int64(limits.collectedBytes) {
      return hand(connection, .upload(head, decoder, []))
    }
    connection.deadline = MonotonicTime.now + limits.stallTime
    connection.phase = .body(head, decoder, [])
    return .goesOn
  }

  private static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  private mutating func readBody(
    _ connection: Connection, _ head: RequestHead, _ decoder: BodyDecoder, _ bytes: [UInt8]
  ) throws(RequestFailure) -> Progress {
    var (decoder, bytes) = (decoder, bytes)
    connection.phase = .head(HeadScanner())
    try decoder.decode(&connection.input, into: &bytes, limit: limits.collectedBytes)
    if decoder.isComplete { return answer(head, bytes, on: connection) }
    if bytes.count >= limits.collectedBytes { return hand(connection, .upload(head, decoder, bytes)) }
    connection.phase = .body(head, decoder, bytes)
    return .needsInput
  }

  private mutating func answer(_ head: RequestHead, _ body: [UInt8], on connection: Connection) -> Progress {
    let request = head.request(.bytes(body), on: connection)
    guard !server.service.mayBlock(request) else {
      return hand(connection, .request(head, request))
    }
    let response = server.service.respond(to: request)
    guard case .bytes = response.body else {
      return hand(connection, .response(head, response))
    }
    let answer = ResponseHead(response: response, request: head, keepsAlive: head.keepsAlive && !server.isStopping)
    connection.output.append(answer)
    if answer.closes {
      connection.phase = .ending(lingers: false)
    } else {
      connection.deadline = MonotonicTime.now + limits.idleTime
    }
    return .goesOn
  }

  private func refuse(_ connection: Connection, _ failure: RequestFailure) {
    connection.output.append(ResponseHead(response: failure.response, request: nil, keepsAlive: false))
    connection.phase = .ending(lingers: true)
  }

  // MARK: Connections

  private mutating func hand(_ connection: Connection, _ work: Work) -> Progress {
    forget(connection)
    let server = server
    // Without a thread for it the connection ends here: nothing refers to it any more.
    _ = server.workers.add { Worker(server: server, connection: connection).perform(work) }
    return .isHandedOver
  }

  private mutating func drop(_ connection: Connection) { forget(connection) }

  private mutating func forget(_ connection: Connection) {
    if connection.watched != 0 { _ = iamdrill_epoll_remove(epoll, connection.descriptor) }
    connection.watched = 0
    connections[Int(connection.descriptor)] = nil
  }

  /// Waits for what the connection needs next.
  private mutating func settle(_ connection: Connection, tlsWants direction: Transfer.Direction = .toRead) {
    let wanted = connection.output.isEmpty && direction == .toRead ? IAMDRILL_READABLE : IAMDRILL_WRITABLE
    guard wanted != connection.watched else { return }
    let tag = UInt64(connection.descriptor)
    let status =
      connection.watched == 0
      ? iamdrill_epoll_add(epoll, connection.descriptor, wanted, tag)
      : iamdrill_epoll_change(epoll, connection.descriptor, wanted, tag)
    guard status == 0 else { return drop(connection) }
    connection.watched = wanted
  }

  /// Ends what took too long and, where the server is to stop, what has nothing under way.
  mutating func sweep(_ now: Int64) {
    for connection in connections {
      guard let connection else { continue }
      guard connection.deadline <= now || server.isStopping else { continue }
      if server.isStopping, connection.isIdle {
        drop(connection)
      } else if connection.deadline <= now {
        expire(connection)
      }
    }
  }

  private mutating func expire(_ connection: Connection) {
    switch connection.phase {
    case .head(let scanner) where !scanner.isAtStart && connection.output.isEmpty: refuse(connection, .headTooSlow)
    case .body where connection.output.isEmpty: refuse(connection, .bodyTooSlow)
    default: return drop(connection)
    }
    connection.deadline = MonotonicTime.now + limits.stallTime
    proceed(connection)
  }
}

extension RequestHead {
  func request(_ body: HTTPBody, on connection: Connection) -> HTTPRequest {
    HTTPRequest(
      method: method, target: target, headers: headers, body: body,
      connection: .init(peerAddress: connection.peerAddress, isSecure: connection.isSecure))
  }
}
