import IAMPolicy

/// `iamdrill evaluate`
enum EvaluateCommand: Subcommand {
  static let description = CommandDescription(
    name: "evaluate",
    summary: "Answer JSON requests from the policies in them: unit tests for policies, offline.",
    arguments: "[FILE|-]",
    discussion: """
      Reads one request, an array of requests, or a request a line, from FILE or standard input, and writes an answer a
      line, in order, as soon as its request is read. What a request holds is in docs/policy-evaluation.md.
      """,
    options: [.flag("explain", "Add every statement that was considered, and why it did or did not match.")],
    notes: "Exits with 2 where a request could not be read; the others are answered all the same.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard arguments.positionals.count <= 1 else { throw UsageError("more than one file given", command: "evaluate") }
    let path = arguments.positionals.first ?? "-"
    var evaluation = PolicyEvaluation(explains: arguments.has("explain"))
    do throws(InputFile.Unreadable) {
      let input = try InputFile(path)
      let outcome = try evaluation.run { (buffer: inout [UInt8]) throws(InputFile.Unreadable) -> Bool in
        try input.read(into: &buffer)
      } write: { (answers: [UInt8]) throws(InputFile.Unreadable) in
        Console.write(answers, to: 1)
      }
      return outcome.errors == 0 ? .success : .unreadable
    } catch {
      Console.writeError("iamdrill: \(path) cannot be read: \(error.reason)\n")
      return .unreadable
    }
  }
}
