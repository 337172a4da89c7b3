import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite("The repository's own scenarios") struct RepositoryScenarioTests {
  static let root = String(
    decoding: #filePath.utf8.dropLast("Tests/ScenarioTests/RepositoryScenarioTests.swift".utf8.count), as: UTF8.self)

  @Test("The tutorial has nothing that could be said against it")
  func tutorial() throws {
    let path = Self.root + "scenarios/cross-account-role.yaml"
    let loaded = ScenarioFile.load(path)
    let found = loaded.checked()
    #expect(DiagnosticRenderer(files: loaded.sources).render(found) == "")
    let scenario = try #require(loaded.scenario)
    #expect(scenario.chapters.count == 8)
  }

  /// `IAMDRILL_UPDATE_GOLDEN=1` writes it instead.
  @Test("The committed JSON Schema is the one that the code describes")
  func schema() throws {
    let folder = Self.root + "scenarios"
    if getenv("IAMDRILL_UPDATE_GOLDEN") != nil {
      try overwrite("\(folder)/scenario.schema.json", with: ScenarioSchema.text())
    }
    let committed = try ScenarioFolder(path: folder).read("scenario.schema.json", at: nil)
    #expect(String(decoding: committed, as: UTF8.self) == ScenarioSchema.text())
  }
}
