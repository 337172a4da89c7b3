package import FoundationEssentials
import Synchronization

/// Fetches credentials when they are first asked for, keeps them, and fetches new ones before they end.
///
/// Whoever asks while they are being fetched waits for that one fetch.
package final class RefreshingCredentialSource: CredentialSource {
  package typealias Fetch = @Sendable () throws(CredentialError) -> ResolvedCredentials

  private let fetch: Fetch
  private let now: @Sendable () -> Date
  private let kept = Mutex<Kept?>(nil)

  private struct Kept {
    var resolved: ResolvedCredentials
    var fetchDate: Date
  }

  /// New credentials are fetched when no more than this is left of the old ones, or a quarter of their life where that is
  /// less: a session of 15 minutes would else be renewed at every call. In seconds.
  package static let longestMargin: TimeInterval = 600
  /// Where new credentials cannot be had, the old ones are used for as long as this much is left of them. In seconds.
  package static let leastRemainder: TimeInterval = 60

  package init(now: @escaping @Sendable () -> Date, fetch: @escaping Fetch) {
    self.now = now
    self.fetch = fetch
  }

  package func credentials() throws(CredentialError) -> ResolvedCredentials {
    // The closure's result, because `withLock` does not pass a typed error on.
    let result: Result<ResolvedCredentials, CredentialError> = kept.withLock { kept in
      if let kept, !isDue(kept) { return .success(kept.resolved) }
      do throws(CredentialError) {
        let fresh = try fetch()
        kept = Kept(resolved: fresh, fetchDate: now())
        return .success(fresh)
      } catch {
        guard let kept, remainder(kept.resolved) > Self.leastRemainder else { return .failure(error) }
        return .success(kept.resolved)
      }
    }
    return try result.get()
  }

  private func remainder(_ resolved: ResolvedCredentials) -> TimeInterval {
    resolved.expiration.map { $0.timeIntervalSince(now()) } ?? .infinity
  }

  private func isDue(_ kept: Kept) -> Bool {
    guard let expiration = kept.resolved.expiration else { return false }
    let life = expiration.timeIntervalSince(kept.fetchDate)
    return remainder(kept.resolved) <= min(Self.longestMargin, life / 4)
  }
}
