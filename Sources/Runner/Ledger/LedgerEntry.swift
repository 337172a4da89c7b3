package import AWSAPI
package import FoundationEssentials

/// Something that a run makes, or is about to make, and what takes it back.
package struct LedgerEntry: Sendable {
  package enum State: String, Sendable, Hashable {
    /// Written before the call: it may or may not have been carried out.
    case intended
    case made
    /// AWS refused: there is nothing to take back.
    case refused
    case undone
  }

  /// Given by the ledger.
  package var id: Int64 = 0
  package var run: RunID
  package var account: String
  package var region: String
  /// `iam:CreateRole`
  package var operation: String
  /// The kind of thing, where it stands by itself.
  package var kind: ResourceKind?
  /// What it is called: a name, an ARN.
  package var name: String
  /// The call that takes it back; `nil` as long as it needs something that only the answer says, an access key's id.
  package var inverse: Inverse?
  package var state: State
  package var time: Date

  package init(
    run: RunID, account: String, region: String, operation: String, kind: ResourceKind?, name: String,
    inverse: Inverse?, state: State, time: Date
  ) {
    self.run = run
    self.account = account
    self.region = region
    self.operation = operation
    self.kind = kind
    self.name = name
    self.inverse = inverse
    self.state = state
    self.time = time
  }

  /// An operation with parameters that are all text, as a ledger can keep them.
  package struct Inverse: Sendable, Hashable {
    package var operation: String
    package var parameters: [String: String]
    package var emptiesFirst: Bool

    package init(operation: String, parameters: [String: String], emptiesFirst: Bool) {
      self.operation = operation
      self.parameters = parameters
      self.emptiesFirst = emptiesFirst
    }

    /// The call; `nil` where this version has no such operation.
    package var call: AWSCall? {
      guard let operation = Catalogue.operation(named: operation) else { return nil }
      var structure = AWSStructure()
      for member in operation.input.members {
        if let value = parameters[member.name] { structure[member.name] = .string(value) }
      }
      return AWSCall(operation: operation, parameters: structure)
    }

    /// What takes `call` back.
    /// - Parameter answer: `nil` before there is one.
    /// - Returns: `nil` where nothing does, or where that needs the answer.
    package init?(of call: AWSCall, answer: AWSStructure?, account: String) {
      guard let undo = call.operation.undo else { return nil }
      operation = "\(call.operation.service.rawValue):\(undo.operation)"
      emptiesFirst = undo.emptiesFirst
      parameters = [:]
      for parameter in undo.parameters {
        switch parameter.source {
        case .parameter(let name): parameters[parameter.name] = call.parameters[name]?.string
        case .constant(let text): parameters[parameter.name] = text
        case .answer(let path):
          if let value = answer?.member(at: path)?.string {
            parameters[parameter.name] = value
          } else if answer == nil {
            guard let known = Self.foreseen(parameter.name, of: call, account: account) else { return nil }
            parameters[parameter.name] = known
          }
        }
      }
    }

    /// A parameter that the answer will say, where it is known before.
    private static func foreseen(_ parameter: String, of call: AWSCall, account: String) -> String? {
      if let kind = ResourceKind(madeBy: call.operation), kind.identifier == parameter {
        return kind.identifier(in: call, account: account)
      }
      return parameter == "UserName" ? call.parameters["UserName"]?.string : nil
    }
  }
}

extension AWSStructure {
  /// The member at a path of names, `AccessKey/AccessKeyId`.
  func member(at path: String) -> AWSValue? {
    var value: AWSValue = .structure(self)
    for name in path.split(separator: "/") {
      guard let next = value.structure?[String(name)] else { return nil }
      value = next
    }
    return value
  }
}
