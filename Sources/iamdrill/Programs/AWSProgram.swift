import EmulatorServer
import Glibc
import Runner

/// The AWS CLI that `cli:` steps are run with.
enum AWSProgram {
  static let option = CommandDescription.Option.value(
    "aws-cli", "PROGRAM", kind: .file,
    "The AWS CLI for `cli:` steps, instead of `aws` on the PATH; `none` leaves these steps out.")

  /// What a run needs for `cli:` steps.
  /// - Throws: that the program which the command line names cannot be run.
  static func host(_ arguments: ParsedArguments, command: String) throws(UsageError) -> CommandHost {
    let path = Console.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    return CommandHost(program: try program(arguments.value("aws-cli"), path, command: command), searchPath: path) {
      (service) throws(Problem) in try Served(service)
    }
  }

  private static func program(
    _ chosen: String?, _ path: String, command: String
  ) throws(UsageError) -> CommandHost.Program {
    switch chosen {
    case "none"?: return .missing(reason: "the command line leaves `cli:` steps out")
    case let chosen?:
      guard let program = absolute(chosen), isProgram(program) else {
        throw UsageError("--aws-cli: \(chosen) is no program that can be run", command: command)
      }
      return .found(path: program)
    case nil:
      // Relative folders of a PATH would lead into the folder of whoever wrote the scenario.
      let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
      let found = folders.map { "\($0)/aws" }.first(where: isProgram)
      return found.map { .found(path: $0) } ?? .missing(reason: "there is no `aws` on the PATH")
    }
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// Commands run in a folder of their own, so the program is named from the root.
  private static func absolute(_ path: String) -> String? {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return nil }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// The emulator of a run, on a port of the loopback address.
  private final class Served: ServedService {
    private let server: LoopbackServer

    init(_ service: any CommandService) throws(Problem) {
      do throws(LoopbackServer.Failure) {
        server = try LoopbackServer(
          refusal: { service.refusal(ofHead: $0) }, respond: { service.respond(to: $0) })
      } catch {
        throw Problem("the emulator cannot be served to commands: \(error.reason)")
      }
    }

    var url: String { server.url }
    func close() { server.close() }
  }
}
