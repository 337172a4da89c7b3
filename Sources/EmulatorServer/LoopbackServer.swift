package import HTTP
import HTTPServer

/// Something of this process that programs which it starts can reach: a port of the loopback address, for as long as they run.
package final class LoopbackServer: Sendable {
  private let server: HTTPServer

  /// Why nothing can be served.
  package struct Failure: Error {
    package var reason: String
  }

  /// Begins to serve on a port that the system chooses.
  /// - Parameters:
  ///   - refusal: see ``HTTPService/refusal(ofHead:)``.
  ///   - respond: answers requests, on several threads at once.
  package init(
    refusal: @escaping @Sendable (HTTPRequest) -> HTTPResponse?,
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(Failure) {
    let listener: ListeningSocket
    do throws(ListeningSocket.Failure) {
      listener = try ListeningSocket(host: "127.0.0.1", port: 0)
    } catch {
      throw Failure(reason: error.reason)
    }
    do throws(HTTPServer.Failure) {
      server = try HTTPServer(Service(refusal: refusal, answer: respond), on: listener, threads: 1)
    } catch {
      throw Failure(reason: error.reason)
    }
  }

  /// `http://127.0.0.1:PORT`
  package var url: String { "http://\(server.address):\(server.port)" }

  /// Ends it; requests that are under way are answered.
  package func close() {
    server.stop()
    server.wait()
  }

  private struct Service: HTTPService {
    let refusal: @Sendable (HTTPRequest) -> HTTPResponse?
    let answer: @Sendable (HTTPRequest) -> HTTPResponse

    func refusal(ofHead head: HTTPRequest) -> HTTPResponse? { refusal(head) }
    func mayBlock(_ head: HTTPRequest) -> Bool { false }
    func respond(to request: HTTPRequest) -> HTTPResponse { answer(request) }
  }
}
