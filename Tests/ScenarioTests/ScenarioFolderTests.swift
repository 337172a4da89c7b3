import Scenario
import Testing

@Suite("Files below the scenario's folder") struct ScenarioFolderTests {
  private func read(_ name: String, in folder: TemporaryFolder) -> String {
    do {
      return String(decoding: try ScenarioFolder(path: folder.path).read(name, at: nil), as: UTF8.self)
    } catch {
      return error.message
    }
  }

  @Test("are read")
  func read() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inner")
    try folder.write("text", to: "inner/a.txt")
    try folder.write("", to: "empty")
    #expect(read("inner/a.txt", in: folder) == "text")
    #expect(read("./inner/a.txt", in: folder) == "text")
    #expect(read("empty", in: folder) == "")
  }

  @Test(
    "are refused where the name may lead out",
    arguments: ["", "/etc/passwd", "../x", "inner/../../x", "inner/..", "a//b", "inner/", "x\u{0}y"])
  func names(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inner")
    #expect(read(name, in: folder) == "`\(name)` is not below the scenario's folder")
  }

  @Test("are refused behind symbolic links, as pipes and as folders")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("inner")
    try folder.write("text", to: "inner/a.txt")
    try folder.link("link.txt", to: "inner/a.txt")
    try folder.link("link", to: "inner")
    try folder.link("away", to: "/etc")
    try folder.makePipe("pipe")
    #expect(read("link.txt", in: folder) == "cannot read `link.txt`: it is, or is behind, a symbolic link")
    #expect(
      read("link/a.txt", in: folder)
        == "cannot read `link/a.txt`: a part of the path is not a folder, or is a symbolic link")
    #expect(
      read("away/passwd", in: folder)
        == "cannot read `away/passwd`: a part of the path is not a folder, or is a symbolic link")
    #expect(read("pipe", in: folder) == "cannot read `pipe`: it is not a file")
    #expect(read("inner", in: folder) == "cannot read `inner`: it is not a file")
    #expect(read("inner/b.txt", in: folder) == "cannot read `inner/b.txt`: no such file")
    #expect(read("none/b.txt", in: folder) == "cannot read `none/b.txt`: no such file")
  }

  @Test("are refused where they are too large")
  func large() throws {
    let folder = try TemporaryFolder()
    try folder.write("12345", to: "a")
    let error = #expect(throws: Diagnostic.self) {
      try ScenarioFolder(path: folder.path).read("a", at: nowhere, limit: 4)
    }
    #expect(error?.message == "cannot read `a`: it is larger than 4 bytes")
    #expect(error?.range == nowhere)
  }

  @Test(
    "The folder of a path",
    arguments: [("a.yaml", "."), ("x/a.yaml", "x"), ("/a.yaml", "/"), ("./a.yaml", "."), ("/x/y/a", "/x/y")])
  func folder(path: String, folder: String) {
    #expect(ScenarioFolder(of: path).path == folder)
  }
}
