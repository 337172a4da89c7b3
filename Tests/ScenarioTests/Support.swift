import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Where a range without a meaning stands.
let nowhere = SourceRange(
  file: "test.yaml", start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 1))

/// A scenario around `steps`, each line of which is indented by four blanks.
func scenario(_ steps: String, before: String = "") -> String {
  """
  scenario: A test
  accounts: { Destination: "999999999999", Originating: "111111111111" }
  \(before)
  steps:
  \(steps)
  """
}

/// Reads and checks `text`; the diagnostics of both, each as `line:column: severity: message`.
func problems(_ text: String) -> [String] {
  let loaded = ScenarioFile.parse(text, path: "test.yaml")
  return loaded.checked().map { diagnostic in
    let place = diagnostic.range.map { "\($0.start.line):\($0.start.column): " } ?? ""
    return "\(place)\(diagnostic.severity): \(diagnostic.message)"
  }
}

/// The one step of a file that is in order.
func onlyStep(_ step: String, before: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws
  -> Scenario.Step
{
  let loaded = ScenarioFile.parse(scenario(step, before: before), path: "test.yaml")
  #expect(loaded.diagnostics.map(\.message) == [], sourceLocation: sourceLocation)
  return try #require(loaded.scenario?.allSteps.first, sourceLocation: sourceLocation)
}

func overwrite(_ path: String, with text: String) throws {
  let handle = try #require(fopen(path, "w"))
  defer { fclose(handle) }
  let bytes = Array(text.utf8)
  try #require(fwrite(bytes, 1, bytes.count, handle) == bytes.count)
}

/// A folder that is removed with its contents.
final class TemporaryFolder {
  let path: String
  private var entries: [String] = []

  init() throws {
    var template = Array("/tmp/iamdrill-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit {
    for entry in entries.reversed() { remove(entry) }
    rmdir(path)
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try overwrite(file, with: text)
    entries.append(file)
    return file
  }

  func makeFolder(_ name: String) throws {
    try #require(mkdir("\(path)/\(name)", 0o700) == 0)
    entries.append("\(path)/\(name)")
  }

  func link(_ name: String, to target: String) throws {
    try #require(symlink(target, "\(path)/\(name)") == 0)
    entries.append("\(path)/\(name)")
  }

  func makePipe(_ name: String) throws {
    try #require(mkfifo("\(path)/\(name)", 0o600) == 0)
    entries.append("\(path)/\(name)")
  }
}
