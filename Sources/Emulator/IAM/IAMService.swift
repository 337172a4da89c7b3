/// IAM in the emulator.
package enum IAMService: EmulatedService {
  package static let handlers: [String: Handler] = {
    let groups = [
      userHandlers, groupHandlers, roleHandlers, inlinePolicyHandlers, attachedPolicyHandlers, managedPolicyHandlers,
      policyVersionHandlers, accessKeyHandlers, instanceProfileHandlers, boundaryHandlers, tagHandlers,
      aliasHandlers, accountHandlers, loginProfileHandlers, credentialListHandlers, mfaHandlers,
      serviceLinkedRoleHandlers, openIDConnectHandlers, samlProviderHandlers, simulationHandlers, grantingHandlers,
    ]
    return groups.reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }
  }()
}
