/// One operation of AWS, described once: from here come the encoding, the decoding, the validation, the authorization,
/// the command line and the teardown.
package struct Operation: Sendable {
  package var service: Service
  /// AWS's name, `CreateRole`.
  package var name: String
  /// How S3 tells its operations apart; `nil` for the query services, which name the operation in the form.
  package var binding: RESTBinding?
  package var input: StructureShape
  /// `nil` where AWS answers with no result at all, not even an empty one.
  package var output: StructureShape?
  /// The permissions the call needs, all of them; those with a condition only where it holds.
  package var authorization: [AuthorizationRule]
  /// What takes back the call's effect; `nil` where there is nothing to take back, or no way.
  package var undo: Undo?

  package init(
    _ service: Service, _ name: String, binding: RESTBinding? = nil, input: StructureShape = [],
    output: StructureShape? = nil, authorization: [AuthorizationRule], undo: Undo? = nil
  ) {
    self.service = service
    self.name = name
    self.binding = binding
    self.input = input
    self.output = output
    self.authorization = authorization
    self.undo = undo
  }

  /// The name with its service, `iam:CreateRole`, as scenarios call it.
  package var qualifiedName: String { "\(service.rawValue):\(name)" }
}
