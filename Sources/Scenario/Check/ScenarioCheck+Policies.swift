import IAMPolicy
import JSON

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
      } else if policyUses[reference.path[1]]?.contains(use) != true {
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
    let policy: PolicyDocument
    do throws(PolicyError) {
      policy = try PolicyDocument(places.json)
    } catch {
      return refuse(error, "malformed policy: \(error.description)", in: uses.first?.type, places)
    }
    for use in uses {
      for error in use.validator.errors(in: places.json) { refuse(error, error.message, in: use.type, places) }
      let size = PolicySize.counted(places.json.compact.utf8, as: use.type)
      guard size > use.type.sizeLimit, !places.hasUnknown else { continue }
      let error = PolicyError(.tooLarge(size: size, limit: use.type.sizeLimit), range: places.json.range)
      refuse(error, "\(use.type.article) is too large: \(error.message)", in: use.type, places)
    }
    guard findsWarnings else { return }
    let review = PolicyReview(
      policy, places: places, types: uses.map(\.type), accounts: Set(scenario.accounts.map(\.id.value)))
    for diagnostic in review.diagnostics { report(diagnostic) }
  }

  /// Reports why a policy will be refused, and with which words.
  private mutating func refuse(_ error: PolicyError, _ message: String, in type: PolicyType?, _ places: PolicyPlaces) {
    guard !places.isUnknown(error.range) else { return }
    let notes = type.map { type in
      let refusal = PolicyRefusal(error.fault, in: type)
      return Diagnostic.Note("\(type.service.rawValue) answers \(refusal.code): \(refusal.message)")
    }
    report(.error(message, at: places.place(of: error.range), notes: notes.map { [$0] } ?? []))
  }
}
