/// What came of reading a scenario file.
package struct LoadedScenario: Sendable {
  /// As far as it could be read, even where there are errors, so that the rest of it can be checked; `nil` where the file
  /// is missing or is no mapping. It may be run only where ``diagnostics`` has no error.
  package var scenario: Scenario?
  package var diagnostics: [Diagnostic]
  /// The texts of all files that were read, for ``DiagnosticRenderer``.
  package var sources: [SourceFile]

  /// All that can be said of the file without running it, in its order: what came of reading it, and what
  /// ``Scenario/check(findsWarnings:xpathProblem:)`` finds in what could be read.
  package func checked(findsWarnings: Bool = true, xpathProblem: ((String) -> String?)? = nil) -> [Diagnostic] {
    let found = scenario?.check(findsWarnings: findsWarnings, xpathProblem: xpathProblem) ?? []
    // What was reported once at a place is not explained a second time by what follows from it.
    let places = Set(diagnostics.filter { $0.severity == .error }.compactMap(\.range))
    return (diagnostics + found.filter { $0.range.map(places.contains) != true }).sorted(
      from: sources.first?.path ?? "")
  }
}

/// Reads scenario files.
package enum ScenarioFile {
  /// Reads the file at `path`, and the policies that it names below its folder. Never throws: what is wrong, all of it,
  /// is in the diagnostics.
  package static func load(_ path: String) -> LoadedScenario {
    load(path, as: ScenarioKeyword.self)
  }

  /// Reads a file whose keys are those of `table`, which are a scenario's or some of them.
  static func load<Table: Keyword>(
    _ path: String, as table: Table.Type, further: (FileNode) -> Void = { _ in }
  ) -> LoadedScenario {
    do throws(Diagnostic) {
      return read(try SourceReading.bytes(at: path), path: path, as: table, further: further)
    } catch {
      return LoadedScenario(diagnostics: [error], sources: [])
    }
  }

  /// Reads `text` as if it stood in a file at `path`.
  package static func parse(_ text: String, path: String) -> LoadedScenario {
    read(Array(text.utf8), path: path, as: ScenarioKeyword.self) { _ in }
  }

  private static func read<Table: Keyword>(
    _ bytes: [UInt8], path: String, as table: Table.Type, further: (FileNode) -> Void
  ) -> LoadedScenario {
    let reading = SourceReading(bytes, path: path, as: table)
    var result = LoadedScenario(diagnostics: reading.diagnostics, sources: [reading.source])
    guard let root = reading.root else { return result }
    further(root)

    var files = PolicyFiles(folder: ScenarioFolder(of: path))
    var decoder = ScenarioDecoder(source: reading.source) { files.read($0) }
    result.scenario = decoder.scenario(root)
    result.scenario?.furtherSources = files.sources
    result.diagnostics = (result.diagnostics + decoder.diagnostics + files.diagnostics).sorted(from: path)
    result.sources += files.sources
    return result
  }
}

/// The policy files of a scenario.
private struct PolicyFiles {
  /// More bytes than any policy type allows.
  static let largestPolicy = 1 << 20

  let folder: ScenarioFolder
  private(set) var sources: [SourceFile] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(folder: ScenarioFolder) {
    self.folder = folder
  }

  /// The document in the file named `name`; `nil`, with a diagnostic, where it cannot be read.
  mutating func read(_ name: Located<String>) -> FileNode? {
    let bytes: [UInt8]
    do {
      bytes = try folder.read(name.value, at: name.range, limit: Self.largestPolicy)
    } catch {
      diagnostics.append(error)
      return nil
    }
    let path = folder.path == "." ? name.value : "\(folder.path)/\(name.value)"
    let source = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    if !sources.contains(where: { $0.path == path }) { sources.append(source) }
    do {
      return try FileNode(parsingJSON: bytes, source: source)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}
