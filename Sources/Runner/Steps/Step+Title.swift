import Scenario

extension Scenario.Step {
  /// The step's name, or what it does where the file gives none.
  package var title: String {
    if let name { return name.value }
    switch action {
    case .call(let call): return call.operation.value
    case .cli(let command): return "aws command, line \(command.range.start.line)"
    case .advance(let duration): return "\(duration.value.text) pass"
    case .presign(let call, _): return "presigned \(call.operation.value)"
    case .fetch: return "fetch"
    case .switchRole: return "switch role in the console"
    case .check: return "check"
    }
  }
}
