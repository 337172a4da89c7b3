import AWSAPI
import Runner
import Scenario

/// Who called whom with which credentials, in the order of the steps.
struct SequenceDiagram: Sendable {
  /// Principals in the order in which they first act, and the services behind them.
  private(set) var lanes: [Lane] = []
  private(set) var messages: [Message] = []

  struct Lane: Sendable, Hashable {
    var name: String
    var isService: Bool
  }

  struct Message: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case call(Access)
      /// Credentials on their way to whom they make.
      case credentials
    }

    /// Indices of lanes.
    var from: Int
    var to: Int
    var label: String
    var kind: Kind
    /// The number of the step it belongs to.
    var step: Int
  }

  init(_ steps: [StepResult]) {
    let exchanges = steps.flatMap { step in step.exchanges.map { (step, $0) } }
    for (step, exchange) in exchanges {
      add(Lane(name: exchange.callerName, isService: false))
      if let name = step.credentialsGo(after: exchange) { add(Lane(name: name, isService: false)) }
    }
    for (_, exchange) in exchanges { add(Lane(name: exchange.serviceName, isService: true)) }
    for (step, exchange) in exchanges {
      guard let from = index(exchange.callerName, isService: false),
        let to = index(exchange.serviceName, isService: true)
      else { continue }
      messages.append(
        Message(from: from, to: to, label: exchange.callName, kind: .call(Access(exchange)), step: step.number))
      guard let name = step.credentialsGo(after: exchange), let new = index(name, isService: false) else { continue }
      messages.append(Message(from: to, to: new, label: "credentials", kind: .credentials, step: step.number))
    }
  }

  private mutating func add(_ lane: Lane) { if !lanes.contains(lane) { lanes.append(lane) } }

  private func index(_ name: String, isService: Bool) -> Int? {
    lanes.firstIndex(of: Lane(name: name, isService: isService))
  }
}

extension StepResult {
  /// Whose credentials the answer of `exchange` gives; `nil` where it gives none.
  fileprivate func credentialsGo(after exchange: Exchange) -> String? {
    guard case .success(let answer) = exchange.outcome,
      answer["Credentials"]?.structure ?? answer["AccessKey"]?.structure != nil
    else { return nil }
    if let command, command.calls.contains(where: { $0 === exchange }) {
      // A profile's role is assumed by the command itself.
      return step.become?.value ?? command.session(madeBy: answer)
    }
    let isOwn = exchange.requestID == self.exchange?.requestID
    return isOwn ? step.become?.value : step.principal?.value
  }
}

extension CommandExchange {
  /// The principal, among those that the command acted as, whose credentials `answer` has.
  fileprivate func session(madeBy answer: AWSStructure) -> String? {
    guard let arn = answer["AssumedRoleUser"]?.structure?["Arn"]?.string else { return nil }
    return calls.lazy.compactMap(\.principal).first { arn.hasSuffix("/" + $0) }
  }
}
