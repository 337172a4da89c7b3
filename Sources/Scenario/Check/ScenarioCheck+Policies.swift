import IAMPolicy

extension ScenarioCheck {
  /// Notes that `document` is used as `use`: a policy of the file is checked when all its uses are known, any other is
  /// checked where it stands.
  /// - Parameter isRejected: the step is about AWS refusing the policy, whose faults then are meant.
  mutating func usePolicy(_ document: TemplateValue, as use: PolicyUse, isRejected: Bool = false) {
    if case .scalar(let template) = document {
      guard let reference = template.soleReference, reference.path.count == 2,
        reference.path[0] == ReferenceGroup.policies.rawValue
      else { return }
      if isRejected {
        rejectedPolicies.insert(reference.path[1])
      } else {
        policyUses[reference.path[1], default: []].append(use)
      }
    } else if !isRejected {
      checkPolicy(document, uses: [use])
    }
  }

  mutating func checkPolicies() {
    for policy in scenario.policies {
      if !usedPolicies.contains(policy.name.value) { check(policy.document) }
      let uses = policyUses[policy.name.value] ?? []
      if uses.isEmpty, rejectedPolicies.contains(policy.name.value) { continue }
      checkPolicy(policy.document, uses: uses)
    }
  }

  private mutating func checkPolicy(_ document: TemplateValue, uses: [PolicyUse]) {
    // A policy that is text is given as it is, faults and all.
    guard case .mapping = document else { return }
    let places = PolicyPlaces(PlacedValue(knownPartOf: document, in: scope))
    do {
      let review = PolicyReview(try PolicyDocument(places.json), places: places, uses: uses)
      for diagnostic in review.diagnostics { report(diagnostic) }
    } catch {
      guard !places.isUnknown(error.range) else { return }
      report(.error("malformed policy: \(error.description)", at: places.place(of: error.range)))
    }
  }
}
