import FoundationEssentials
import Glibc
import Report
import Runner

/// The reports that a command line asks for, each in its file.
struct ReportFiles {
  static let options: [CommandDescription.Option] = [
    .value("report-junit", "FILE", kind: .file, "Write JUnit's XML, for CI servers."),
    .value("report-tap", "FILE", kind: .file, "Write the Test Anything Protocol."),
    .value("report-json", "FILE", kind: .file, "Write JSON, for programs (docs/report.schema.json)."),
    .value(
      "report-html", "FOLDER", kind: .folder, "Write index.html there: one page with everything, without a network."),
    .flag("report-github", "Annotate files on GitHub Actions, and write the job's summary."),
  ]

  private let junit: String?
  private let tap: String?
  private let json: String?
  private let html: String?
  private let isForGitHub: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    junit = arguments.value("report-junit")
    tap = arguments.value("report-tap")
    json = arguments.value("report-json")
    html = arguments.value("report-html").map { $0.hasSuffix("/") ? $0 + "index.html" : $0 + "/index.html" }
    isForGitHub = arguments.has("report-github")
    guard [junit, tap, json].count(where: { $0 == "-" }) <= 1 else {
      throw UsageError("only one report can go to standard output", command: "run")
    }
  }

  /// Whether a report goes to standard output, which people's text must leave then.
  var usesStandardOutput: Bool { [junit, tap, json].contains("-") }

  /// Writes them all, redacted.
  /// - Parameter started: when the run began, by the wall clock.
  /// - Returns: whether all could be written; what could not is said.
  func write(_ result: RunResult, _ redactor: Redactor, started: Date) -> Bool {
    var isWhole = true
    let write = { (path: String?, text: () -> String) in
      guard let path else { return }
      let text = redactor.redact(text())
      if path == "-" {
        Console.write(text)
      } else if let problem = TextFile.write(text, to: path) {
        Console.writeError("iamdrill: \(path): \(problem)\n")
        isWhole = false
      }
    }
    write(junit) { JUnitReport.text(result, started: started) }
    write(tap) { TAPReport.text(result) }
    write(json) { JSONReport.text(result, started: started, tool: Iamdrill.version) }
    write(html) { HTMLReport.text(result, started: started) }
    if isForGitHub { isWhole = writeForGitHub(result, redactor) && isWhole }
    return isWhole
  }

  /// Annotations go where the runner reads its commands; the summary is added to the file that it names.
  private func writeForGitHub(_ result: RunResult, _ redactor: Redactor) -> Bool {
    let annotations = redactor.redact(GitHubReport.annotations(result))
    if usesStandardOutput { Console.writeError(annotations) } else { Console.write(annotations) }
    guard let path = Console.environment("GITHUB_STEP_SUMMARY"), !path.isEmpty else { return true }
    guard let problem = TextFile.append(redactor.redact(GitHubReport.summary(result)), to: path) else { return true }
    Console.writeError("iamdrill: \(path): \(problem)\n")
    return false
  }
}
