import IAMPolicy
import JSON
import Testing

@Suite("Policies held against their type")
struct PolicyValidatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var type: PolicyType
    var text: String
    /// AWS's words.
    var message: String
    /// The way to the fault.
    var path: String
    /// What the fault's range spells, where it spells something.
    var spelling: String?
    var testDescription: String { "\(type): \(name)" }

    init(
      _ name: String, _ type: PolicyType, _ text: String, _ message: String, at path: String, _ spelling: String? = nil
    ) {
      self.name = name
      self.type = type
      self.text = text
      self.message = message
      self.path = path
      self.spelling = spelling
    }
  }

  /// A document of one statement.
  static func one(_ statement: String, version: String = "2012-10-17") -> String {
    "{\"Version\":\"\(version)\",\"Statement\":[{\(statement)}]}"
  }

  /// An Allow of an identity policy with these elements besides.
  static func allow(_ elements: String) -> String { one("\"Effect\":\"Allow\",\(elements)") }

  static let trustElements = #""Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole""#

  static let identity: [Case] = [
    Case("not JSON", .userInline, "policy.json", "Syntax errors in policy.", at: ""),
    Case("null", .managed, "null", "Syntax errors in policy.", at: ""),
    Case(
      "a blank before it", .roleInline, " " + allow(#""Action":"s3:*","Resource":"*""#),
      "The policy failed legacy parsing", at: ""),
    Case("no statement", .userInline, #"{"Version":"2012-10-17"}"#, "Syntax errors in policy.", at: ""),
    Case(
      "an empty list of statements", .userInline, #"{"Version":"2012-10-17","Statement":[]}"#,
      "Syntax errors in policy.",
      at: "Statement", "[]"),
    Case(
      "an unknown element", .userInline, allow(#""Actions":"s3:*","Resource":"*""#), "Syntax errors in policy.",
      at: "Statement[0]", "\"Actions\""),
    Case(
      "an element twice", .userInline, allow(#""Action":"s3:*","Action":"s3:*","Resource":"*""#),
      "Syntax errors in policy.", at: "Statement[0]"),
    Case(
      "Action with NotAction", .userInline, allow(#""Action":"s3:*","NotAction":"s3:*","Resource":"*""#),
      "Syntax errors in policy.", at: "Statement[0]"),
    Case(
      "an unknown effect", .userInline, one(#""Effect":"allow","Action":"s3:*","Resource":"*""#),
      "Syntax errors in policy.", at: "Statement[0].Effect", "\"allow\""),
    Case(
      "an unknown version", .userInline,
      one(#""Effect":"Allow","Action":"s3:*","Resource":"*""#, version: "2012-10-18"),
      "Syntax errors in policy.", at: "Version", "\"2012-10-18\""),
    Case(
      "the version of 2008 in a managed policy", .managed,
      one(#""Effect":"Allow","Action":"s3:*","Resource":"*""#, version: "2008-10-17"),
      "Policy document must be version 2012-10-17 or greater.", at: "Version", "\"2008-10-17\""),
    Case(
      "no version in a managed policy", .managed, #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#,
      "Policy document must be version 2012-10-17 or greater.", at: "Version"),
    Case(
      "a principal", .managed, allow(#""Principal":"*","Action":"s3:*","Resource":"*""#),
      "Policy document should not specify a principal.", at: "Statement[0]", "\"Principal\""),
    Case(
      "a principal that is not", .session, allow(#""NotPrincipal":"*","Action":"s3:*","Resource":"*""#),
      "Policy document should not specify a principal.", at: "Statement[0]", "\"NotPrincipal\""),
    Case(
      "no action", .groupInline, allow(#""Resource":"*""#), "Policy statement must contain actions.", at: "Statement[0]"
    ),
    Case(
      "an empty list of actions", .groupInline, allow(#""Action":[],"Resource":"*""#),
      "Policy statement must contain actions.", at: "Statement[0].Action", "[]"),
    Case(
      "no resource", .groupInline, allow(#""Action":"s3:*""#), "Policy statement must contain resources.",
      at: "Statement[0]"),
    Case(
      "an empty list of resources", .groupInline, allow(#""Action":"s3:*","Resource":[]"#),
      "Policy statement must contain resources.", at: "Statement[0].Resource", "[]"),
    Case(
      "a Sid with a blank", .managed, allow(#""Sid":"Allow all","Action":"s3:*","Resource":"*""#),
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
      at: "Statement[0].Sid", "\"Allow all\""),
    Case(
      "a Sid twice", .managed,
      #"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"s3:*","Resource":"*"},"#
        + #"{"Sid":"a","Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#,
      "Statement IDs (SID) in a single policy must be unique.", at: "Statement[1].Sid", "\"a\""),
    Case(
      "an action without its service", .managed, allow(#""Action":["s3:*","GetObject"],"Resource":"*""#),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", at: "Statement[0].Action",
      "\"GetObject\""),
    Case(
      "an action with two colons", .managed, allow(#""Action":"logs:logs:*","Resource":"*""#),
      "Actions/Condition can contain only one colon.", at: "Statement[0].Action", "\"logs:logs:*\""),
    Case(
      "a pattern of services", .managed, allow(#""Action":"s*:Get*","Resource":"*""#),
      "Vendors must be fully qualified and cannot contain regexes.", at: "Statement[0].Action", "\"s*:Get*\""),
    Case(
      "a resource that is no ARN", .managed, allow(#""Action":"s3:*","Resource":"my-bucket""#),
      "Resource my-bucket must be in ARN format or \"*\".", at: "Statement[0].Resource", "\"my-bucket\""),
    Case(
      "an empty resource", .roleInline, allow(#""Action":"s3:*","Resource":"""#),
      "Resource  must be in ARN format or \"*\".", at: "Statement[0].Resource", "\"\""),
    Case(
      "an account that is none", .managed,
      allow(#""Action":"sts:*","Resource":"arn:aws:sts::ACCOUNT_ID:federated-user/x""#),
      "The policy failed legacy parsing", at: "Statement[0].Resource", "\"arn:aws:sts::ACCOUNT_ID:federated-user/x\""),
    Case(
      "a partition that does not exist", .managed, allow(#""Action":"s3:*","Resource":"arn::s3:::b""#),
      "Partition \"\" is not valid for resource \"arn::s3:::b\".", at: "Statement[0].Resource", "\"arn::s3:::b\""),
    Case(
      "a pattern of services in an ARN", .managed, allow(#""Action":"s3:*","Resource":"arn:aws:s?:::b""#),
      "Resource vendor must be fully qualified and cannot contain regexes.", at: "Statement[0].Resource"),
    Case(
      "a region in an ARN of IAM", .managed,
      allow(#""Action":"iam:*","Resource":"arn:aws:iam:us-east-1:111111111111:role/R""#),
      "IAM resource arn:aws:iam:us-east-1:111111111111:role/R cannot contain region information.",
      at: "Statement[0].Resource"),
    Case(
      "an ARN of IAM with a type that is none", .managed,
      allow(#""Action":"iam:*","Resource":"arn:aws:iam::111111111111:*/*""#),
      "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, "
        + "server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.",
      at: "Statement[0].Resource"),
    Case(
      "an unknown operator", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"aws:username":"a"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.StringEqual", "\"StringEqual\""),
    Case(
      "Null with IfExists", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"NullIfExists":{"aws:username":"true"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.NullIfExists"),
    Case(
      "a key without its service", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"username":"a"}}"#),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
      at: "Statement[0].Condition.StringEquals.username", "\"username\""),
    Case(
      "a date that is none", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.DateLessThan.aws:CurrentTime", "\"tomorrow\""),
    Case(
      "a number that is none", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":"ten"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.NumericLessThan.s3:max-keys", "\"ten\""),
    Case(
      "an address that is none", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.IpAddress.aws:SourceIp", "\"10.0.0.0/33\""),
    Case(
      "neither true nor false", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"yes"}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.Bool.aws:SecureTransport", "\"yes\""),
    Case(
      "a condition value that is an object", .managed,
      allow(#""Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:username":{}}}"#),
      "Syntax errors in policy.", at: "Statement[0].Condition.StringEquals.aws:username", "{}"),
    Case(
      "more than 6,144 bytes", .managed,
      allow(#""Action":"s3:*","Resource":"arn:aws:s3:::"# + String(repeating: "b", count: 6144) + "\""),
      "Cannot exceed quota for PolicySize: 6144", at: ""),
  ]

  static let trust: [Case] = [
    Case("not JSON", .trust, "trust.json", "This policy contains invalid Json", at: ""),
    Case(
      "a blank before it", .trust, " " + one(trustElements), "JSON strings must not have leading spaces", at: ""),
    Case(
      "a resource", .trust, one(trustElements + #","Resource":"*""#), "Has prohibited field Resource",
      at: "Statement[0]",
      "\"Resource\""),
    Case(
      "a resource that is not", .trust, one(trustElements + #","NotResource":"*""#), "Has prohibited field NotResource",
      at: "Statement[0]", "\"NotResource\""),
    Case(
      "no principal", .trust, one(#""Effect":"Allow","Action":"sts:AssumeRole""#), "Missing required field Principal",
      at: "Statement[0]"),
    Case(
      "an empty list of principals", .trust, one(#""Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole""#),
      "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with "
        + "no principals!", at: "Statement[0].Principal", "{\"AWS\":[]}"),
    Case(
      "no action", .trust, one(#""Effect":"Allow","Principal":"*""#), "Missing required field Action",
      at: "Statement[0]"),
    Case(
      "an action of another service", .trust, one(#""Effect":"Allow","Principal":"*","Action":"s3:GetObject""#),
      "AssumeRole policy may only specify STS AssumeRole actions.", at: "Statement[0].Action", "\"s3:GetObject\""),
    Case(
      "an action that STS does not have", .trust,
      one(#""Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","sts:TagSessions"]"#),
      "AssumeRole policy may only specify STS AssumeRole actions.", at: "Statement[0].Action", "\"sts:TagSessions\""),
    Case(
      "all actions", .trust, one(#""Effect":"Allow","Principal":"*","Action":"*""#),
      "AssumeRole policy may only specify STS AssumeRole actions.", at: "Statement[0].Action", "\"*\""),
    Case(
      "an unknown operator", .trust, one(trustElements + #","Condition":{"StringEqual":{"aws:username":"a"}}"#),
      "Invalid Condition type : StringEqual", at: "Statement[0].Condition.StringEqual", "\"StringEqual\""),
    Case(
      "a kind of principal that does not exist", .trust,
      one(#""Effect":"Allow","Principal":{"User":"a"},"Action":"sts:AssumeRole""#),
      "Invalid principal in policy: \"User\"",
      at: "Statement[0].Principal", "\"User\""),
    Case(
      "a wildcard in a principal", .trust,
      one(#""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/*"},"Action":"sts:AssumeRole""#),
      "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:role/*\"", at: "Statement[0].Principal"),
    Case(
      "a group", .trust,
      one(#""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:group/G"},"Action":"sts:AssumeRole""#),
      "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:group/G\"", at: "Statement[0].Principal"),
    Case(
      "a canonical user, who is S3's", .trust,
      one(#""Effect":"Allow","Principal":{"CanonicalUser":"79a5"},"Action":"sts:AssumeRole""#),
      "Invalid principal in policy: \"CanonicalUser\":\"79a5\"", at: "Statement[0].Principal"),
    Case(
      "a provider that is a user", .trust,
      one(
        #""Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111111111111:user/x"},"Action":"sts:AssumeRoleWithSAML""#
      ),
      "Federated principals must be valid domain names or SAML metadata ARNs", at: "Statement[0].Principal"),
    Case(
      "more than 2,048 bytes", .trust,
      one(
        trustElements + #","Condition":{"StringEquals":{"sts:ExternalId":""# + String(repeating: "x", count: 2048)
          + #""}}"#
      ), "Cannot exceed quota for ACLSizePerRole: 2048", at: ""),
  ]

  static let guardrails: [Case] = [
    Case(
      "a principal", .serviceControl, one(#""Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*""#),
      "The provided policy document does not meet the requirements of the specified policy type.", at: "Statement[0]",
      "\"Principal\""),
    Case(
      "no version", .serviceControl, #"{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#,
      "The provided policy document does not meet the requirements of the specified policy type.", at: "Version"),
    Case(
      "an allow", .resourceControl, one(#""Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*""#),
      "The provided policy document does not meet the requirements of the specified policy type.",
      at: "Statement[0].Effect", "\"Allow\""),
    Case(
      "a principal that is named", .resourceControl,
      one(#""Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"s3:*","Resource":"*""#),
      "The provided policy document does not meet the requirements of the specified policy type.",
      at: "Statement[0].Principal"),
    Case(
      "NotAction", .resourceControl, one(#""Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*""#),
      "The provided policy document does not meet the requirements of the specified policy type.", at: "Statement[0]",
      "\"NotAction\""),
    Case(
      "a principal that is not", .vpcEndpoint, "[]",
      "The specified policy document is not a valid JSON policy document.",
      at: ""),
  ]

  @Test("what is refused, where, and in which words", arguments: identity + trust + sharedProviders + guardrails)
  func refused(_ test: Case) throws {
    let error = try #require(throws: PolicyError.self) {
      try PolicyValidator(test.type).document(parsing: test.text.utf8)
    }
    #expect(PolicyRefusal(error.fault, in: test.type).message == test.message, "\(error)")
    #expect(error.path == test.path)
    if let spelling = test.spelling {
      let bytes = Array(test.text.utf8)[error.range]
      #expect(String(decoding: bytes, as: UTF8.self) == spelling)
    }
  }

  @Test(
    "what is accepted",
    arguments: [
      (PolicyType.userInline, one(#""Effect":"Allow","Action":"s3:*","Resource":"*""#, version: "2008-10-17")),
      (.userInline, #"{"Statement":{"Effect":"Allow","Action":["*"],"Resource":["*"]}}"#),
      (.managed, "\n" + allow(#""Action":"*:*","NotResource":"arn:aws:s3:::${aws:username}/*""#)),
      (
        .managed,
        allow(
          #""Sid":"","Action":"iam:*","Resource":["arn:aws:iam::*:role/${aws:username}","arn:*:*:::*","arn:aws:sqs"]"#)
      ),
      (.managed, allow(#""Action":"iam:*","Resource":["arn:aws:iam::aws:policy/*","arn:aws:iam::111111111111:*"]"#)),
      (
        .managed,
        allow(
          #""Action":"s3:*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"#
            + #""Bool":{"aws:SecureTransport":true,"aws:x":"${aws:y}"},"Null":{"aws:username":"True"},"#
            + #""NumericLessThan":{"s3:max-keys":10},"ForAllValues:StringLikeIfExists":{"aws:TagKeys":["a*"]},"#
            + #""IpAddress":{"aws:SourceIp":["2001:db8::/32","192.0.2.1"]},"BinaryEquals":{"k:b":"QQ=="}}"#)
      ),
      (.trust, one(trustElements)),
      (.trust, one(#""Effect":"Deny","Principal":{"AWS":"*"},"NotAction":"sts:AssumeRole""#)),
      (
        .trust,
        one(
          #""Sid":"a1","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:root","AROAEXAMPLEEXAMPLEEXA","#
            + #""arn:aws:sts::111111111111:assumed-role/R/s","arn:aws:iam::111111111111:role/path/R"],"#
            + #""Service":["ec2.amazonaws.com"],"Federated":["accounts.google.com","#
            + #""arn:aws:iam::111111111111:oidc-provider/token.example.com"]},"#
            + #""Action":["sts:AssumeRole*","sts:TagSession","sts:SetSourceIdentity","sts:SetContext"]"#)
      ),
      (.serviceControl, one(#""Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::b","Condition":{}"#)),
      (
        .resourceControl,
        one(#""Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","NotResource":"arn:aws:s3:::b""#)
      ),
      (.vpcEndpoint, one(#""Effect":"Allow","Principal":"*","Action":"*","Resource":"*""#)),
    ])
  func accepted(_ type: PolicyType, _ text: String) throws {
    _ = try PolicyValidator(type).document(parsing: text.utf8)
  }

  @Test("all faults are told, not only the first")
  func all() throws {
    let text = Self.allow(
      #""Sid":"a b","Principal":"*","Action":["GetObject","s3:x:y"],"Resource":"b","Condition":{"Bool":{"x":"y"}}"#)
    let errors = PolicyValidator(.managed).errors(in: try JSONValue(parsing: text.utf8))
    #expect(
      errors.map(\.fault) == [
        .sidCharacters("a b"), .prohibitedElement("Principal", .managed), .actionWithoutService("GetObject"),
        .actionWithColons("s3:x:y"), .resourceNotARN("b"), .keyWithoutService("x"),
        .conditionValue("y", operatorName: "Bool"),
      ])
  }

  @Test("sizes leave out white space, and entities count their policies together")
  func sizes() throws {
    let frame = Self.allow(#""Action":"s3:*","Resource":"arn:aws:s3:::""#)
    let fill = String(repeating: "b", count: 6144 - frame.utf8.count)
    let text = frame.replacing("arn:aws:s3:::", with: "arn:aws:s3:::\(fill)") + String(repeating: "\n \t", count: 500)
    #expect(PolicySize.counted(text.utf8) == 6144)
    _ = try PolicyValidator(.managed).document(parsing: text.utf8)
    _ = try PolicyValidator(.userInline).document(parsing: text.utf8)
    // "All characters in your RCP count against its maximum size."
    let guardrail = Self.one(#""Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*""#)
    let blanks = String(repeating: " ", count: 5120 - guardrail.utf8.count)
    _ = try PolicyValidator(.resourceControl).document(parsing: (guardrail + blanks).utf8)
    #expect(throws: PolicyError.self) {
      try PolicyValidator(.resourceControl).document(parsing: (guardrail + blanks + " ").utf8)
    }
    let control = Self.allow(#""Action":"s3:*","Resource":"*""#)
    let more = String(repeating: " ", count: 10_240 - control.utf8.count)
    _ = try PolicyValidator(.serviceControl).document(parsing: (control + more).utf8)
    #expect(throws: PolicyError.self) {
      try PolicyValidator(.serviceControl).document(parsing: (control + more + " ").utf8)
    }
    #expect(throws: PolicyError.self) {
      try PolicyValidator(.managed).document(parsing: text.replacing("bb", with: "bbb", maxReplacements: 1).utf8)
    }
  }

  @Test(
    "conditions that exclude each other are found",
    arguments: [
      (#"{"StringEquals":{"aws:a":"x"},"StringNotEquals":{"AWS:A":["x","y"]}}"#, true),
      (#"{"StringEquals":{"aws:a":["x","z"]},"StringNotEquals":{"aws:a":["x","y"]}}"#, false),
      (#"{"StringEquals":{"aws:a":"x"},"StringLike":{"aws:a":"y*"}}"#, true),
      (#"{"StringEquals":{"aws:a":"x"},"StringNotLike":{"aws:a":"*"}}"#, true),
      (#"{"StringEquals":{"aws:a":"x"},"StringLike":{"aws:a":"x*"}}"#, false),
      (#"{"StringEquals":{"aws:a":"${aws:b}"},"StringNotEquals":{"aws:a":"${aws:b}"}}"#, false),
      (#"{"Null":{"aws:a":"true"},"StringLike":{"aws:a":"*"}}"#, true),
      (#"{"Null":{"aws:a":"true"},"StringLikeIfExists":{"aws:a":"*"}}"#, false),
      (#"{"Null":{"aws:a":"false"},"StringLike":{"aws:a":"*"}}"#, false),
      (#"{"NumericGreaterThan":{"aws:a":"5"},"NumericLessThan":{"aws:a":"5"}}"#, true),
      (#"{"NumericGreaterThanEquals":{"aws:a":"5"},"NumericLessThanEquals":{"aws:a":"5"}}"#, false),
      (#"{"NumericGreaterThan":{"aws:a":["9","3"]},"NumericLessThan":{"aws:a":"5"}}"#, false),
      (#"{"DateGreaterThan":{"aws:a":"2026-01-01"},"DateLessThan":{"aws:a":"2025-01-01"}}"#, true),
      (#"{"DateGreaterThan":{"aws:a":"2026-01-01"},"DateLessThan":{"aws:b":"2025-01-01"}}"#, false),
      (#"{"ForAllValues:StringEquals":{"aws:a":"x"},"StringNotEquals":{"aws:a":"x"}}"#, false),
    ])
  func contradictions(_ condition: String, _ isContradiction: Bool) throws {
    let text = Self.allow(#""Action":"s3:*","Resource":"*","Condition":"# + condition)
    let statement = try #require(try PolicyDocument(parsing: text.utf8).statements.first)
    let onOneKey = Dictionary(grouping: statement.conditions) { $0.key.text.lowercased() }
    let found = onOneKey.values.contains { ConditionContradiction(of: $0) != nil }
    #expect(found == isContradiction)
  }
}
