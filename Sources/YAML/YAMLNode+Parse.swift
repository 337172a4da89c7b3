extension YAMLNode {
  /// Reads a file of one YAML document.
  ///
  /// Refused, each with its place: syntax errors, text that is not UTF-8, a second document, a key that occurs twice,
  /// keys that are collections or left out, merge keys (`<<`), tags other than `!!str`, `!!seq` and `!!map`, aliases
  /// without an anchor before them or inside what they refer to, and whatever exceeds `limits`.
  /// - Throws: ``YAMLError``.
  package static func parse(_ bytes: [UInt8], limits: YAMLLimits = .default) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= limits.bytes else {
      throw YAMLError("the file has \(bytes.count) bytes; at most \(limits.bytes) are read")
    }
    return try bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) -> YAMLNode in
      let text = try SourceText(buffer)
      guard let parser = LibYAMLParser(reading: text.content) else { throw YAMLError("out of memory") }
      var builder = TreeBuilder(text: text, parser: parser, limits: limits)
      return try builder.document()
    }
  }

  /// Reads text of one YAML document.
  /// - Throws: ``YAMLError``.
  package static func parse(_ text: String, limits: YAMLLimits = .default) throws(YAMLError) -> YAMLNode {
    try parse(Array(text.utf8), limits: limits)
  }
}
