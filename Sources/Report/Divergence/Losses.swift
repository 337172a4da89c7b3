import AWSAPI
import Runner

/// What one side lost because it let a step pass that the other refused: later steps that miss it differ for that reason alone.
struct Losses {
  /// The step that took something away, by side and name.
  private var steps: [Divergence.Side: [String: Int]] = [:]

  /// Notes what `leniency` took away.
  mutating func note(_ leniency: Divergence.Leniency?, _ step: Int, _ left: Exchange?, _ right: Exchange?) {
    guard let leniency, let call = (leniency.side == .left ? left : right)?.call,
      ["Delete", "Remove", "Detach"].contains(where: { call.operation.name.hasPrefix($0) })
    else { return }
    for name in Self.names(in: call) { steps[leniency.side, default: [:]][name] = step }
  }

  /// The step that took away what one side says is not there.
  func cause(of left: Exchange?, _ right: Exchange?) -> Int? {
    for (side, exchange) in [(Divergence.Side.left, left), (.right, right)] {
      guard let exchange, let call = exchange.call, case .failure(let error) = exchange.outcome,
        error.code.hasPrefix("NoSuch")
      else { continue }
      if let step = Self.names(in: call).compactMap({ steps[side]?[$0] }).max() { return step }
    }
    return nil
  }

  private static func names(in call: AWSCall) -> [String] {
    call.parameters.members.compactMap(\.value.string)
  }
}
