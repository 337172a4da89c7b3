/// What came of reading a server's configuration.
package struct LoadedServerFile: Sendable {
  /// The accounts, the policies and the organization, as a scenario without steps; `nil` where the file is missing or is no
  /// mapping. To be used only where ``diagnostics`` has no error.
  package var scenario: Scenario?
  /// The paths of the scenarios to run first.
  package var scenarios: [String]
  package var diagnostics: [Diagnostic]
  /// The texts of all files that were read, for ``DiagnosticRenderer``.
  package var sources: [SourceFile]
}

/// Reads what a served emulator is to have at its start: accounts and an organization, written as in scenarios, and the
/// scenarios that make the rest.
package enum ServerFile {
  /// Reads the file at `path`. Never throws: what is wrong, all of it, is in the diagnostics.
  package static func load(_ path: String) -> LoadedServerFile {
    var named: [Located<String>] = []
    let loaded = ScenarioFile.load(path, as: ServerKeyword.self) { root in
      named = Fields<ServerKeyword>(root)[.scenarios]?.elements?.compactMap(\.text) ?? []
    }
    let folder = ScenarioFolder(of: path).path
    return LoadedServerFile(
      scenario: loaded.scenario,
      scenarios: named.map { $0.value.hasPrefix("/") || folder == "." ? $0.value : "\(folder)/\($0.value)" },
      // What a scenario should also have, as steps, is not missing here.
      diagnostics: loaded.checked().filter { $0.severity == .error }, sources: loaded.sources)
  }
}
