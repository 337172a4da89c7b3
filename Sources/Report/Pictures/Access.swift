import AWSAPI
import HTTP
import IAMPolicy
import Runner

/// How a call ended, as far as permissions go.
enum Access: String, Sendable, Hashable {
  case allowed, refused
  /// It was answered with an error that says nothing about permissions.
  case other

  init(_ exchange: Exchange) {
    switch exchange.outcome {
    case .success: self = .allowed
    case .failure(let error):
      if let decision = exchange.decision {
        self = decision.isAllowed ? .other : .refused
      } else {
        self = error.status == 403 ? .refused : .other
      }
    }
  }
}

extension Exchange {
  /// `sts:AssumeRole`, or what a link was fetched with.
  var callName: String { call?.operation.qualifiedName ?? "\(request.method) (link)" }

  var callerName: String { principal ?? "anonymous" }

  /// The service that answered, as people call it.
  var serviceName: String {
    if let call { return call.operation.service.rawValue.uppercased() }
    return "S3"
  }
}
