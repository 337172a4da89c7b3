/// One operation of AWS, described once: from here come the encoding, the decoding, the validation, the authorization,
/// the command line and the teardown.
///
/// A class, because descriptions never change and are handed on with every call: a copy costs one reference count.
package final class Operation: Sendable {
  package let service: Service
  /// AWS's name, `CreateRole`.
  package let name: String
  /// The name with its service, `iam:CreateRole`, as scenarios call it.
  package let qualifiedName: String
  /// How S3 tells its operations apart; `nil` for the query services, which name the operation in the form.
  package let binding: RESTBinding?
  package let input: StructureShape
  /// `nil` where AWS answers with no result at all, not even an empty one.
  package let output: StructureShape?
  /// The permissions the call needs, all of them; those with a condition only where it holds.
  package let authorization: [AuthorizationRule]
  /// What takes back the call's effect; `nil` where there is nothing to take back, or no way.
  package let undo: Undo?

  package init(
    _ service: Service, _ name: String, binding: RESTBinding? = nil, input: StructureShape = [],
    output: StructureShape? = nil, authorization: [AuthorizationRule], undo: Undo? = nil
  ) {
    self.service = service
    self.name = name
    qualifiedName = "\(service.rawValue):\(name)"
    self.binding = binding
    self.input = input
    self.output = output
    self.authorization = authorization
    self.undo = undo
  }

  /// Whether the call changes nothing. Credentials that it hands out are no change.
  package var isReadOnly: Bool {
    if let binding { return binding.method == "GET" || binding.method == "HEAD" }
    if service == .sts { return true }
    return ["Get", "List", "Simulate"].contains { name.hasPrefix($0) }
  }
}
