import Glibc
import Synchronization

/// Why a program gave no output.
enum ChildProcessFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is not there, or may not be run.
  case notStarted(program: String, reason: String)
  case timedOut(program: String, Duration)
  case tooMuchOutput(program: String, limit: Int)
  /// It ended otherwise than with 0; `complaint` is what it wrote to its standard error.
  case failed(program: String, status: String, complaint: String)

  var description: String {
    switch self {
    case .notStarted(let program, let reason): "\(program) cannot be run: \(reason)"
    case .timedOut(let program, let limit): "\(program) has not ended within \(limit.components.seconds) seconds"
    case .tooMuchOutput(let program, let limit): "\(program) prints more than \(limit) bytes"
    case .failed(let program, let status, let complaint):
      "\(program) ended with \(status)" + (complaint.isEmpty ? "" : ": \(complaint)")
    }
  }
}

/// Runs a program without a shell, within bounds.
///
/// It keeps the terminal and the standard input, because it may ask its user for something.
enum ChildProcess {
  /// Of what a program complains, in bytes.
  private static let longestComplaint = 2000

  /// Pipes are closed to other children only after they were made, so no other may be started in between.
  private static let starting = Mutex(())

  /// The standard output of a program that ended with 0.
  /// - Parameter words: the program, looked for on the `PATH`, and its arguments.
  static func run(
    _ words: [String], environment: [String: String], timeout: Duration, limit: Int
  ) throws(ChildProcessFailure) -> [UInt8] {
    let program = words.first ?? ""
    let deadline = ContinuousClock.now.advanced(by: timeout)
    var child = try Child(words, environment: environment, lock: starting)
    defer { child.end() }
    var output: [UInt8] = []
    var complaint: [UInt8] = []
    while child.hasOpenPipe {
      guard child.wait(until: deadline) else { throw .timedOut(program: program, timeout) }
      child.read(into: &output, &complaint)
      guard output.count <= limit else { throw .tooMuchOutput(program: program, limit: limit) }
      if complaint.count > longestComplaint { complaint.removeLast(complaint.count - longestComplaint) }
    }
    while true {
      if let status = child.status() {
        guard status == "0" else {
          let text = String(decoding: complaint, as: UTF8.self)
          throw .failed(program: program, status: status, complaint: String(text.trimmed))
        }
        return output
      }
      guard ContinuousClock.now < deadline else { throw .timedOut(program: program, timeout) }
      usleep(2000)
    }
  }
}

/// A program that was started, with the pipes it writes to.
private struct Child: ~Copyable {
  private var process: pid_t = 0
  /// The ends that are read from: its output, its errors; -1 once closed.
  private var pipes: [Int32]
  private var exitStatus: Int32?

  init(
    _ words: [String], environment: [String: String], lock: borrowing Mutex<Void>
  ) throws(ChildProcessFailure) {
    let program = words.first ?? ""
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
      return Self.spawn(words, environment, output: output.write, errors: errors.write, &started)
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
    _ words: [String], _ environment: [String: String], output: Int32, errors: Int32, _ process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    guard let program = path(of: words.first ?? "", environment) else { return ENOENT }
    return posix_spawn(&process, program, &actions, nil, &arguments, &variables)
  }

  /// Where a program is: on the `PATH` of the environment that it gets, as for its caller, unless it is named by its place.
  private static func path(of program: String, _ environment: [String: String]) -> String? {
    if program.contains("/") { return program }
    guard !program.isEmpty else { return nil }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { $0 + "/" + program }.first { access($0, X_OK) == 0 }
  }

  var hasOpenPipe: Bool { pipes.contains { $0 >= 0 } }

  /// Waits for something to read; `false` where the time is over.
  func wait(until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      var polled = pipes.filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let ready = poll(&polled, nfds_t(polled.count), Int32(min(left.wholeMilliseconds, 60_000)))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return false }
    }
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
  mutating func status() -> String? {
    if exitStatus == nil {
      var status: Int32 = 0
      let result = waitpid(process, &status, WNOHANG)
      guard result != 0 else { return nil }
      exitStatus = result == process ? status : -1
    }
    guard let status = exitStatus else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? String((status >> 8) & 0xFF) : "signal \(signal)"
  }

  /// Ends the program where it still runs, and takes back what it holds.
  mutating func end() {
    for descriptor in pipes where descriptor >= 0 { close(descriptor) }
    pipes = []
    guard exitStatus == nil, process > 0 else { return }
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    exitStatus = status
  }
}
