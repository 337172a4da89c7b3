import IAMPolicy

/// The text of a refusal: the policy engine's wording of the reason behind what the emulator knows of the resource.
package struct RefusalMessage: Sendable {
  package var text: String

  /// - Parameter check: where its permission names the resource by an empty text, the message names none.
  package init(_ check: PermissionCheck, caller: String) {
    text = "User: \(caller) is not authorized to perform: \(check.permission.action)"
    let resource = check.permission.resourceInMessage ?? check.permission.resource
    if !resource.isEmpty { text += " on resource: \(resource)" }
    text += DenialMessage.reason(for: check.decision, action: check.permission.action)
  }
}
