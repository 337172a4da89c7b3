import IAMPolicy
import Testing

@Suite("iamdrill evaluate") struct EvaluationTests {
  static func answer(_ input: String, explains: Bool = false) -> (text: String, isWhole: Bool) {
    var bytes: [UInt8] = []
    var evaluation = PolicyEvaluation(explains: explains)
    let isWhole = evaluation.run(Array(input.utf8)) { bytes += $0 }
    return (String(decoding: bytes, as: UTF8.self), isWhole)
  }

  static func request(_ id: Int, policies: String = "[]") -> String {
    #"{"id":\#(id),"principal":{"AWS":"\#(Fixture.user)"},"action":"s3:GetObject","resource":"\#(Fixture.bucketObject)","identityPolicies":\#(policies)}"#
  }

  static let allowed =
    #"[{"name":"N","document":{"Statement":{"Sid":"S","Effect":"Allow","Action":"s3:*","Resource":"*"}}}]"#

  @Test("one request, an array and lines have the same answers")
  func forms() {
    let (one, two) = (Self.request(1, policies: Self.allowed), Self.request(2))
    let lines = Self.answer(one + "\n\n" + two + "\n")
    #expect(lines.isWhole)
    #expect(Self.answer("[\(one),\n\(two)]").text == lines.text)
    #expect(Self.answer(one).text + Self.answer("\n " + two).text == lines.text)
    #expect(
      lines.text == """
        {"id":1,"decision":"allowed","decidedBy":"identity-policy","statements":[{"policy":"N","index":0,"sid":"S"}],"message":null}
        {"id":2,"decision":"implicitDeny","decidedBy":"identity-policy","statements":[],"message":"User: \(Fixture.user) is not authorized to perform: s3:GetObject on resource: \\"\(Fixture.bucketObject)\\" because no identity-based policy allows the s3:GetObject action"}

        """)
  }

  @Test("a bad line is an error of its own")
  func badLine() {
    let (text, isWhole) = Self.answer(Self.request(1) + "\n{nope\n" + Self.request(2) + "\n")
    #expect(!isWhole)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].contains("\"error\""))
    #expect(lines[2].hasPrefix("{\"id\":2,\"decision\""))
  }

  @Test(
    "what is wrong is named with its path",
    arguments: [
      ("no action", #"{"principal":"*","resource":"*"}"#, "action"),
      ("action without a service", #"{"principal":"*","action":"Get","resource":"*"}"#, "action"),
      ("principal of no kind", #"{"principal":{"User":"x"},"action":"s3:Get","resource":"*"}"#, "principal.User"),
      (
        "a group cannot ask",
        #"{"principal":{"AWS":"arn:aws:iam::111111111111:group/G"},"action":"s3:G","resource":"*"}"#, "principal.AWS"
      ),
      ("an unknown field", #"{"principal":"*","action":"s3:G","resource":"*","polices":[]}"#, "polices"),
      (
        "levels that are none", #"{"principal":"*","action":"s3:G","resource":"*","serviceControlPolicies":[{}]}"#,
        "serviceControlPolicies[0]"
      ),
      ("a context value", #"{"principal":"*","action":"s3:G","resource":"*","context":{"k":{}}}"#, "context.k"),
      (
        "a policy",
        #"{"principal":"*","action":"s3:G","resource":"*","resourcePolicy":{"Statement":{"Effect":"Maybe"}}}"#,
        "resourcePolicy.Statement.Effect"
      ),
    ])
  func paths(name: String, request: String, path: String) {
    let (text, isWhole) = Self.answer(request)
    #expect(!isWhole)
    #expect(text.contains("\"path\":\"\(path)\""))
  }

  @Test("the explanation holds every statement with why")
  func explanation() {
    let policies =
      #"[{"Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}]"#
    let text = Self.answer(Self.request(1, policies: policies), explains: true).text
    #expect(text.contains("\"outcome\":\"other action\""))
    #expect(text.contains("\"key\":\"aws:SecureTransport\",\"values\":[\"true\"],\"requested\":null"))
  }
}
