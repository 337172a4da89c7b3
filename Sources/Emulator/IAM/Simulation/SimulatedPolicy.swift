import AWSAPI
import IAMPolicy

/// A policy that takes part in a simulation, with the name that results call it by.
struct SimulatedPolicy: Sendable {
  /// `PolicyInputList.1`; of an entity's own policy its name.
  var id: String
  var policy: StoredPolicy

  var attached: AttachedPolicy { policy.attached(name: id) }

  /// The context keys that decide it: those of its conditions and of its variables, in the order they are written.
  var contextKeys: [String] {
    let document = policy.compiled.document
    var keys: [String] = []
    for statement in document.statements {
      if document.version == .v2012 {
        keys += (statement.resource?.patterns ?? []).flatMap { Self.variables(in: $0.text) }
      }
      for condition in statement.conditions {
        keys.append(condition.key.text)
        if document.version == .v2012 { keys += condition.values.flatMap { Self.variables(in: $0.text) } }
      }
    }
    return keys
  }

  /// The keys of the `${…}` in a text; the escapes `${*}`, `${?}` and `${$}` are none.
  private static func variables(in text: String) -> [String] {
    text.split(separator: "${").dropFirst(text.hasPrefix("${") ? 0 : 1).compactMap { piece in
      guard let end = piece.firstIndex(of: "}") else { return nil }
      let name = piece[..<end].prefix { $0 != "," }
      return ["*", "?", "$"].contains(name) || name.isEmpty ? nil : String(name)
    }
  }

  /// Where a statement begins and ends, as AWS tells it: begin is where its reader stands before the statement, behind
  /// what comes before it in the document (seen in answers of AWS).
  func position(of statement: PolicyDocument.Statement) -> (start: AWSValue, end: AWSValue) {
    let bytes = Array(policy.text.utf8)
    var start = statement.range.lowerBound
    while start > 0, [9, 10, 13, 32].contains(bytes[start - 1]) { start -= 1 }
    if start > 0, bytes[start - 1] == UInt8(ascii: ":") {
      // The one statement of a document that has no list of them.
      start = statement.range.lowerBound + 1
    } else if start > 0, bytes[start - 1] == UInt8(ascii: ",") {
      start -= 1
      while start > 0, [9, 10, 13, 32].contains(bytes[start - 1]) { start -= 1 }
    }
    return (Self.position(start, in: bytes), Self.position(statement.range.upperBound, in: bytes))
  }

  private static func position(_ offset: Int, in bytes: [UInt8]) -> AWSValue {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    let column = offset - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
    return ["Line": .integer(line), "Column": .integer(column)]
  }
}

extension [String] {
  /// Each once, whatever its case, in the order of its first appearance.
  var uniqueKeys: [String] {
    var seen: Set<NameKey> = []
    return filter { seen.insert(NameKey($0)).inserted }
  }
}
