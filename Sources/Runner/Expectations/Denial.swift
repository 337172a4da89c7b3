import AWSAPI
import IAMPolicy
import Scenario

/// What is known of a refusal: that it is one, and as far as the target says it, of which kind and by which layer.
struct Denial: Sendable {
  enum Kind: Sendable, Hashable {
    case explicit, implicit
  }

  var kind: Kind?
  var layer: PolicyLayer?

  /// What `exchange` says of being refused; `nil` where it is not a refusal.
  init?(_ exchange: Exchange) {
    guard case .failure(let error) = exchange.outcome else { return nil }
    self.init(error, decision: exchange.decision)
  }

  /// What an error says of being refused; `nil` where it is not a refusal.
  /// - Parameter decision: where the target tells it.
  init?(_ error: AWSError, decision: Decision?) {
    guard Self.isRefusal(error) else { return nil }
    guard let decision, !decision.isAllowed else {
      let told = Phrases(error.message)
      (kind, layer) = (told.kind, told.layer)
      return
    }
    kind = decision.effect == .explicitDeny ? .explicit : .implicit
    layer = decision.decidedBy.layer
  }

  /// An answer to HEAD has no code, only its status.
  private static func isRefusal(_ error: AWSError) -> Bool {
    error.code == "AccessDenied" || error.code == "AccessDeniedException" || error.code == "UnauthorizedOperation"
      || (error.code == "403" && error.status == 403)
  }

  /// AWS's words for the reasons ("Troubleshoot access denied error messages").
  private struct Phrases {
    var kind: Kind?
    var layer: PolicyLayer?

    init(_ message: String) {
      let reason: Substring
      if let range = message.range(ofText: "with an explicit deny in ") {
        kind = .explicit
        reason = message[range.upperBound...]
      } else if let range = message.range(ofText: "because no ") {
        kind = .implicit
        reason = message[range.upperBound...]
      } else {
        return
      }
      layer = Self.layers.first { reason.range(ofText: $0.key) != nil }?.value
    }

    private static let layers: KeyValuePairs<String, PolicyLayer> = [
      "role trust policy": .trust, "identity-based policy": .identity,
      "resource-based policy": .resource, "permissions boundary": .permissionsBoundary,
      "session policy": .session, "service control policy": .serviceControl,
      "resource control policy": .resourceControl, "VPC endpoint policy": .vpcEndpoint,
    ]
  }
}

extension StringProtocol {
  /// Where `needle` first stands, byte for byte.
  func range(ofText needle: String) -> Range<Index>? {
    var (text, needle) = (String(self), needle)
    let offset = text.withUTF8 { text in
      needle.withUTF8 { needle in
        guard let first = needle.first else { return Int?(0) }
        return text.indices.dropLast(needle.count - 1).first { offset in
          text[offset] == first && text[offset...].starts(with: needle)
        }
      }
    }
    return offset.map { offset in
      let start = utf8.index(startIndex, offsetBy: offset)
      return start..<utf8.index(start, offsetBy: needle.utf8.count)
    }
  }
}
