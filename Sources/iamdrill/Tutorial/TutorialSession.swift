import Emulator
import Report
import Runner
import Scenario

/// One walk through a scenario, a key at a time, or without keys from its beginning to its end.
struct TutorialSession {
  private let scenario: Scenario
  private let redactor: Redactor
  private let keys: KeyInput?
  private let text: TutorialText
  private var run: StepwiseRun
  private var shell: LearnerShell?

  /// - Parameter keys: `nil` to go on without being asked.
  init(_ scenario: Scenario, color: Bool, keys: KeyInput?, commands: CommandHost) throws(Diagnostic) {
    self.scenario = scenario
    self.keys = keys
    redactor = Redactor()
    text = TutorialText(scenario, style: TerminalStyle(isOn: color), columns: Console.columns)
    run = try StepwiseRun(scenario, redactor: redactor, commands: commands)
  }

  mutating func walk() -> ExitCode {
    say(text.opening(of: scenario))
    let isWhole = walkChapters()
    shell?.close()
    let result = run.end(isWhole: isWhole)
    say(text.end(result))
    return result.hasError ? .runFailed : result.hasFailure ? .expectationNotMet : .success
  }

  private func say(_ text: String) { Console.write(redactor.redact(text)) }

  /// - Returns: whether it was walked to its end.
  private mutating func walkChapters() -> Bool {
    let count = scenario.chapters.reduce(0) { $0 + $1.steps.count }
    var number = 0
    for (index, chapter) in scenario.chapters.enumerated() {
      say(text.heading(chapter, number: index + 1, of: scenario.chapters.count))
      for step in chapter.steps {
        number += 1
        say(text.announcement(step, number: number, of: count))
        guard ask(about: step, done: nil) else { return false }
        let result = run.perform(step, chapter: index)
        say(text.outcome(result))
        guard ask(about: step, done: result) else { return false }
      }
    }
    return !Interruption.isRequested
  }

  /// Answers keys until Enter.
  /// - Parameter done: the step's result; `nil` before it is carried out.
  /// - Returns: whether to go on.
  private mutating func ask(about step: Scenario.Step, done: StepResult?) -> Bool {
    guard let keys else { return !Interruption.isRequested }
    var done = done
    while true {
      say(text.keys(isDone: done != nil))
      let key = keys.next()
      say("\r\u{1B}[K")
      switch key {
      case .enter: return true
      case .end, .character("q"): return false
      case .character("b"): openShell(for: step, keys)
      case .character("r"):
        guard done != nil else {
          say("It has not been done yet; Enter does it.\n")
          continue
        }
        let again = run.performAgain(step)
        say(text.outcome(again))
        done = again
      case .character(let letter): say(answer(to: letter, done))
      }
    }
  }

  private func answer(to letter: Character, _ done: StepResult?) -> String {
    guard "wpcs".contains(letter) else { return "" }
    guard let done else { return "It has not been done yet; Enter does it.\n" }
    switch letter {
    case "w": return text.why(done)
    case "p": return text.policies(done)
    case "c": return text.command(done)
    default: return text.link(done)
    }
  }

  private mutating func openShell(for step: Scenario.Step, _ keys: KeyInput) {
    guard let name = step.principal else { return say("Nobody acts in this step, so there is nobody to be.\n") }
    do {
      guard let credentials = try run.credentials(of: name) else {
        return say("\(name.value) has no credentials to try things with.\n")
      }
      redactor.add(credentials)
      let shell = try self.shell ?? LearnerShell(run.emulator)
      self.shell = shell
      say("A shell as \(name.value): try `aws sts get-caller-identity`. `exit` comes back here.\n")
      keys.giveBack()
      defer { keys.takeKeys() }
      if let problem = shell.run(as: name.value, credentials) { say("\(problem)\n") }
    } catch let problem as Problem {
      say("\(problem.message)\n")
    } catch {
      say("The emulator cannot be served: \(error)\n")
    }
  }
}
