package import HTTP
import Synchronization

/// AWS in this process: accounts with IAM, STS and S3, answering the requests that would have crossed the wire.
///
/// All state is one value behind one lock, which is held only to copy it or to change it briefly; signatures, policies and
/// XML are worked on outside of the lock, on the copy.
package final class Emulator: Sendable {
  package let configuration: EmulatorConfiguration
  private let state: Mutex<EmulatorState>

  package init(_ configuration: EmulatorConfiguration) {
    self.configuration = configuration
    var state = EmulatorState(identifiers: IdentifierGenerator(configuration.identifiers))
    for account in configuration.accounts { state.accounts[account.id] = AccountState(id: account.id) }
    self.state = Mutex(state)
  }

  package var clock: EmulatorClock { configuration.clock }

  /// Answers `request` as AWS would.
  package func handle(_ request: HTTPRequest) -> HTTPResponse {
    HTTPResponse(status: 501)
  }

  /// What is known at this moment.
  var snapshot: EmulatorState { state.withLock { $0 } }

  /// Changes the state under the lock.
  func mutate<R: Sendable, Failure: Error>(
    _ body: (inout EmulatorState) throws(Failure) -> R
  ) throws(Failure) -> R {
    try state.withLock { (state: inout sending EmulatorState) throws(Failure) -> R in try body(&state) }
  }
}
