import YAML

extension FileNode {
  init(_ node: YAMLNode, file: String) {
    let range = SourceRange(node.range, file: file)
    switch node.value {
    case .scalar(let scalar): self = .scalar(scalar.text, isPlain: scalar.isPlain, range)
    case .sequence(let elements): self = .list(elements.map { FileNode($0, file: file) }, range)
    case .mapping(let entries):
      let entries = entries.map { entry in
        Entry(
          key: Located(entry.name, at: SourceRange(entry.key.range, file: file)),
          value: FileNode(entry.value, file: file))
      }
      self = .mapping(entries, range)
    }
  }
}

extension SourceRange {
  init(_ range: YAMLRange, file: String) {
    self.init(
      file: file, start: SourcePosition(line: range.start.line, column: range.start.column),
      end: SourcePosition(line: range.end.line, column: range.end.column))
  }
}

extension Diagnostic {
  init(_ error: YAMLError, file: String) {
    self = .error(error.message, at: error.range.map { SourceRange($0, file: file) })
    if let related = error.related {
      notes.append(Note(related.message, at: SourceRange(related.range, file: file)))
    }
    if range == nil { message = "\(file): \(message)" }
  }
}
