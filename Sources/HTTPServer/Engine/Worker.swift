import CLinux
import Glibc
import HTTP

/// What an event loop leaves to a worker.
enum Work: Sendable {
  /// A request whose body is still coming, with what has come.
  case upload(RequestHead, BodyDecoder, [UInt8])
  /// A request whose answer may have to wait.
  case request(RequestHead, HTTPRequest)
  /// An answer that is a stream.
  case response(RequestHead, HTTPResponse)
}

/// Carries one exchange of one connection to its end, waiting where it must, and gives the connection back to its loop.
struct Worker {
  let server: ServerState
  let connection: Connection

  func perform(_ work: Work) {
    switch work {
    case .upload(let head, let decoder, let bytes):
      let body = SocketBody(connection, decoder: decoder, begun: bytes, limits: server.limits)
      // Whoever waits for `100 Continue` sends nothing before it was told.
      guard flush() else { return }
      let response = server.service.respond(to: head.request(.stream(body), on: connection))
      respond(response, to: head, afterBody: body.settle())
    case .request(let head, let request): respond(server.service.respond(to: request), to: head)
    case .response(let head, let response): respond(response, to: head)
    }
  }

  /// - Parameter afterBody: whether the request's body was read to its end, so that another request can follow.
  private func respond(_ response: HTTPResponse, to head: RequestHead, afterBody isComplete: Bool = true) {
    let keepsAlive = head.keepsAlive && isComplete && !server.isStopping
    let answer = ResponseHead(response: response, request: head, keepsAlive: keepsAlive)
    guard send(answer) else { return }
    if answer.closes {
      guard !isComplete else { return }
      // The client may still be sending; closing now could take the answer from it before it has read it.
      connection.phase = .ending(lingers: true)
    } else {
      connection.phase = .head(HeadScanner())
    }
    connection.loop.adopt(connection)
  }

  private func send(_ answer: ResponseHead) -> Bool {
    guard answer.hasBody, case .stream(let stream) = answer.response.body else {
      connection.output.append(answer)
      return flush()
    }
    if let file = (stream as? any HTTPFileStream)?.file, !connection.isSecure {
      connection.output.append(answer)
      return flush() && withExtendedLifetime(stream) { send(file) }
    }
    do {
      // Nothing is written before the first bytes are there: a stream that fails at once has not been an answer at all.
      var chunk = try stream.next()
      connection.output.append(answer)
      while let bytes = chunk {
        if answer.isChunked { connection.output.append(Array("\(String(bytes.count, radix: 16))\r\n".utf8)) }
        connection.output.append(bytes)
        guard flush() else { return false }
        if answer.isChunked { connection.output.append(Array("\r\n".utf8)) }
        chunk = try stream.next()
      }
      if answer.isChunked { connection.output.append(Array("0\r\n\r\n".utf8)) }
      return flush()
    } catch {
      connection.resetWhenClosed()
      return false
    }
  }

  /// Has the system send the file.
  private func send(_ file: HTTPFileRange) -> Bool {
    var (offset, left) = (file.offset, file.length)
    while left > 0 {
      let count = iamdrill_sendfile(
        connection.descriptor, file.descriptor, offset, Int(min(left, Self.largestSend)))
      if count > 0 {
        offset += Int64(count)
        left -= Int64(count)
      } else if count < 0, errno == EAGAIN {
        guard connection.wait(.toWrite, milliseconds: server.limits.stallTime) else { return false }
      } else if count == 0 || errno != EINTR {
        // The file is shorter than it was said to be, or cannot be read.
        connection.resetWhenClosed()
        return false
      }
    }
    return true
  }

  private static let largestSend: Int64 = 1 << 20

  /// Writes all that is queued.
  /// - Returns: `false` where the connection is broken, or its reader has stopped reading.
  private func flush() -> Bool {
    while let result = connection.output.write(to: connection) {
      guard case .wait(let direction) = result,
        connection.wait(direction, milliseconds: server.limits.stallTime)
      else { return false }
    }
    return true
  }
}
