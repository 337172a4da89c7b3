extension ScenarioCheck {
  /// Notes that `document` is used as `use`; a policy of the file is remembered, any other is checked where it stands.
  mutating func usePolicy(_ document: TemplateValue, as use: PolicyUse) {
    if case .scalar(let template) = document, let reference = template.soleReference, reference.path.count == 2,
      reference.path[0] == ReferenceGroup.policies.rawValue
    {
      policyUses[reference.path[1], default: []].append(use)
      return
    }
  }

  mutating func checkPolicies() {}
}
