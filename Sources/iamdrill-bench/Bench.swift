import Glibc
import IAMPolicy
import Runner
import Scenario

/// What iamdrill calls fast, measured: `make bench`. Numbers of one run only compare with each other.
@main
enum Bench {
  static let tutorial = "scenarios/cross-account-role.yaml"

  /// All of it, or one part: `tutorial`, `steps` or `decisions`.
  static func main() {
    let folder = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let part = CommandLine.arguments.dropFirst().first
    if part == nil || part == "tutorial" { processes(folder.joined(separator: "/") + "/iamdrill") }
    if part == nil || part == "steps" { steps() }
    if part == nil || part == "decisions" { DecisionBench.run() }
  }

  /// The whole tutorial with the start of its process, output to a file.
  static func processes(_ program: String) {
    var samples: [Double] = []
    for _ in 0..<50 {
      let seconds = measure { spawn(program, ["run", tutorial]) }
      samples.append(seconds * 1000)
    }
    report("tutorial, process start included", samples, "ms")
  }

  /// Steps in this process: each signed, verified, authorized, answered, parsed and held against what was expected.
  static func steps() {
    guard let scenario = ScenarioFile.load(tutorial).scenario else { return print("\(tutorial) cannot be read") }
    let count = scenario.chapters.reduce(0) { $0 + $1.steps.count }
    var samples: [Double] = []
    for _ in 0..<50 {
      let seconds = measure { _ = ScenarioRunner { _ in }.run([scenario]) }
      samples.append(Double(count) / seconds)
    }
    report("steps in process, one core", samples, "a second")
  }

  // MARK: Measuring

  static func measure(_ work: () -> Void) -> Double {
    let duration = ContinuousClock().measure(work)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// The time that this process was given, in seconds: on a machine that others use as well, a second of a core.
  static func measureCPU(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }

  static func report(_ name: String, _ samples: [Double], _ unit: String) {
    let sorted = samples.sorted()
    func at(_ share: Double) -> String { rounded(sorted[Int(Double(sorted.count - 1) * share)]) }
    print("\(name): median \(at(0.5)) \(unit) (least \(at(0)), most \(at(1)), \(samples.count) samples)")
  }

  static func rounded(_ value: Double) -> String {
    value >= 1000 ? "\(Int(value))" : "\((value * 10).rounded() / 10)"
  }

  static func spawn(_ program: String, _ arguments: [String]) {
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, "/tmp/iamdrill-bench.out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else {
      return print("\(program) cannot be started")
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }
}
