import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Every file of `Golden` is read and checked, and what is said about it is held to the byte against the file of the same
/// name that ends with `.txt`. `IAMDRILL_UPDATE_GOLDEN=1` writes those files instead; then look at the difference.
@Suite("Diagnostics as they are printed") struct GoldenTests {
  static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Golden"

  static let names = files(of: folder)

  static func files(of folder: String) -> [String] {
    var names: [String] = []
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }

  @Test("There are files to hold against") func isNotEmpty() {
    #expect(Self.names.count >= 10)
  }

  @Test("A bad file gets exactly these diagnostics", arguments: names)
  func matches(name: String) throws {
    let loaded = ScenarioFile.load("\(Self.folder)/\(name).yaml")
    let found = loaded.checked(xpathProblem: Self.xpathProblem)
    let text = DiagnosticRenderer(files: loaded.sources).render(found).removing(Self.folder + "/")
    try Self.hold(text, against: "\(name).txt", in: Self.folder)
  }

  static func hold(_ text: String, against name: String, in folder: String) throws {
    if getenv("IAMDRILL_UPDATE_GOLDEN") != nil {
      try overwrite("\(folder)/\(name)", with: text)
    } else {
      let expected = try ScenarioFolder(path: folder).read(name, at: nil)
      #expect(text == String(decoding: expected, as: UTF8.self))
    }
  }

  /// Stands in for an XML library: enough to see that what it says is shown at the right place.
  static func xpathProblem(_ expression: String) -> String? {
    expression.filter { $0 == "(" }.count == expression.filter { $0 == ")" }.count ? nil : "unbalanced parentheses"
  }
}

extension String {
  /// Without any occurrence of `part`.
  func removing(_ part: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      result += rest[..<range.lowerBound]
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
