import AWSAPI
import FoundationEssentials
import SigV4

extension EmulatorState {
  /// How long credentials are remembered behind their end, so that they are told to be expired and not unknown.
  static let expiredSessionMemory: TimeInterval = 86_400

  /// Makes temporary credentials and registers them.
  mutating func issueSession(
    to owner: Credential.Owner, in accountID: String, at date: Date, seconds: Int, _ fill: (inout Session) -> Void
  ) -> Credential {
    forgetSessions(endedBefore: date.addingTimeInterval(-Self.expiredSessionMemory))
    var id = identifiers.accessKeyID(.temporaryKey, account: accountID)
    while credentials.contains(UTF8Key(id)) { id = identifiers.accessKeyID(.temporaryKey, account: accountID) }
    var credential = Credential(
      accessKeyID: id, secretAccessKey: Secret(identifiers.secretAccessKey(.temporaryKey)), accountID: accountID,
      owner: owner, createDate: date)
    var session = Session(
      token: Secret(identifiers.sessionToken()), expiration: date.addingTimeInterval(TimeInterval(seconds)))
    fill(&session)
    credential.session = session
    credentials[UTF8Key(id)] = credential
    sessionEnds[SessionEnd(date: session.expiration, accessKeyID: UTF8Key(id))] = true
    return credential
  }

  private mutating func forgetSessions(endedBefore date: Date) {
    while let first = sessionEnds.first, first.key.date < date {
      sessionEnds[first.key] = nil
      credentials[first.key.accessKeyID] = nil
      usage[first.key.accessKeyID] = nil
    }
  }
}

/// Orders sessions by when they end.
package struct SessionEnd: Sendable, Hashable, Comparable {
  var date: Date
  var accessKeyID: UTF8Key

  package static func < (left: SessionEnd, right: SessionEnd) -> Bool {
    left.date == right.date ? left.accessKeyID < right.accessKeyID : left.date < right.date
  }
}

extension Credential {
  /// The `Credentials` of an answer.
  var answer: AWSValue {
    [
      "AccessKeyId": .string(accessKeyID), "SecretAccessKey": .string(secretAccessKey.reveal()),
      "SessionToken": session.map { .string($0.token.reveal()) },
      "Expiration": session.map { .timestamp($0.expiration) },
    ]
  }
}
