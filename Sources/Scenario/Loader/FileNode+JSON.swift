import JSON

extension FileNode {
  /// Reads a JSON file, whose values keep their places. Numbers and truth values become the text that spells them.
  /// - Throws: where it is not JSON.
  init(parsingJSON bytes: [UInt8], source: SourceFile) throws(Diagnostic) {
    do {
      let value = try JSONValue(parsing: bytes)
      self.init(value, places: BytePlaces(source))
    } catch {
      let start = BytePlaces(source).position(error.offset)
      let range = SourceRange(file: source.path, start: start, end: start)
      throw .error("this is not JSON: \(error.message)", at: range)
    }
  }

  private init(_ value: JSONValue, places: BytePlaces) {
    let range = places.range(value.range)
    switch value.kind {
    case .null: self = .scalar("null", isPlain: true, range)
    case .bool(let value): self = .scalar(value ? "true" : "false", isPlain: false, range)
    case .number(let text), .string(let text): self = .scalar(text, isPlain: false, range)
    case .array(let elements): self = .list(elements.map { FileNode($0, places: places) }, range)
    case .object(let members):
      let entries = members.map { member in
        Entry(
          key: Located(member.name, at: places.range(member.nameRange)), value: FileNode(member.value, places: places))
      }
      self = .mapping(entries, range)
    }
  }
}

/// Turns offsets in bytes into lines and columns.
private struct BytePlaces {
  private let source: SourceFile

  init(_ source: SourceFile) {
    self.source = source
  }

  func position(_ offset: Int) -> SourcePosition { source.position(ofByte: offset) }

  func range(_ bytes: Range<Int>) -> SourceRange {
    SourceRange(file: source.path, start: position(bytes.lowerBound), end: position(bytes.upperBound))
  }
}
