package import Emulator
package import HTTP
import HTTPServer

/// The emulator as something that a server can serve, with what steers it under ``Control/prefix``.
package struct EmulatorService: HTTPService {
  private let emulator: Emulator
  private let control: Control

  /// - Parameter hostName: the name under which the server is reached besides this machine's own.
  package init(_ emulator: Emulator, hostName: String? = nil) {
    self.emulator = emulator
    control = Control(emulator, hostName: hostName)
  }

  package func refusal(ofHead head: HTTPRequest) -> HTTPResponse? {
    Control.concerns(head) ? nil : emulator.refusal(ofHead: head)
  }

  package func mayBlock(_ head: HTTPRequest) -> Bool {
    emulator.keepsState || emulator.faults.mayDelay || Control.concerns(head)
  }

  package func respond(to request: HTTPRequest) -> HTTPResponse {
    Control.concerns(request) ? control.respond(to: request) : emulator.handle(request)
  }
}
