/// A node of a scenario file: what YAML made of it, with the place, and keys that are text.
indirect enum FileNode: Sendable {
  /// `isPlain`: written without quotes and not as a block.
  case scalar(String, isPlain: Bool, SourceRange)
  case list([FileNode], SourceRange)
  case mapping([Entry], SourceRange)

  struct Entry: Sendable {
    var key: Located<String>
    var value: FileNode
  }

  var range: SourceRange {
    switch self {
    case .scalar(_, _, let range), .list(_, let range), .mapping(_, let range): range
    }
  }

  /// Nothing, `~` or `null`, without quotes. Whether that is a null or a text depends on where it stands.
  var isNull: Bool {
    if case .scalar(let text, isPlain: true, _) = self { text.isEmpty || text == "~" || text == "null" } else { false }
  }

  /// A key without a value.
  var isMissing: Bool {
    if case .scalar("", isPlain: true, _) = self { true } else { false }
  }

  var text: Located<String>? {
    if case .scalar(let text, _, let range) = self { Located(text, at: range) } else { nil }
  }

  var elements: [FileNode]? {
    if case .list(let elements, _) = self { elements } else { nil }
  }

  var entries: [Entry]? {
    if case .mapping(let entries, _) = self { entries } else { nil }
  }

  subscript(key: String) -> FileNode? {
    entries?.first { $0.key.value == key }?.value
  }

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .scalar where isMissing: "nothing"
    case .scalar: "text"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
