import CLinux
import Glibc
import Synchronization

/// Why a program gave no output.
package enum ChildProcessFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is not there, or may not be run.
  case notStarted(program: String, reason: String)
  /// The caller did not want to wait for it any longer.
  case stopped(program: String)
  case timedOut(program: String, Duration)
  case tooMuchOutput(program: String, limit: Int)
  /// It ended otherwise than with 0; `complaint` is what it wrote to its standard error.
  case failed(program: String, status: String, complaint: String)

  package var description: String {
    switch self {
    case .stopped(let program): "\(program) was interrupted"
    case .notStarted(let program, let reason): "\(program) cannot be run: \(reason)"
    case .timedOut(let program, let limit): "\(program) has not ended within \(limit.components.seconds) seconds"
    case .tooMuchOutput(let program, let limit): "\(program) prints more than \(limit) bytes"
    case .failed(let program, let status, let complaint):
      "\(program) ended with \(status)" + (complaint.isEmpty ? "" : ": \(complaint)")
    }
  }
}

/// How a program is run.
package struct ChildProcessSettings: Sendable {
  package var timeout: Duration
  /// More output than this, in bytes, on either of its ends is none that is wanted.
  package var limit: Int
  /// The folder it runs in; `nil` for the caller's.
  package var folder: String?
  /// Whether it has nobody to ask: no standard input, and a process group of its own, which is ended as a whole. Otherwise it
  /// keeps the terminal.
  package var standsAlone = false
  /// Asked now and then; the program is ended once it says so.
  package var isStopped: @Sendable () -> Bool = { false }

  package init(timeout: Duration, limit: Int) {
    self.timeout = timeout
    self.limit = limit
  }
}

/// What came of a program that ran to its end.
package struct ChildProcessEnding: Sendable {
  package enum Status: Sendable, Hashable, CustomStringConvertible {
    case exited(Int)
    case signal(Int)

    package var description: String {
      switch self {
      case .exited(let code): String(code)
      case .signal(let number): "signal \(number)"
      }
    }
  }

  package var status: Status
  package var output: [UInt8]
  package var errors: [UInt8]
}

/// Runs a program without a shell, within bounds.
package enum ChildProcess {
  /// Of what a program complains, in bytes.
  private static let longestComplaint = 2000

  /// Pipes are closed to other children only after they were made, so no other may be started in between.
  private static let starting = Mutex(())

  /// The standard output of a program that ended with 0. It keeps the terminal and the standard input, because it may ask its
  /// user for something.
  /// - Parameter words: the program, looked for on the `PATH`, and its arguments.
  static func run(
    _ words: [String], environment: [String: String], timeout: Duration, limit: Int
  ) throws(ChildProcessFailure) -> [UInt8] {
    let ending = try end(
      of: words, environment: environment, ChildProcessSettings(timeout: timeout, limit: limit),
      longestComplaint: longestComplaint)
    guard ending.status == .exited(0) else {
      throw .failed(
        program: words.first ?? "", status: ending.status.description,
        complaint: String(String(decoding: ending.errors, as: UTF8.self).trimmed))
    }
    return ending.output
  }

  /// Runs a program to its end, whatever that is.
  /// - Parameters:
  ///   - words: the program, looked for on the `PATH` of `environment`, and its arguments.
  ///   - longestComplaint: of its standard error no more is kept; `nil` where more than the limit is a failure.
  package static func end(
    of words: [String], environment: [String: String], _ settings: ChildProcessSettings, longestComplaint: Int? = nil
  ) throws(ChildProcessFailure) -> ChildProcessEnding {
    let program = words.first ?? ""
    let deadline = ContinuousClock.now.advanced(by: settings.timeout)
    var child = try Child(words, environment: environment, settings, lock: starting)
    defer { child.end() }
    var output: [UInt8] = []
    var errors: [UInt8] = []
    while true {
      if child.hasOpenPipe {
        child.waitForOutput(until: deadline)
        child.read(into: &output, &errors)
        if let longestComplaint, errors.count > longestComplaint { errors.removeLast(errors.count - longestComplaint) }
        guard output.count <= settings.limit, errors.count <= settings.limit else {
          throw .tooMuchOutput(program: program, limit: settings.limit)
        }
      } else if let status = child.status() {
        return ChildProcessEnding(status: status, output: output, errors: errors)
      } else {
        usleep(2000)
      }
      guard !settings.isStopped() else { throw .stopped(program: program) }
      guard ContinuousClock.now < deadline else { throw .timedOut(program: program, settings.timeout) }
    }
  }
}

/// A program that was started, with the pipes it writes to.
private struct Child: ~Copyable {
  private var process: pid_t = 0
  /// The ends that are read from: its output, its errors; -1 once closed.
  private var pipes: [Int32]
  private var exitStatus: Int32?
  private let hasOwnGroup: Bool

  init(
    _ words: [String], environment: [String: String], _ settings: ChildProcessSettings, lock: borrowing Mutex<Void>
  ) throws(ChildProcessFailure) {
    let program = words.first ?? ""
    hasOwnGroup = settings.standsAlone
    var started: pid_t = 0
    var reading: [Int32] = []
    let code: Int32 = lock.withLock { _ in
      guard let output = Self.makePipe() else { return errno }
      guard let errors = Self.makePipe() else {
        let code = errno
        for descriptor in [output.read, output.write] { close(descriptor) }
        return code
      }
      reading = [output.read, errors.read]
      defer { for descriptor in [output.write, errors.write] { close(descriptor) } }
      return Self.spawn(words, environment, settings, output: output.write, errors: errors.write, &started)
    }
    pipes = reading
    process = started
    guard code == 0 else {
      for descriptor in reading { close(descriptor) }
      pipes = []
      throw .notStarted(program: program, reason: String(cString: strerror(code)))
    }
  }

  private static func makePipe() -> (read: Int32, write: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func spawn(
    _ words: [String], _ environment: [String: String], _ settings: ChildProcessSettings, output: Int32, errors: Int32,
    _ process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if settings.standsAlone {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      // A signal that is ignored stays so in a new program unless it is told otherwise.
      var signals = sigset_t()
      sigemptyset(&signals)
      posix_spawnattr_setsigmask(&attributes, &signals)
      for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
      posix_spawnattr_setsigdefault(&attributes, &signals)
      posix_spawnattr_setpgroup(&attributes, 0)
      posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    }
    if let folder = settings.folder {
      let code = iamdrill_spawn_in_folder(&actions, folder)
      guard code == 0 else { return code }
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    guard let program = path(of: words.first ?? "", environment) else { return ENOENT }
    for _ in 0..<busyPatience {
      let code = posix_spawn(&process, program, &actions, &attributes, &arguments, &variables)
      guard code == ETXTBSY else { return code }
      usleep(10_000)
    }
    return ETXTBSY
  }

  /// How long a program that is being written is waited for, in steps of ten milliseconds. Whoever wrote it may be done:
  /// another child that is only just starting has the writer's open files for a moment, as a copy.
  private static let busyPatience = 100

  /// Where a program is: on the `PATH` of the environment that it gets, as for its caller, unless it is named by its place.
  private static func path(of program: String, _ environment: [String: String]) -> String? {
    if program.contains("/") { return program }
    guard !program.isEmpty else { return nil }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { $0 + "/" + program }.first { access($0, X_OK) == 0 }
  }

  var hasOpenPipe: Bool { pipes.contains { $0 >= 0 } }

  /// Milliseconds after which the caller is asked whether it still waits.
  private static let patience = 100

  /// Waits for something to read, but not long.
  func waitForOutput(until deadline: ContinuousClock.Instant) {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { return }
    var polled = pipes.filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&polled, nfds_t(polled.count), Int32(min(left.wholeMilliseconds + 1, Self.patience)))
  }

  /// Takes what is there of either pipe, and closes one that has ended.
  mutating func read(into output: inout [UInt8], _ complaint: inout [UInt8]) {
    for index in pipes.indices where pipes[index] >= 0 {
      var polled = pollfd(fd: pipes[index], events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 0) > 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 16_384)
      let count = chunk.withUnsafeMutableBytes { Glibc.read(pipes[index], $0.baseAddress, $0.count) }
      if count > 0 {
        if index == 0 { output += chunk[..<count] } else { complaint += chunk[..<count] }
      } else if count == 0 || errno != EINTR {
        close(pipes[index])
        pipes[index] = -1
      }
    }
  }

  /// How it ended; `nil` while it runs.
  mutating func status() -> ChildProcessEnding.Status? {
    if exitStatus == nil {
      guard hasEnded else { return nil }
      reap()
    }
    guard let status = exitStatus else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? .exited(Int((status >> 8) & 0xFF)) : .signal(Int(signal))
  }

  /// Whether it has ended, without taking its number back: its group can still be told to end by it.
  private var hasEnded: Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 || information.si_signo != 0
  }

  private mutating func reap() {
    // What it has started and left behind ends with it.
    if hasOwnGroup { kill(-process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else {
        status = -1
        break
      }
    }
    exitStatus = status
  }

  /// How long a program that is told to end may tidy up, in steps of ten milliseconds.
  private static let grace = 100

  /// Ends the program where it still runs, and takes back what it holds.
  mutating func end() {
    for descriptor in pipes where descriptor >= 0 { close(descriptor) }
    pipes = []
    guard exitStatus == nil, process > 0 else { return }
    if hasOwnGroup {
      kill(-process, SIGTERM)
      for _ in 0..<Self.grace where !hasEnded { usleep(10_000) }
    }
    kill(process, SIGKILL)
    reap()
  }
}
