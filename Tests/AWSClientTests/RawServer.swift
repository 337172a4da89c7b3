import Dispatch
import Glibc
import Synchronization

/// A server that is nothing but a socket: it keeps the bytes it got and answers with the bytes it was given.
final class RawServer: Sendable {
  let port: Int
  private let listener: Int32
  private let requests = Mutex<[[UInt8]]>([])
  private let connectionCount = Mutex(0)

  struct Failure: Error {
    var call: String
  }

  /// What one connection is answered with.
  enum Answer: Sendable {
    /// To every request on the connection, which is then kept.
    case bytes(String)
    /// To the first request, and the connection is closed behind it.
    case closing(String)
    /// The connection is held open without a word.
    case silence
  }

  init(answering answer: Answer) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw Failure(call: "socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard bound else { throw Failure(call: "bind") }
    self.listener = listener
    port = Int(UInt16(bigEndian: address.sin_port))
    // The threads end when the sockets do; the server outlives its test by that much at most.
    DispatchQueue.global().async { [self] in acceptConnections(answer) }
  }

  /// Ends the accepting thread.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// What came, one text a request.
  var received: [String] {
    requests.withLock { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  var connections: Int { connectionCount.withLock { $0 } }

  private func acceptConnections(_ answer: Answer) {
    // Closed here and nowhere else: a number that is closed while this thread still accepts on it would be given to another
    // test's server, whose connections would then be taken here.
    defer { close(listener) }
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      connectionCount.withLock { $0 += 1 }
      DispatchQueue.global().async { [self] in
        serve(connection, answer)
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32, _ answer: Answer) {
    while let request = readRequest(connection) {
      requests.withLock { $0.append(request) }
      switch answer {
      case .silence:
        var byte: UInt8 = 0
        _ = read(connection, &byte, 1)
        return
      case .bytes(let text): send(text, connection)
      case .closing(let text):
        send(text, connection)
        return
      }
    }
  }

  private func send(_ text: String, _ connection: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// A head, and as many bytes behind it as its `Content-Length` says.
  private func readRequest(_ connection: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    var wanted: Int?
    while wanted.map({ bytes.count < $0 }) ?? true {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      if wanted == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        wanted = end.upperBound + Self.contentLength(String(decoding: bytes[..<end.upperBound], as: UTF8.self))
      }
    }
    return bytes
  }

  private static func contentLength(_ head: String) -> Int {
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
      return Int(line.dropFirst("content-length:".count).filter { $0 != " " }) ?? 0
    }
    return 0
  }
}
