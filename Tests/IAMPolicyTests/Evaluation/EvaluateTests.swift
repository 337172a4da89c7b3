import IAMPolicy
import JSON
import Testing

@Suite("iamdrill evaluate") struct EvaluateTests {
  static let policy =
    #"{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}"#
  static let david = #""principal":{"AWS":"arn:aws:iam::111111111111:user/David"}"#

  static func answer(_ request: String, explain: Bool = false) -> String {
    var evaluation = PolicyEvaluation(explains: explain)
    return String(decoding: evaluation.answer(Array(request.utf8)), as: UTF8.self)
  }

  static func run(_ input: String, chunk: Int = .max) -> (lines: [String], outcome: PolicyEvaluation.Outcome) {
    var evaluation = PolicyEvaluation()
    var rest = Array(input.utf8)[...]
    var output: [UInt8] = []
    let outcome = evaluation.run { buffer in
      buffer += rest.prefix(chunk)
      rest = rest.dropFirst(min(chunk, rest.count))
      return !rest.isEmpty
    } write: {
      output += $0
    }
    return (String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init), outcome)
  }

  @Test("an allow names the statement that grants it")
  func allowed() {
    let answer = Self.answer(
      #"{"id":7,\#(Self.david),"action":"s3:GetObject","resource":"arn:aws:s3:::b/k","#
        + #""identityPolicies":[{"name":"P","document":\#(Self.policy)}]}"#)
    #expect(
      answer == #"{"id":7,"decision":"allowed","decidedBy":"identity-policy","statements":"#
        + #"[{"policy":"P","index":0,"sid":"Read"}],"message":null}"# + "\n")
  }

  @Test("a policy without a name goes by its place, and a refusal has AWS's message")
  func refused() {
    let answer = Self.answer(
      #"{"id":"x",\#(Self.david),"action":"s3:PutObject","resource":"arn:aws:s3:::b/k","identityPolicies":[\#(Self.policy)]}"#
    )
    #expect(
      answer == #"{"id":"x","decision":"implicitDeny","decidedBy":"identity-policy","statements":[],"message":"#
        + #""User: arn:aws:iam::111111111111:user/David is not authorized to perform: s3:PutObject on resource: "#
        + #"\"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:PutObject action"}"# + "\n")
    let denied = Self.answer(
      #"{"id":null,\#(Self.david),"action":"sqs:SendMessage","#
        + #""identityPolicies":[{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}]}"#)
    #expect(
      denied == #"{"id":null,"decision":"explicitDeny","decidedBy":"identity-policy","statements":"#
        + #"[{"policy":"identityPolicies[0]","index":0,"sid":null}],"message":"User: "#
        + #"arn:aws:iam::111111111111:user/David is not authorized to perform: sqs:SendMessage "#
        + #"with an explicit deny in an identity-based policy"}"# + "\n")
  }

  @Test(
    "what a request says wrong is told with its place",
    arguments: [
      ("no principal", #"{"id":1,"action":"s3:GetObject"}"#, 1, "principal", "is missing"),
      ("no action", #"{"id":1,"principal":"*"}"#, 1, "action", "is missing"),
      ("unknown member", #"{"id":1,"principal":"*","action":"a:b","resources":"*"}"#, 1, "resources", "unknown member"),
      ("member twice", #"{"id":1,"principal":"*","action":"a:b","action":"a:c"}"#, 1, "action", "given twice"),
      (
        "principal that is a group",
        #"{"id":1,"principal":{"AWS":"arn:aws:iam::111111111111:group/G"},"action":"a:b"}"#, 1,
        "principal.AWS", "must be the ARN of a user, a role, a role's session, a federated user or an account's root"
      ),
      (
        "unknown kind of principal", #"{"id":1,"principal":{"User":"x"},"action":"a:b"}"#, 1, "principal.User",
        #"unknown member; a principal is "AWS", "Service" or "Federated""#
      ),
      (
        "resourceAccount that is none", #"{"id":1,"principal":"*","action":"a:b","resourceAccount":"12"}"#, 1,
        "resourceAccount", "must be an account, twelve digits"
      ),
      (
        "resource that is no ARN", #"{"id":1,"principal":"*","action":"a:b","resource":"bucket"}"#, 1, "resource",
        #"must be an ARN or "*""#
      ),
      (
        "policy of a resource without Principal",
        #"{"id":1,"principal":"*","action":"a:b","resourcePolicy":{"Statement":[{"Effect":"Allow","Action":"*"}]}}"#, 1,
        "resourcePolicy.Statement[0].Principal", "Missing required field Principal"
      ),
      (
        "action without service", #"{"id":1,"principal":"*","action":"GetObject"}"#, 1, "action",
        "must be SERVICE:ACTION"
      ),
      (
        "action with a wildcard", #"{"id":1,"principal":"*","action":"s3:*"}"#, 1, "action",
        "must be one action, without wildcards"
      ),
      (
        "action that is no string", #"{"id":1,"principal":"*","action":5}"#, 1, "action",
        "must be a string, not a number"
      ),
      (
        "context value that is an object", #"{"id":1,"principal":"*","action":"a:b","context":{"k":["x",{}]}}"#, 1,
        "context.k[1]", "must be a string, a number or a truth value, not an object"
      ),
      (
        "context key twice", #"{"id":1,"principal":"*","action":"a:b","context":{"k":"1","K":"2"}}"#, 1, "context.K",
        "given twice (keys have no case)"
      ),
      (
        "policies that are no array", #"{"id":1,"principal":"*","action":"a:b","identityPolicies":{}}"#, 1,
        "identityPolicies", "must be an array of policies, not an object"
      ),
      (
        "levels that are no arrays", #"{"id":1,"principal":"*","action":"a:b","serviceControlPolicies":[{}]}"#, 1,
        "serviceControlPolicies[0]", "must be an array of policies, not an object"
      ),
      (
        "document without statements", #"{"id":1,"principal":"*","action":"a:b","resourcePolicy":{}}"#, 1,
        "resourcePolicy.Statement", "Missing required field Statement"
      ),
      (
        "fault deep in a document",
        #"{"id":1,"principal":"*","action":"a:b","sessionPolicies":[{"name":"S","document":{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}}]}"#,
        1, "sessionPolicies[0].document.Statement[0].Effect", "must be Allow or Deny"
      ),
      (
        "name without document", #"{"id":1,"principal":"*","action":"a:b","resourcePolicy":{"name":"N"}}"#, 1,
        "resourcePolicy.document", "is missing"
      ),
    ])
  func faults(name: String, request: String, id: Int, path: String, message: String) throws {
    let answer = try JSONValue(parsing: Array(Self.answer(request).utf8))
    #expect(answer["id"]?.compact == String(id))
    #expect(answer["error"]?["path"]?.string == path)
    #expect(answer["error"]?["message"]?.string == message)
    #expect(answer["decision"] == nil)
  }

  @Test(
    "what a policy says wrong is told with its place",
    arguments: [
      ("no resource", #"{"Effect":"Allow","Action":"*"}"#, "Resource"),
      ("a principal", #"{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}"#, "Principal"),
      ("no principal but", #"{"Effect":"Deny","Action":"*","Resource":"*","NotPrincipal":"*"}"#, "NotPrincipal"),
      ("no effect", #"{"Action":"*","Resource":"*"}"#, "Effect"),
      ("effect in small letters", #"{"Effect":"allow","Action":"*","Resource":"*"}"#, "Effect"),
      ("no action", #"{"Effect":"Allow","Resource":"*"}"#, "Action"),
      ("action of another type", #"{"Effect":"Allow","Action":["a:b",5],"Resource":"*"}"#, "Action[1]"),
      ("resource of another type", #"{"Effect":"Allow","Action":"*","Resource":{}}"#, "Resource"),
      ("unknown element", #"{"Effect":"Allow","Action":"*","Resource":"*","Foo":1}"#, "Foo"),
      ("element twice", #"{"Effect":"Allow","Action":"*","Resource":"*","Effect":"Deny"}"#, "Effect"),
      ("conditions of another type", condition(#"["x"]"#), "Condition"),
      ("unknown operator", condition(#"{"StringEqual":{"k":"v"}}"#), "Condition.StringEqual"),
      ("operators have case", condition(#"{"stringequals":{"k":"v"}}"#), "Condition.stringequals"),
      ("Null has no IfExists", condition(#"{"NullIfExists":{"k":"true"}}"#), "Condition.NullIfExists"),
      ("operator twice", condition(#"{"Bool":{"k":"true"},"Bool":{"l":"true"}}"#), "Condition.Bool"),
      ("key twice", condition(#"{"StringEquals":{"k":"v","k":"w"}}"#), "Condition.StringEquals.k"),
      ("value of another type", condition(#"{"StringEquals":{"k":["v",null]}}"#), "Condition.StringEquals.k[1]"),
    ])
  func policyFaults(name: String, statement: String, path: String) throws {
    for (document, place) in [
      (#"{"Statement":[\#(statement)]}"#, "identityPolicies[0].Statement[0]."),
      (#"{"name":"N","document":{"Statement":\#(statement)}}"#, "identityPolicies[0].document.Statement."),
    ] {
      let request = #"{"id":1,\#(Self.david),"action":"a:b","identityPolicies":[\#(document)]}"#
      let answer = try JSONValue(parsing: Array(Self.answer(request).utf8))
      #expect(answer["error"]?["path"]?.string == place + path)
    }
  }

  static func condition(_ condition: String) -> String {
    #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":\#(condition)}"#
  }

  @Test("the explanation holds every statement with why")
  func explanation() {
    let request =
      #"{"id":1,\#(Self.david),"action":"s3:GetObject","identityPolicies":[{"Statement":["#
      + #"{"Effect":"Allow","Action":"iam:*","Resource":"*"},\#(Self.condition(#"{"Bool":{"aws:SecureTransport":"true"}}"#))"#
      + "]}]}"
    let text = Self.answer(request, explain: true)
    #expect(text.contains(#""outcome":"other action""#))
    #expect(text.contains(#""key":"aws:SecureTransport","values":["true"],"requested":null"#))
  }

  static let request =
    #"{"id":1,\#(david),"action":"s3:GetObject","resource":"arn:aws:s3:::b/k","identityPolicies":[\#(policy)]}"#

  @Test("JSON lines: a line that is no JSON is an error for itself", arguments: [1, 7, 100, Int.max])
  func lines(chunk: Int) {
    let input = [Self.request, "{\"id\":2,", "", Self.request.replacing("\"id\":1", with: "\"id\":3"), "nonsense"]
    let (lines, outcome) = Self.run(input.joined(separator: "\n"), chunk: chunk)
    #expect(outcome.decisions == 2)
    #expect(outcome.errors == 2)
    #expect(outcome.exitStatus == 2)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"{"id":1,"decision":"allowed""#))
    #expect(
      lines[1] == #"{"id":2,"error":{"path":"","message":"not JSON: line 2, column 9: a member's name is missing"}}"#)
    #expect(lines[2].hasPrefix(#"{"id":3,"decision":"allowed""#))
    #expect(
      lines[3]
        == #"{"id":null,"error":{"path":"","message":"not JSON: line 5, column 1: a value cannot begin like this"}}"#)
  }

  @Test("JSON lines whose first line is no JSON", arguments: [3, Int.max])
  func firstLineBroken(chunk: Int) {
    let (lines, outcome) = Self.run("{\"id\":0,\n\(Self.request)\n", chunk: chunk)
    #expect(outcome.decisions == 1 && outcome.errors == 1)
    #expect(lines[0].contains("line 1, column 9"))
  }

  @Test("a byte order mark is passed over, and lines may end as on Windows", arguments: [1, Int.max])
  func windows(chunk: Int) {
    let lines = Self.run("\u{FEFF}\(Self.request)\r\n\r\n\(Self.request)\r\n", chunk: chunk)
    #expect(lines.outcome.decisions == 2 && lines.outcome.errors == 0)
    #expect(Self.run("\u{FEFF}[\(Self.request)]", chunk: chunk).outcome.decisions == 1)
  }

  @Test("a line that is too long is an error for itself, the next one is answered", arguments: [1 << 16])
  func longLine(chunk: Int) {
    let long = "{\"id\":1,\"x\":\"\(String(repeating: "a", count: (16 << 20) + 1))\"}"
    let (lines, outcome) = Self.run("\(long)\n\(Self.request)\n", chunk: chunk)
    #expect(outcome.decisions == 1 && outcome.errors == 1)
    #expect(lines.last?.contains("\"decision\":\"allowed\"") == true)
  }

  @Test("an answer comes before more is read")
  func answersAtOnce() {
    var evaluation = PolicyEvaluation()
    var (rounds, answers) = (0, 0)
    _ = evaluation.run { buffer in
      #expect(answers == rounds)
      buffer += Array("\(Self.request)\n".utf8)
      rounds += 1
      return rounds < 3
    } write: { bytes in
      answers += bytes.count { $0 == UInt8(ascii: "\n") }
    }
    #expect(answers == 3)
  }

  @Test(
    "whatever an id is, it comes back as it was",
    arguments: [
      "1.50", "-0", "1e400", "12345678901234567890123", "\"\"", "true", "null", #"[1,{"a":[]},"x"]"#, #"{"a":1,"a":2}"#,
    ])
  func ids(id: String) {
    #expect(
      Self.answer(Self.request.replacing("\"id\":1", with: "\"id\": \(id)")).hasPrefix("{\"id\":\(id),\"decision\""))
  }

  @Test("an object over several lines, and an array of them", arguments: [5, Int.max])
  func wholeTexts(chunk: Int) throws {
    let pretty = try JSONValue(parsing: Array(Self.request.utf8)).pretty
    let one = Self.run(pretty + "\n", chunk: chunk)
    #expect(one.outcome.decisions == 1 && one.outcome.errors == 0 && one.outcome.exitStatus == 0)
    let two = Self.run("\(pretty)\n\(pretty)\n", chunk: chunk)
    #expect(two.outcome.decisions == 2 && two.outcome.errors == 0)
    let many = Self.run("[\n\(pretty),\n {\"id\": 2, }, \(pretty)]\n", chunk: chunk)
    #expect(many.outcome.decisions == 2 && many.outcome.errors == 1)
    let line = pretty.split(separator: "\n").count + 2
    #expect(
      many.lines[1]
        == #"{"id":2,"error":{"path":"","message":"not JSON: line \#(line), column 12: a member's name is missing"}}"#)
    #expect(Self.run("[]").lines.isEmpty)
    #expect(Self.run("").outcome == PolicyEvaluation.Outcome())
    #expect(Self.run("[\(Self.request)").outcome.errors == 1)
  }
}
