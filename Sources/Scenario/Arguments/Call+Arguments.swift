package import AWSAPI

extension Scenario.Call {
  /// The call's operation and its parameters as they are sent.
  ///
  /// Values that AWS would refuse (a length, a missing parameter) are sent: a scenario may be about AWS's answer to them.
  /// - Parameter folder: where `{ file: path }` is read.
  /// - Throws: an unknown operation or parameter, a value of the wrong kind, a reference without a value, a file that
  ///   cannot be read; each with its place.
  package func arguments(
    in scope: Scope, folder: ScenarioFolder
  ) throws(Diagnostic) -> (operation: AWSAPI.Operation, parameters: AWSStructure) {
    guard let operation = Catalogue.operation(named: operation.value) else {
      throw .error("unknown operation `\(self.operation.value)`", at: self.operation.range)
    }
    var reader = ParameterReader(operation) { name, range throws(Diagnostic) in try folder.read(name, at: range) }
    let parameters = reader.parameters(try PlacedValue(parameters, in: scope), callRange: self.operation.range)
    if let fault = reader.faults.first { throw fault }
    return (operation, parameters)
  }
}
