package import IAMPolicy

/// Why a request was allowed or refused: each permission that was asked for, in order, up to the first that was refused.
package struct Explanation: Sendable {
  package var requests: [ExplainedRequest]

  package init(requests: [ExplainedRequest]) {
    self.requests = requests
  }

  /// The one that decided: the refused one, or else the first.
  package var deciding: ExplainedRequest? {
    requests.last { !$0.decision.isAllowed } ?? requests.first
  }
}
