import Emulator
import Glibc
import IAMPolicy
import Runner
import Scenario

/// What iamdrill calls fast, measured: `make bench`. Numbers of one run only compare with each other.
@main
enum Bench {
  static let tutorial = "scenarios/cross-account-role.yaml"

  /// All of it, or one part: `tutorial`, `load`, `steps`, `decisions` or `pairs`, which then goes up to ten thousand.
  ///
  /// `run N` and `load N` do it N times and measure nothing: the difference between two counts of instructions, taken by
  /// `valgrind --tool=callgrind`, is what one costs in a process that is warm, whatever else the machine is doing.
  static func main() {
    let folder = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let part = CommandLine.arguments.dropFirst().first
    if let times = CommandLine.arguments.dropFirst(2).first.flatMap({ Int($0) }) { return repeating(part, times) }
    if part == nil || part == "tutorial" { processes(folder.joined(separator: "/") + "/iamdrill") }
    if part == nil || part == "load" { loading() }
    if part == nil || part == "steps" { steps() }
    if part == nil || part == "decisions" { DecisionBench.run() }
    if part == nil || part == "pairs" { PairBench.run(upTo: part == nil ? 1_000 : 10_000) }
  }

  private static func repeating(_ part: String?, _ times: Int) {
    guard let scenario = ScenarioFile.load(tutorial).scenario else { return print("\(tutorial) cannot be read") }
    for _ in 0..<times {
      if part == "load" { load() } else { _ = run(scenario) }
    }
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

  /// Reading the tutorial's file and checking all that can be known without running it, as `iamdrill run` does.
  static func loading() {
    report("reading and checking the tutorial", (0..<50).map { _ in measureCPU(load) * 1000 }, "ms")
  }

  private static func load() {
    _ = ScenarioFile.load(tutorial).checked(findsWarnings: false)
  }

  /// Steps in this process: each signed, verified, authorized, answered, parsed and held against what was expected.
  static func steps() {
    guard let scenario = ScenarioFile.load(tutorial).scenario else { return print("\(tutorial) cannot be read") }
    let (steps, requests) = run(scenario)
    let samples = (0..<50).map { _ in measureCPU { _ = run(scenario) } }
    report("steps in process", samples.map { Double(steps) / $0 }, "a second and core")
    report("requests in process", samples.map { Double(requests) / $0 }, "a second and core")
  }

  /// Runs `scenario`, and counts its steps and the requests that they, renewals and teardown sent.
  private static func run(_ scenario: Scenario) -> (steps: Int, requests: Int) {
    guard let target = try? EmulatorTarget(for: scenario) else { return (0, 0) }
    let result = ScenarioRunner(target: { _ in target }, record: { _ in }).run([scenario])
    return (result.scenarios.reduce(0) { $0 + $1.steps.count }, target.emulator.decisions.count)
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
