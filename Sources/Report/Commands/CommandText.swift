import AWSAPI
import HTTP
import IAMPolicy
package import Runner

/// A command of the AWS CLI and what it printed, as people read it.
package struct CommandText {
  private let command: CommandExchange

  package init(_ command: CommandExchange) {
    self.command = command
  }

  /// `As David`, or how else the command has its credentials.
  package var introduction: String {
    command.configuration.isEmpty
      ? "As \(command.principal), the AWS CLI is run"
      : "The AWS CLI is run with these profiles in its configuration, and with the credentials of \(command.principal) as the profile `\(command.principal)`"
  }

  /// The variables that hold the credentials, as a shell would set them; `nil` where there are none. Secrets are masked by
  /// whoever writes this.
  package var exports: String? {
    guard !command.variables.isEmpty else { return nil }
    return "export " + command.variables.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  package var configuration: String? { command.configuration.isEmpty ? nil : command.configuration }

  package func line(width: Int) -> String { command.commandLine.text(width: width) }

  /// What it printed, its complaints behind its output, and its exit status where that is not 0; empty where it printed nothing.
  package var output: String {
    var text = Self.bounded(command.shownOutput)
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    text += Self.bounded(command.errors.drop { $0 == "\n" })
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    return text
  }

  /// More than this is cut where people read it: `aws s3 cp … -` prints a whole object.
  private static let mostText = 64 << 10

  private static func bounded(_ text: some StringProtocol) -> String {
    guard text.utf8.count > mostText else { return String(text) }
    return String(decoding: text.utf8.prefix(mostText), as: UTF8.self) + "…\n"
  }

  /// `Exit status 254.`; `nil` where it is 0.
  package var ending: String? { command.status == 0 ? nil : "Exit status \(command.status)." }

  /// For a terminal: the command with a prompt, and below what it printed.
  package func text(_ style: TerminalStyle, indent: String) -> String {
    var lines: [String] = []
    if let configuration {
      lines += configuration.split(separator: "\n", omittingEmptySubsequences: false).map { style.dim(String($0)) }
      if lines.last?.isEmpty == true { lines.removeLast() }
    }
    if let exports { lines.append(style.dim("$ " + exports)) }
    lines.append(style.cyan("$ " + command.commandLine.text))
    lines += output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let ending { lines.append(style.dim(ending)) }
    return lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
  }

  /// What the command asked of AWS and how that was decided, a line a call; empty where the target does not tell. Names stand
  /// between backticks.
  package var calls: [String] {
    command.calls.map { call in
      var answer = "\(call.response.status)"
      if case .failure(let error) = call.outcome { answer += " \(error.code)" }
      let who = call.principal.map { " as \($0)" } ?? " without a signature"
      let reason = call.decision.map { " " + VerdictWords.reason($0) } ?? ""
      return "`\(call.callName)`\(who): \(answer).\(reason)"
    }
  }
}
