import AWSAPI
import IAMPolicy
import Runner

extension Divergence {
  /// A reason for which one side refuses, and the steps at which the other lets pass what it refuses.
  package struct LeniencyGroup: Sendable, Hashable {
    package var reason: String
    /// Their numbers, from 1.
    package var steps: [Int]
  }

  /// What `side` lets pass that the other side refuses, by the reason for that, in the order of the steps. What only
  /// follows from an earlier one is left out.
  package func leniencies(of side: Side) -> [LeniencyGroup] {
    var groups: [LeniencyGroup] = []
    for step in steps {
      guard let leniency = step.leniency, leniency.side == side, step.cause == nil else { continue }
      if let index = groups.firstIndex(where: { $0.reason == leniency.reason }) {
        groups[index].steps.append(step.number)
      } else {
        groups.append(LeniencyGroup(reason: leniency.reason, steps: [step.number]))
      }
    }
    return groups
  }
}

extension Divergence.Leniency {
  /// `nil` where both sides refuse, or neither does.
  init?(_ left: Exchange?, _ right: Exchange?) {
    guard let left, let right else { return nil }
    switch (left.outcome, right.outcome) {
    case (.success, .failure): self.init(side: .left, reason: Self.reason(right))
    case (.failure, .success): self.init(side: .right, reason: Self.reason(left))
    default: return nil
    }
  }

  /// Why a request was refused: the layer that decided, as far as the target says it, or the error's code.
  private static func reason(_ refused: Exchange) -> String {
    guard case .failure(let error) = refused.outcome else { return "" }
    if error.code.hasPrefix("ExpiredToken") { return "credentials that have expired (\(error.code))" }
    guard let decision = refused.decision, !decision.isAllowed else { return error.code }
    let kind = decision.effect == .explicitDeny ? "denied by" : "not allowed by"
    return decision.decidedBy.layer.map { "\(kind) the \($0.rawValue)" } ?? error.code
  }
}
