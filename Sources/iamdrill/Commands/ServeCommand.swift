import Emulator
import EmulatorServer
import EmulatorStorage
import HTTPServer
import IAMPolicy
import JSON

/// `iamdrill serve`
enum ServeCommand: Subcommand {
  static let description = CommandDescription(
    name: "serve",
    summary: "Serve the emulator on a port, for the AWS CLI, SDKs and Terraform.",
    discussion: """
      Prints the address and, for each account, the credentials of its administrator. IAM is enforced from the first
      request on. Stops on SIGINT and SIGTERM, when the requests under way are answered; a second signal does not wait for
      them. docs/serving.md says more.
      """,
    options: [
      .value("port", "N", "The port to listen on; 0 lets the system choose (default \(defaultPort))."),
      .value("host", "ADDRESS", "The address to listen on (default 127.0.0.1)."),
      .value("accounts", "ID,…", "The accounts there are (default \(defaultAccount), unless a file names some)."),
      .value("data", "DIR", "Keep accounts and objects in this folder, so that they outlive the process."),
      .value("config", "FILE", "A file with accounts, an organization, and scenarios that make what there is."),
      .value(
        "issuers", "FILE",
        "The keys of OpenID Connect issuers: a JSON object with a key set (JWKS) for each issuer's URL."),
      .value("scenario", "FILE", "Run the steps of this scenario first, and take nothing back."),
      .value(
        "clock", "now|TIME", "The time: the machine's, or an ISO 8601 time that stands still until it is advanced."),
      .value(
        "print-env", "ACCOUNT", "Print the environment of this account's administrator alone, for a shell's eval."),
      .value("format", "text|json", "What to print: text, or one line of JSON and nothing else."),
      .value("log", "decisions", "Print every decision as a line of JSON on standard error."),
      .value("tls-cert", "FILE", "Serve TLS with this certificate (PEM, with its chain)."),
      .value("tls-key", "FILE", "The key of that certificate (PEM)."),
      .flag("tls-self-signed", "Serve TLS with a certificate made for this run."),
      .value("tls-ca-out", "FILE", "Write that certificate to this file, for clients to trust (AWS_CA_BUNDLE)."),
    ],
    notes: """
      Exits with 0 when it was told to stop, with 2 when a file cannot be used, with 3 when it cannot listen or cannot use the
      folder of --data. Scenarios are only run into a folder that is new.
      """)

  static let defaultPort: UInt16 = 4600
  static let defaultAccount = "111111111111"

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let options = try ServeOptions(arguments)
    // Threads inherit the mask: only this one ever sees the signals.
    let signals = StopSignals()
    do {
      let storage = try options.data.map { try EmulatorStorage.folder($0) } ?? EmulatorStorage.temporary()
      defer { storage.close() }
      guard let start = try ServeStart(options, storage) else { return .unreadable }
      let emulator = start.emulator
      try checkAccount(options.output, of: emulator)
      switch start.prepare() {
      case .success: break
      case let code: return code
      }
      HTTPServer.raiseDescriptorLimit()
      let tls = try options.tls.context(writingTo: arguments.value("tls-ca-out"))
      let listener = try ListeningSocket(host: options.host, port: options.port)
      let service = EmulatorService(emulator, hostName: options.host)
      if options.logsDecisions { emulator.observeDecisions(DecisionLines.write) }
      let server = try HTTPServer(service, on: listener, tls: tls)
      if !server.isLoopback {
        Console.writeError(
          "iamdrill: warning: \(server.address) can be reached from other machines, whose users may then use and steer the "
            + "emulator\n")
      }
      Console.write(ServeAnnouncement(server, emulator).text(options.output))
      signals.wait()
      // Who asks a second time does not want to wait.
      signals.exitOnNext()
      server.stop()
      server.wait()
      return .success
    } catch let error as UsageError {
      throw error
    } catch let error as PolicyError {
      return fail("a guardrail of the organization is no policy: \(error)")
    } catch let failure as ListeningSocket.Failure {
      return fail("cannot listen on \(options.host) port \(options.port): \(failure.reason)")
    } catch let failure as HTTPServer.Failure {
      return fail("cannot serve: \(failure.reason)")
    } catch let failure as TLSContext.Failure {
      return fail("cannot serve TLS: \(failure.reason)")
    } catch {
      return fail("\(error)")
    }
  }

  private static func checkAccount(_ output: ServeOptions.Output, of emulator: Emulator) throws(UsageError) {
    guard case .environment(let account) = output, emulator.administratorCredentials(of: account) == nil else { return }
    throw ServeOptions.error("--print-env names an account that there is not: \(account)")
  }

  private static func fail(_ message: String) -> ExitCode {
    Console.writeError("iamdrill: \(message)\n")
    return .runFailed
  }
}

/// Writes decisions for people to watch.
private enum DecisionLines {
  @Sendable static func write(_ record: DecisionRecord) {
    Console.writeError(record.json.compact + "\n")
  }
}
