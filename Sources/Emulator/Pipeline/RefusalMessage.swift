import IAMPolicy

/// The text of a refusal: the policy engine's wording of the reason behind what the emulator knows of the resource.
package struct RefusalMessage: Sendable {
  package var text: String

  /// - Parameter resource: how the resource is named, where not as the permission names it; the message names none where
  ///   that is an empty text.
  package init(_ check: PermissionCheck, caller: String, resource: String? = nil) {
    text = "User: \(caller) is not authorized to perform: \(check.permission.action)"
    let resource = resource ?? check.permission.resourceInMessage ?? check.permission.resource
    if !resource.isEmpty { text += " on resource: \(resource)" }
    text += DenialMessage.reason(for: check.decision, action: check.permission.action)
  }
}
