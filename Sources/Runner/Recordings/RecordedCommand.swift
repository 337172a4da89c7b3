package import JSON

/// A command and what it printed, as a recording keeps it: without secrets, with the scenario's own names and ids.
package struct RecordedCommand: Sendable {
  package var principal: String
  package var words: [String]
  package var status: Int
  package var output: String
  package var errors: String

  package init(_ command: CommandExchange) {
    principal = command.principal
    words = command.words
    status = command.status
    output = command.output
    errors = command.errors
  }

  /// The command as if it had been run again.
  var exchange: CommandExchange {
    CommandExchange(principal: principal, words: words, status: status, output: output, errors: errors)
  }

  package var json: JSONValue {
    [
      "principal": .string(principal), "words": .array(words.map { .string($0) }), "exit": .number(status),
      "output": Self.lines(output), "errors": Self.lines(errors),
    ]
  }

  /// As lines, which read well in a diff.
  private static func lines(_ text: String) -> JSONValue {
    .array(text.split(separator: "\n", omittingEmptySubsequences: false).map { .string(String($0)) })
  }

  /// - Returns: `nil` where `json` is no such thing.
  package init?(_ json: JSONValue) {
    guard let principal = json["principal"]?.string, let words = json["words"]?.array?.compactMap(\.string),
      case .number(let status)? = json["exit"]?.kind, let status = Int(status),
      let output = json["output"]?.array?.compactMap(\.string), let errors = json["errors"]?.array?.compactMap(\.string)
    else { return nil }
    self.principal = principal
    self.words = words
    self.status = status
    self.output = output.joined(separator: "\n")
    self.errors = errors.joined(separator: "\n")
  }
}
