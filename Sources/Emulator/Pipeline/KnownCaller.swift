import IAMPolicy
import SigV4
import Synchronization

/// Who signs with a key, and the policies that bear on it: all that follows from a credential and the state of IAM alone.
///
/// A class, because nothing changes it and every request of the key shares it.
package final class KnownCaller: Sendable {
  let credential: Credential
  let signingKeys: SigningKeys
  let caller: Caller
  let policies: CallerPolicies
  /// The context keys that all its calls have.
  let context: RequestContext.Layer

  /// `nil` where there is no such key or its owner is gone.
  init?(_ accessKeyID: UTF8Key, in state: EmulatorState) {
    guard let credential = state.credentials[accessKeyID], let caller = Caller.behind(credential, in: state) else {
      return nil
    }
    self.credential = credential
    signingKeys = .of(credential.secretAccessKey)
    self.caller = caller
    policies = CallerPolicies(of: caller, in: state)
    context = RequestContext.Layer(RequestContext(of: caller, policies, since: credential.createDate))
  }
}

/// Those who called of late, so that what follows from a key is worked out once as long as nothing in IAM changes.
final class CallerCache: Sendable {
  /// What a caller was made from.
  private struct Entry {
    var caller: KnownCaller
    var accounts: SortedMap<String, AccountState>
    var credentials: SortedMap<UTF8Key, Credential>
    var entities: SortedMap<UTF8Key, EntityReference>

    /// Whether the same would come of `state`.
    func holds(in state: EmulatorState) -> Bool {
      accounts.isIdentical(to: state.accounts) && credentials.isIdentical(to: state.credentials)
        && entities.isIdentical(to: state.entities)
    }
  }

  /// How many are kept. Each holds on to the state it was made from, most of which they share.
  private static let capacity = 256
  private let entries = Mutex<[UTF8Key: Entry]>([:])

  /// Who calls with a key; `nil` where there is none.
  func caller(behind accessKeyID: String, in state: EmulatorState) -> KnownCaller? {
    let key = UTF8Key(accessKeyID)
    let known = entries.withLock { entries -> KnownCaller? in
      guard let entry = entries[key], entry.holds(in: state) else { return nil }
      return entry.caller
    }
    if let known { return known }
    guard let caller = KnownCaller(key, in: state) else { return nil }
    let entry = Entry(
      caller: caller, accounts: state.accounts, credentials: state.credentials, entities: state.entities)
    // What goes is freed after the lock.
    let dropped = entries.withLock { entries -> [UTF8Key: Entry] in
      let dropped = entries.count < Self.capacity || entries[key] != nil ? [:] : entries
      if !dropped.isEmpty { entries = [:] }
      entries[key] = entry
      return dropped
    }
    _ = dropped
    return caller
  }
}
