import EmulatorServer
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What tests of `cli:` steps share: the AWS CLI of the project's own virtual environment, and programs that stand in for it
/// where a test is about how a program ends.
enum CommandLab {
  static let repository = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()

  /// The AWS CLI that `Scripts/venv` has installed.
  static func host() throws -> CommandHost {
    let program = repository + "/.venv/bin/aws"
    try #require(access(program, X_OK) == 0, "there is no \(program); Scripts/venv installs it")
    return host(.found(path: program))
  }

  static func host(_ program: CommandHost.Program) -> CommandHost {
    CommandHost(program: program, searchPath: "/usr/local/bin:/usr/bin:/bin") { (service) throws(Problem) in
      try Served(service)
    }
  }

  private final class Served: ServedService {
    private let server: LoopbackServer

    init(_ service: any CommandService) throws(Problem) {
      do throws(LoopbackServer.Failure) {
        server = try LoopbackServer(refusal: { service.refusal(ofHead: $0) }, respond: { service.respond(to: $0) })
      } catch {
        throw Problem(error.reason)
      }
    }

    var url: String { server.url }
    func close() { server.close() }
  }
}
