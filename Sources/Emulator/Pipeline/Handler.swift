package import AWSAPI
package import HTTP

/// What carries out an operation once it is authorized.
package enum Handler: Sendable {
  package typealias Read = @Sendable (EmulatorState, Call) throws(AWSError) -> Answer
  package typealias Write = @Sendable (inout EmulatorState, Call) throws(AWSError) -> Answer
  package typealias Prepare = @Sendable (EmulatorState, Call) throws(AWSError) -> Commit
  package typealias Commit = @Sendable (inout EmulatorState) throws(AWSError) -> Answer

  /// Reads the snapshot that the call was authorized on.
  case read(Read)
  /// Changes the state. Runs under the lock, so it must be short; where it throws, nothing may have been changed.
  case write(Write)
  /// Works on the snapshot first, outside of the lock (hashing a body), and returns what is then done under it. The state may
  /// have changed in between, so what must hold is looked at again.
  case staged(Prepare)
}

/// What an operation answers, before it is put on the wire.
package struct Answer: Sendable {
  package var output: AWSStructure
  /// Where it differs from the operation's own (206, 304).
  package var status: Int?
  /// Headers besides those that the output's members become.
  package var headers: HTTPHeaders

  package init(_ output: AWSStructure = [:], status: Int? = nil, headers: HTTPHeaders = [:]) {
    self.output = output
    self.status = status
    self.headers = headers
  }
}
