import Emulator
import EmulatorServer
import EmulatorStorage
import FoundationEssentials
import Glibc
import HTTPServer

/// `iamdrill serve`
enum ServeCommand: Subcommand {
  static let description = CommandDescription(
    name: "serve",
    summary: "Serve the emulator on a port, for the AWS CLI, SDKs and Terraform.",
    discussion: """
      Prints the address and, for each account, the credentials of its administrator. IAM is enforced from the first
      request on. Stops on SIGINT and SIGTERM, when the requests under way are answered.
      """,
    options: [
      .value("port", "N", "The port to listen on; 0 lets the system choose (default 4600)."),
      .value("host", "ADDRESS", "The address to listen on (default 127.0.0.1)."),
      .value("accounts", "ID,…", "The accounts there are (default 111111111111)."),
      .value("data", "DIR", "Keep accounts and objects in this folder, so that they outlive the process."),
      .value("clock", "now|TIME", "The time at the start: the machine's, or an ISO 8601 time that stands still."),
      .value(
        "print-env", "ACCOUNT", "Print the environment of this account's administrator, to be evaluated by a shell."),
      .value("format", "text|json", "What to print: text, or one line of JSON and nothing else."),
    ],
    notes: "Exits with 0 when it was told to stop, with 3 when it cannot listen or cannot use the folder of --data.")

  static let defaultPort: UInt16 = 4600
  static let defaultAccount = "111111111111"

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let options = try ServeOptions(arguments)
    // Threads inherit the mask: only this one ever sees the signals.
    let signals = StopSignals()
    HTTPServer.raiseDescriptorLimit()
    do {
      let storage = try options.data.map { try EmulatorStorage.folder($0) } ?? EmulatorStorage.temporary()
      defer { storage.close() }
      let emulator = try storage.emulator(options.configuration)
      let listener = try ListeningSocket(host: options.host, port: options.port)
      let server = try HTTPServer(EmulatorService(emulator), on: listener)
      if !server.isLoopback {
        Console.writeError(
          "iamdrill: warning: \(server.address) can be reached from other machines; whoever has the keys printed here may use it\n"
        )
      }
      let announcement = ServeAnnouncement(server, emulator, accounts: options.accounts)
      Console.write(announcement.text(options.output))
      signals.wait()
      server.stop()
      // Who asks a second time does not want to wait.
      signals.exitOnNext()
      server.wait()
      return .success
    } catch let failure as ListeningSocket.Failure {
      return fail("cannot listen on \(options.host) port \(options.port): \(failure.reason)")
    } catch let failure as HTTPServer.Failure {
      return fail("cannot serve: \(failure.reason)")
    } catch {
      return fail("\(error)")
    }
  }

  private static func fail(_ message: String) -> ExitCode {
    Console.writeError("iamdrill: \(message)\n")
    return .runFailed
  }
}
