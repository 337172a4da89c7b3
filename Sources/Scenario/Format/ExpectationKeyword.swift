import IAMPolicy

/// The keys of an expectation.
enum ExpectationKeyword: String, Keyword {
  case allowed, denied, by, status, error, message, xpath, headers, body, exit, stderr, within, stable

  /// What an expectation may be that is one word.
  static let outcomes = [Self.allowed.rawValue, Self.denied.rawValue]

  static let object = ObjectFormat(
    "an expectation", Self.self, "What an answer must be. All that is given must hold.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .allowed: .init(.choice(["true"]), "The call succeeds.")
    case .denied:
      .init(
        .choice(Expectation.Denial.allCases.map(\.rawValue)),
        "The call is refused for lack of permission: by a Deny statement (explicit), because nothing allows it (implicit),"
          + " or for any of these reasons.")
    case .by:
      .init(
        .choice(PolicyLayer.allCases.map(\.rawValue)),
        "The layer that denied; checked where the target says which it was.", beside: ["denied"])
    case .status: .init(.integer(100...599), "The HTTP status.")
    case .error: .init(MatcherKeyword.format, "The error's code, such as NoSuchEntity.")
    case .message: .init(MatcherKeyword.format, "The error's message.")
    case .xpath:
      .init(
        .map(of: MatcherKeyword.format, key: .free("an XPath")),
        "What XPath expressions give on the answer; AWS's namespaces need no prefix. A command's JSON is read as AWS's XML"
          + " would be: members are elements, a list's elements are `member`.")
    case .headers: .init(.map(of: MatcherKeyword.format, key: .free("a header's name")), "The answer's headers.")
    case .body: .init(MatcherKeyword.format, "The answer's body, or a command's standard output.")
    case .exit: .init(.integer(0...255), "The exit status of a command (`cli`).")
    case .stderr: .init(MatcherKeyword.format, "The standard error of a command (`cli`).")
    case .within: .init(.text(.duration), "How long the answer may take to become true, such as 30s.")
    case .stable: .init(.integer(1...100), "How many times in a row the answer must be the same.")
    }
  }
}

/// The keys of a matcher.
enum MatcherKeyword: String, Keyword {
  case equals, contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case matches, exists, count
  case oneOf = "one_of"
  case json, file, not

  static let object = ObjectFormat(
    "a matcher", Self.self, "What a value must be; of several keys all must hold. A plain text means `equals`.")

  /// A text, which is `equals`, or a mapping.
  static let format = Format.either([.text(.template), .object { MatcherKeyword.object }])

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .equals: .init(.text(.template), "Exactly this text.")
    case .contains: .init(.text(.template), "This text occurs in it.")
    case .startsWith: .init(.text(.template), "It starts with this text.")
    case .endsWith: .init(.text(.template), "It ends with this text.")
    case .matches: .init(.text(.template), "This regular expression is found in it.")
    case .exists: .init(.boolean, "Whether there is such a value at all.")
    case .count: .init(.integer(0...1_000_000), "How many nodes an XPath selects.")
    case .oneOf: .init(.list(of: .text(.template)), "It is one of these texts.")
    case .json: .init(.tree, "It is this JSON value; white space and the order of keys do not matter.")
    case .file: .init(.text(.template), "It is what this file of the scenario's folder holds.")
    case .not: .init(MatcherKeyword.format, "It is not this.")
    }
  }
}
