import YAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What came of reading a configuration.
package struct LoadedConfiguration: Sendable {
  /// As far as it could be read. It may be used only where ``diagnostics`` has no error.
  package var configuration: Configuration?
  package var diagnostics: [Diagnostic]
  package var sources: [SourceFile]

  package var hasError: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Finds and reads `iamdrill.yaml`.
package enum ConfigurationFile {
  package static let name = "iamdrill.yaml"

  /// Ten thousand pairs of accounts with three variables each, and as many again.
  private static let limits = YAMLLimits(bytes: 32 << 20, nodes: 1_000_000)

  /// Folders above one another: far more than there are.
  private static let highest = 128

  /// The nearest `iamdrill.yaml` in the folder of the file at `path`, or above it.
  package static func find(from path: String) -> String? {
    guard var folder = realFolder(of: path) else { return nil }
    for _ in 0..<highest {
      let candidate = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
      if access(candidate, R_OK) == 0 { return candidate }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    return nil
  }

  /// The folder itself, for a folder; the folder a file is in, for a file; without links and `..`.
  private static func realFolder(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    var status = stat()
    let text = String(cString: resolved)
    if stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return text }
    return ScenarioFolder(of: text).path
  }

  /// Reads the file at `path`. Never throws: what is wrong, all of it, is in the diagnostics.
  package static func load(_ path: String) -> LoadedConfiguration {
    do throws(Diagnostic) {
      return read(try SourceReading.bytes(at: path, limit: limits.bytes), path: path)
    } catch {
      return LoadedConfiguration(diagnostics: [error], sources: [])
    }
  }

  /// Reads `text` as if it stood in a file at `path`.
  package static func parse(_ text: String, path: String) -> LoadedConfiguration {
    read(Array(text.utf8), path: path)
  }

  /// `text` with as many asterisks in place of what is secret, so that every place in it stays where it is.
  private static func masking(_ secrets: [String], in text: String) -> String {
    var bytes = Array(text.utf8)
    for secret in secrets.map({ Array($0.utf8) }) where !secret.isEmpty && secret.count <= bytes.count {
      var index = 0
      while index <= bytes.count - secret.count {
        if bytes[index] == secret[0], bytes[index..<index + secret.count].elementsEqual(secret) {
          for place in index..<index + secret.count { bytes[place] = UInt8(ascii: "*") }
          index += secret.count
        } else {
          index += 1
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func read(_ bytes: [UInt8], path: String) -> LoadedConfiguration {
    let reading = SourceReading(bytes, path: path, as: ConfigurationKeyword.self, limits: limits)
    var result = LoadedConfiguration(diagnostics: reading.diagnostics, sources: [reading.source])
    guard let root = reading.root else { return result }
    var decoder = ConfigurationDecoder(source: reading.source)
    result.configuration = decoder.configuration(root)
    result.sources = [SourceFile(path: path, text: masking(decoder.pasted, in: reading.source.text))]
    let places = Set(result.diagnostics.compactMap(\.range))
    result.diagnostics += decoder.diagnostics.filter { $0.range.map(places.contains) != true }
    result.diagnostics = result.diagnostics.sorted(from: path)
    return result
  }
}

extension Configuration {
  /// The target called `name`.
  /// - Throws: that there is none, with those that there are.
  package func target(named name: String) throws(Diagnostic) -> TargetDefinition {
    if let target = targets.first(where: { $0.name.value == name }) { return target }
    let names = targets.map(\.name.value)
    let meant = Suggestion.closest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
    throw .error(
      "\(source.path) has no target '\(name)'\(meant)", at: nil,
      notes: [.init(names.isEmpty ? "it has none" : "it has: \(names.joined(separator: ", "))")])
  }

  /// A path of the file, which counts from the file's own folder.
  package func path(_ relative: String) -> String {
    if relative.hasPrefix("/") { return relative }
    let folder = ScenarioFolder(of: source.path).path
    return folder == "/" ? "/\(relative)" : "\(folder)/\(relative)"
  }
}
