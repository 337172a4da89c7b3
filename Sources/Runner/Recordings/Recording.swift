import JSON
package import Scenario

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder of recorded exchanges: below it a folder a scenario, in which there is a file a step.
package struct Recording: Sendable {
  package let folder: String

  package init(folder: String) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  package static let format = "iamdrill-recording"
  package static let version = 1

  /// Files larger than this are no step's.
  private static let largestFile = 64 << 20
  private static let mostFiles = 100_000

  /// Where the steps of `scenario` are.
  package func folder(of scenario: Scenario) -> String {
    let file = scenario.source.path.split(separator: "/").last ?? "scenario"
    let name = file.split(separator: ".").first ?? file
    return "\(folder)/\(name)"
  }

  /// What was recorded of a scenario, in order.
  struct Contents {
    var exchanges: [RecordedExchange] = []
    var commands: [RecordedCommand] = []
  }

  /// What was recorded of `scenario`.
  /// - Throws: that there is nothing, or a file that is not one of a recording.
  func contents(of scenario: Scenario) throws(Diagnostic) -> Contents {
    let folder = folder(of: scenario)
    var contents = Contents()
    let names = Self.names(in: folder)
    guard !names.isEmpty else { throw .error("\(folder) has no recording of \(scenario.source.path)", at: nil) }
    let reader = ScenarioFolder(path: folder)
    for name in names {
      let bytes = try reader.read(name, at: nil, limit: Self.largestFile)
      guard let json = try? JSONValue(parsing: bytes), json["format"]?.string == Self.format,
        case .number(String(Self.version))? = json["version"]?.kind, let members = json["exchanges"]?.array
      else { throw .error("\(folder)/\(name) is not a step of a recording", at: nil) }
      for member in members {
        guard let exchange = RecordedExchange(member) else {
          throw .error("\(folder)/\(name) has an exchange that cannot be read", at: nil)
        }
        contents.exchanges.append(exchange)
      }
      guard let member = json["command"] else { continue }
      guard let command = RecordedCommand(member) else {
        throw .error("\(folder)/\(name) has a command that cannot be read", at: nil)
      }
      contents.commands.append(command)
    }
    return contents
  }

  /// Makes the folder of `scenario`, and removes what an earlier run recorded there: a step that is no more would be replayed
  /// among the others. What cannot be made is told of by the first file that cannot be written.
  package func begin(_ scenario: Scenario) {
    let folder = folder(of: scenario)
    var made = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      made += (made.isEmpty || made == "/" ? "" : "/") + part
      mkdir(made, 0o777)
    }
    for name in Self.names(in: folder) where Self.isStep(name) { unlink("\(folder)/\(name)") }
  }

  /// `0012-david-assumes-the-role.json`
  private static func isStep(_ name: String) -> Bool {
    let digits = name.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits.count >= 4 && name.utf8.dropFirst(digits.count).first == UInt8(ascii: "-")
  }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while names.count < mostFiles, let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name.hasSuffix(".json") { names.append(name) }
    }
    return names.sorted()
  }
}
