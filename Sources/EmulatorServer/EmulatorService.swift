package import Emulator
package import HTTP
import HTTPServer

/// The emulator as something that a server can serve.
package struct EmulatorService: HTTPService {
  package let emulator: Emulator

  package init(_ emulator: Emulator) {
    self.emulator = emulator
  }

  package func refusal(ofHead head: HTTPRequest) -> HTTPResponse? { nil }

  package func mayBlock(_ head: HTTPRequest) -> Bool { emulator.keepsState }

  package func respond(to request: HTTPRequest) -> HTTPResponse { emulator.handle(request) }
}
