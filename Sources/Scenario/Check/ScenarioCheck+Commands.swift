import AWSAPI

extension ScenarioCheck {
  mutating func checkCommand(_ command: Scenario.CommandLine, of step: Scenario.Step) {
    for word in command.words { check(word) }
    checkProfiles(of: command)
    checkFiles(of: command)
    do throws(AWSCommand.Fault) {
      let known = try AWSCommand(knownPartOf: command, in: scope)
      for fault in known.faults(profiles: command.profileNames(of: step)) { report(fault, in: command) }
    } catch {
      report(error, in: command)
    }
  }

  private mutating func report(_ fault: AWSCommand.Fault, in command: Scenario.CommandLine) {
    let range = fault.word.map { command.words[$0].range } ?? command.range
    // A line that was split has one place for all of its words.
    report(.error(fault.message, at: range, label: fault.label))
  }

  private mutating func checkProfiles(of command: Scenario.CommandLine) {
    for profile in command.profiles {
      for (name, value) in profile.settings {
        check(value)
        guard ProfileSetting(rawValue: name.value) != nil else {
          let names = ProfileSetting.allCases.map(\.rawValue)
          let label = Suggestion.label(for: name.value, among: names)
          report(
            .error(
              "a command's profile may not set `\(name.value)`", at: name.range, label: label,
              notes: label == nil ? [.init("settings: \(names.joined(separator: ", "))")] : []))
          continue
        }
        if let text = try? value.text(in: scope), let problem = ProfileSetting.problem(with: text) {
          report(.error(problem, at: value.range))
        }
      }
    }
  }

  private mutating func checkFiles(of command: Scenario.CommandLine) {
    for file in command.files {
      check(file.content)
      if let problem = Scenario.CommandLine.problem(withFile: file.name.value) {
        report(.error(problem, at: file.name.range))
      }
      if case .string(let name, let range)? = file.content["file"].map({ PlacedValue(knownPartOf: $0, in: scope) }) {
        checkFile(name, at: range)
      }
    }
  }
}

/// What a profile of a command may set. A profile can also name programs to be started and files to be read, which a scenario
/// has no business with.
package enum ProfileSetting: String, Sendable, CaseIterable {
  case roleARN = "role_arn"
  case sourceProfile = "source_profile"
  case roleSessionName = "role_session_name"
  case externalID = "external_id"
  case durationSeconds = "duration_seconds"
  case region, output

  /// Why `value` cannot be a setting's; `nil` where it can. A line's end would begin another setting.
  package static func problem(with value: String) -> String? {
    value.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      ? "a setting of a profile is one line" : nil
  }
}

extension AWSCommand {
  /// The command as far as `scope` knows its words.
  package init(knownPartOf command: Scenario.CommandLine, in scope: Scope) throws(Fault) {
    try self.init(command.words.map { try? $0.text(in: scope) })
  }
}

extension Scenario.CommandLine {
  /// The profiles that the command can use: those of the step, and the one that has the principal's credentials.
  package func profileNames(of step: Scenario.Step) -> Set<String> {
    guard !profiles.isEmpty else { return [] }
    return Set(profiles.map(\.name.value) + [step.principal?.value].compactMap(\.self))
  }

  /// Why `name` cannot be the name of a command's file; `nil` where it can.
  package static func problem(withFile name: String) -> String? {
    let isPlain =
      !name.isEmpty && !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "$" && $0 != "~" }
    return isPlain
      ? nil : "a command's file has a name without folders, blanks, `$` and `~`, and begins with no dot or dash"
  }
}
