import Emulator
import EmulatorServer
import Glibc
import HTTPServer
import SigV4

/// A shell in which the AWS CLI talks to the tutorial's emulator as one of its principals.
struct LearnerShell {
  private let server: HTTPServer
  private let region: String

  /// Begins to serve `emulator` on a port of this machine's loopback address.
  /// - Throws: why that cannot be done.
  init(_ emulator: Emulator) throws {
    server = try HTTPServer(
      EmulatorService(emulator), on: try ListeningSocket(host: "127.0.0.1", port: 0), threads: 1)
    region = emulator.configuration.region
  }

  func close() {
    server.stop()
    server.wait()
  }

  /// Runs the user's shell to its end.
  /// - Returns: why it could not be started; `nil` where it ran.
  func run(as name: String, _ credentials: Credentials) -> String? {
    let shell = Console.environment("SHELL") ?? "/bin/sh"
    let program = shell.split(separator: "/").last.map(String.init) ?? "sh"
    // Without the user's start-up files, which would put another prompt, or another AWS profile, in the place of this one.
    let options = program == "bash" ? ["--noprofile", "--norc"] : program == "zsh" ? ["-f"] : []
    // The shell takes Ctrl-C for itself while it runs.
    let former = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, former) }
    return spawn(shell, [program] + options, environment(as: name, credentials))
  }

  /// What the shell gets: what a shell needs, the principal's credentials, and nothing of the user's own AWS settings.
  private func environment(as name: String, _ credentials: Credentials) -> [String] {
    var variables: [(String, String)] = ["PATH", "HOME", "USER", "TERM", "LANG", "SHELL", "TMPDIR"].compactMap { name in
      Console.environment(name).map { (name, $0) }
    }
    variables += [
      ("AWS_ENDPOINT_URL", "http://\(server.address):\(server.port)"), ("AWS_DEFAULT_REGION", region),
      ("AWS_ACCESS_KEY_ID", credentials.accessKeyID), ("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey.reveal()),
      ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
      ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_PAGER", ""), ("PS1", "(\(name)) $ "),
    ]
    if let token = credentials.sessionToken { variables.append(("AWS_SESSION_TOKEN", token.reveal())) }
    return variables.map { "\($0.0)=\($0.1)" }
  }

  private func spawn(_ program: String, _ arguments: [String], _ environment: [String]) -> String? {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // An ignored signal stays ignored in the new program unless it is told otherwise.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let problem = posix_spawn(&process, program, nil, &attributes, &words, &variables)
    guard problem == 0 else { return "\(program): \(String(cString: strerror(problem)))" }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return nil
  }
}
