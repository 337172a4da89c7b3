import YAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file of ours as it was read and held against its format, before anything is made of it.
struct SourceReading {
  let source: SourceFile
  /// `nil` where the file is no YAML, or no mapping.
  let root: FileNode?
  /// What does not fit the format.
  let diagnostics: [Diagnostic]

  /// The bytes of the file at `path`.
  /// - Throws: why they cannot be read.
  static func bytes(at path: String, limit: Int = YAMLLimits.default.bytes) throws(Diagnostic) -> [UInt8] {
    do {
      // Without O_NONBLOCK a named pipe would be waited for.
      return try OpenFile(open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)).contents(limit: limit)
    } catch {
      throw .error("\(path): \(error.message)", at: nil)
    }
  }

  /// Reads `bytes` as if they stood in a file at `path` whose keys are those of `table`.
  init<Table: Keyword>(_ bytes: [UInt8], path: String, as table: Table.Type, limits: YAMLLimits = .default) {
    source = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    do {
      let node = FileNode(try YAMLNode.parse(bytes, limits: limits), file: path)
      var checker = FormatChecker()
      checker.check(node, .object { table.object }, name: "the file")
      diagnostics = checker.diagnostics
      root = node.entries == nil ? nil : node
    } catch {
      diagnostics = [Diagnostic(error, file: path)]
      root = nil
    }
  }
}
