package import AWSAPI
import Emulator
import IAMPolicy
import JSON
import Scenario
package import XML

/// A command of the AWS CLI, and what came of it: for a `cli:` step what an ``Exchange`` is for a call.
package final class CommandExchange: Sendable {
  /// Who ran it, by the scenario's name.
  package let principal: String
  /// As they were given to the program.
  package let words: [String]
  /// The variables that its principal's credentials were in; empty where they were in a profile.
  package let variables: [(name: String, value: String)]
  /// The configuration file, as far as the step writes it; empty where it writes none.
  package let configuration: String
  /// The exit status.
  package let status: Int
  /// What it printed.
  package let output: String
  package let errors: String
  /// Its output as a reader is to see it: without what is another one every time, though the same was done.
  package let shownOutput: String
  /// What it asked of AWS, where the target tells; the emulator does.
  package let calls: [Exchange]
  /// Its output, where that is JSON, as AWS's XML would be.
  package let document: XMLDocument?

  package init(
    principal: String, words: [String], variables: [(name: String, value: String)] = [], configuration: String = "",
    status: Int, output: String, errors: String, shownOutput: String? = nil, calls: [Exchange] = []
  ) {
    self.principal = principal
    self.words = words
    self.variables = variables
    self.configuration = configuration
    self.status = status
    self.output = output
    self.errors = errors
    self.shownOutput = shownOutput ?? output
    self.calls = calls
    document = JSONDocument.xml(of: output)
  }

  /// The command on one line, quoted for a POSIX shell.
  package var commandLine: CommandLine {
    var options: [[String]] = []
    for word in words.dropFirst(3) {
      if word.hasPrefix("--") || options.isEmpty || options.last?.first?.hasPrefix("--") != true
        || options.last?.count ?? 0 > 1
      {
        options.append([word])
      } else {
        options[options.count - 1].append(word)
      }
    }
    return CommandLine(command: Array(words.prefix(3)), options: options)
  }

  /// The call that decided how the command ended: the last one that was refused, or else the last one.
  package var decidingCall: Exchange? {
    calls.last { $0.decision?.isAllowed == false } ?? calls.last
  }

  /// The error that AWS answered with, as the command tells it; `nil` where it tells of none.
  package var error: AWSError? {
    guard status != 0, let told = ToldError(errors) else { return nil }
    let answered = decidingCall.flatMap { call -> Int? in
      if case .failure(let error) = call.outcome, error.code == told.code { error.status } else { nil }
    }
    let refusals: Set = ["AccessDenied", "AccessDeniedException", "403"]
    return AWSError(
      told.code, told.message, status: Int(told.code) ?? answered ?? (refusals.contains(told.code) ? 403 : 400))
  }

  /// The same command with other texts: with the scenario's own names and ids in place of the target's.
  func mapped(words: [String], _ text: (String) -> String) -> CommandExchange {
    CommandExchange(
      principal: principal, words: words, variables: variables, configuration: text(configuration), status: status,
      output: text(output), errors: text(errors), shownOutput: text(shownOutput), calls: calls)
  }
}

/// AWS's error in what the AWS CLI complains: `An error occurred (AccessDenied) when calling the GetObject operation: …`.
private struct ToldError {
  var code: String
  var message: String

  init?(_ text: String) {
    guard let start = text.lastRange(ofText: "An error occurred (") else { return nil }
    let rest = text[start.upperBound...]
    guard let end = rest.firstIndex(of: ")"), rest[end...].hasPrefix(") when calling the "),
      let operation = rest[end...].range(ofText: " operation")
    else { return nil }
    code = String(rest[..<end])
    // Behind the operation may stand how often it was tried.
    let tail = rest[operation.upperBound...]
    guard let colon = tail.range(ofText: ": ") else {
      message = ""
      return
    }
    message = String(tail[colon.upperBound...].prefix { $0 != "\n" })
  }
}

/// JSON as AWS's XML writes the same: a member is an element of its name, and the elements of a list are `member`.
enum JSONDocument {
  /// The document; `nil` where `text` is no object or list in JSON.
  static func xml(of text: String) -> XMLDocument? {
    guard let first = text.utf8.first(where: { !" \n\r\t".utf8.contains($0) }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let value = try? JSONValue(parsing: Array(text.utf8))
    else { return nil }
    var writer = XMLWriter()
    write(value, named: "Output", &writer)
    return try? XMLDocument(parsing: writer.bytes)
  }

  private static func write(_ value: JSONValue, named name: String, _ writer: inout XMLWriter) {
    switch value.kind {
    case .object(let members):
      element(name, &writer) { writer in for member in members { write(member.value, named: member.name, &writer) } }
    case .array(let elements):
      element(name, &writer) { writer in for element in elements { write(element, named: "member", &writer) } }
    case .string(let text), .number(let text): element(name, &writer) { $0.text(text) }
    case .bool(let value): element(name, &writer) { $0.text(value ? "true" : "false") }
    // What is null is not there, in XML.
    case .null: break
    }
  }

  /// An element; where XML cannot have its name, as with a context key, an `entry` that has it as an attribute.
  private static func element(_ name: String, _ writer: inout XMLWriter, _ content: (inout XMLWriter) -> Void) {
    if isName(name) {
      writer.element(name, content)
    } else {
      writer.element("entry", attributes: [("name", name)], content)
    }
  }

  private static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.allSatisfy {
      isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}
