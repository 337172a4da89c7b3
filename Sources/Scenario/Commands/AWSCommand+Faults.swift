import AWSAPI

extension AWSCommand {
  /// What speaks against running the command, as far as its words are known.
  /// - Parameter profiles: the profiles that the command is given.
  package func faults(profiles: Set<String>) -> [Fault] {
    var faults: [Fault] = []
    for argument in arguments {
      guard let text = argument.text else { continue }
      if let fault = optionFault(text, argument.index) ?? fileFault(text, argument.index) { faults.append(fault) }
    }
    for place in arguments.indices.dropLast() where arguments[place].text == "--profile" {
      if let profile = arguments[place + 1].text,
        let fault = fault(profile, among: profiles, arguments[place + 1].index)
      {
        faults.append(fault)
      }
    }
    for argument in arguments {
      guard let text = argument.text, text.hasPrefix("--profile=") else { continue }
      if let fault = fault(String(text.dropFirst("--profile=".count)), among: profiles, argument.index) {
        faults.append(fault)
      }
    }
    return faults
  }

  private func fault(_ profile: String, among profiles: Set<String>, _ index: Int) -> Fault? {
    guard !profiles.contains(profile) else { return nil }
    return Fault(
      "the step has no profile `\(profile)`", index,
      label: Suggestion.label(for: profile, among: profiles.sorted()) ?? "`profiles` declares it")
  }

  // MARK: Options

  private func optionFault(_ text: String, _ index: Int) -> Fault? {
    guard text.hasPrefix("-"), text != "-" else { return nil }
    guard let name = Self.option(text) else {
      return Fault("`\(text)` is no option; a value that begins with a dash is written --option=\(text)", index)
    }
    if let why = CommonOptions.refused[name] { return Fault("`--\(name)` may not be given: \(why)", index) }
    let own = operation.map { $0.optionNames + (Self.commandsOwn[$0.qualifiedName] ?? []) } ?? Array(S3Commands.all)
    guard !own.contains(name), !CommonOptions.all.contains(name) else { return nil }
    // The AWS CLI also takes the beginning of an option's name. A scenario is read by people, who need the whole.
    let known = (own + CommonOptions.all).sorted()
    let meant = Suggestion.label(for: name, among: known) ?? known.first { $0.hasPrefix(name) }.map(Suggestion.label)
    return Fault("unknown option `--\(name)` of `\(service) \(self.name)`", index, label: meant)
  }

  /// Options that the AWS CLI demands and the operation does not know.
  private static let commandsOwn = ["iam:CreateVirtualMFADevice": ["outfile", "bootstrap-method"]]

  // MARK: Files

  /// What would be read or written outside of the folder that the command runs in.
  private func fileFault(_ text: String, _ index: Int) -> Fault? {
    for scheme in ["file://", "fileb://"] {
      guard let found = text.firstRange(of: scheme) else { continue }
      return Self.fault(ofFile: String(text[found.upperBound...]), index)
    }
    guard readsOrWritesFiles, let value = Self.value(text), !value.hasPrefix("s3://"), !value.hasPrefix("{") else {
      return nil
    }
    return Self.fault(ofFile: value, index)
  }

  private var readsOrWritesFiles: Bool {
    operation.map { $0.commandTakesFile || Self.commandsOwn[$0.qualifiedName] != nil } ?? true
  }

  /// The value in a word: the word itself, or what stands behind an option that names a file.
  private static func value(_ text: String) -> String? {
    guard let name = option(text) else { return text }
    guard ["body", "outfile"].contains(name), let equals = text.firstIndex(of: "=") else { return nil }
    return String(text[text.index(after: equals)...])
  }

  private static func fault(ofFile path: String, _ index: Int) -> Fault? {
    let leadsOut = path.hasPrefix("/") || path.hasPrefix("~") || path.split(separator: "/").contains("..")
    // The CLI replaces variables and the home folder in names of files.
    guard leadsOut || path.contains("$") else { return nil }
    return Fault(
      "a command's files are in the folder that it runs in: no `/` at the beginning, no `..`, no `~`, no `$`", index)
  }
}

extension AWSCommand {
  /// What the command changes.
  package enum Effect: Sendable, Hashable {
    case nothing
    /// Objects of these buckets, and nothing else.
    case objects(buckets: [String])
    case more
  }

  package var effect: Effect {
    guard let operation else { return s3Effect }
    if operation.isReadOnly { return .nothing }
    guard operation.service == .s3, operation.authorization.first?.resource == .object,
      let bucket = values(of: "bucket").last ?? nil
    else { return .more }
    return .objects(buckets: [bucket])
  }

  private var s3Effect: Effect {
    let places = positionals
    let buckets = places.map { place in place.flatMap(Self.bucket) }
    switch name {
    case "ls", "presign": return .nothing
    case "cp", "sync":
      guard places.count == 2, places.allSatisfy({ $0 != nil }) else { return .more }
      guard let destination = buckets[1] else { return buckets[0] == nil ? .more : .nothing }
      return .objects(buckets: [destination])
    case "mv", "rm":
      guard places.allSatisfy({ $0 != nil }), buckets.contains(where: { $0 != nil }) else { return .more }
      return .objects(buckets: buckets.compactMap(\.self))
    default: return .more
    }
  }

  /// The buckets that the command names, in order, as far as they are known.
  package var buckets: [String] {
    (operation == nil ? positionals.compactMap { $0.flatMap(Self.bucket) } : values(of: "bucket").compactMap { $0 })
  }

  /// The words that belong to no option of a command of `s3`.
  private var positionals: [String?] {
    var positionals: [String?] = []
    var isValue = false
    for argument in arguments {
      defer {
        isValue =
          argument.text.flatMap(Self.option).map { name in
            S3Commands.valued.union(CommonOptions.valued).contains(name) && argument.text?.contains("=") != true
          } ?? false
      }
      if isValue { continue }
      guard let text = argument.text else {
        positionals.append(nil)
        continue
      }
      if Self.option(text) == nil { positionals.append(text) }
    }
    return positionals
  }

  private static func bucket(_ place: String) -> String? {
    guard place.hasPrefix("s3://") else { return nil }
    return String(place.dropFirst("s3://".count).prefix { $0 != "/" })
  }
}
