import AWSAPI

/// What a scenario made, in order, with the call that takes each thing back.
struct Ledger {
  struct Entry {
    /// The account it was made in.
    var account: String
    var undo: AWSCall
    /// Whether the bucket must be emptied before.
    var emptiesFirst: Bool
  }

  private(set) var entries: [Entry] = []

  mutating func note(_ call: AWSCall, _ answer: AWSStructure, account: String) {
    guard let undo = call.operation.undo,
      let operation = Catalogue.operation(call.operation.service, undo.operation)
    else { return }
    var parameters = AWSStructure()
    for parameter in undo.parameters {
      switch parameter.source {
      case .parameter(let name): parameters[parameter.name] = call.parameters[name]
      case .answer(let path): parameters[parameter.name] = answer.member(at: path)
      case .constant(let text): parameters[parameter.name] = .string(text)
      }
    }
    entries.append(
      Entry(
        account: account, undo: AWSCall(operation: operation, parameters: parameters), emptiesFirst: undo.emptiesFirst))
  }
}
