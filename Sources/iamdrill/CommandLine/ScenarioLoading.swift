import Scenario
import XML

/// Loads and checks the scenario files of a command line, and prints what is wrong with them.
enum ScenarioLoading {
  /// - Returns: `nil` where a file cannot be run; then everything that is wrong has been printed.
  static func load(_ paths: [String], command: String, color: Bool) throws(UsageError) -> [Scenario]? {
    guard !paths.isEmpty else { throw UsageError("no file or folder given", command: command) }
    let files = ScenarioPaths.expand(paths)
    guard !files.isEmpty else {
      Console.writeError("iamdrill: no scenario files below \(paths.joined(separator: ", "))\n")
      return nil
    }
    var scenarios: [Scenario] = []
    var isWhole = true
    for file in files {
      let loaded = ScenarioFile.load(file)
      let errors = loaded.checked(findsWarnings: false, xpathProblem: xpathProblem).filter { $0.severity == .error }
      if let scenario = loaded.scenario, errors.isEmpty {
        scenarios.append(scenario)
      } else {
        isWhole = false
        Console.writeError(DiagnosticRenderer(files: loaded.sources, color: color).render(errors))
      }
    }
    return isWhole ? scenarios : nil
  }

  /// Why an XPath does not compile; `nil` where it does.
  static func xpathProblem(_ source: String) -> String? {
    do throws(XMLError) {
      _ = try XPathExpression.compiled(source)
      return nil
    } catch {
      return error.message
    }
  }
}
