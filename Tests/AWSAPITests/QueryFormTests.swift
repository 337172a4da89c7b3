import AWSAPI
import FoundationEssentials
import HTTP
import Testing

@Suite("The form of a query service's request")
struct QueryFormTests {
  private func form(_ operation: String, _ parameters: AWSStructure) throws -> String {
    let operation = try #require(Catalogue.operation(named: operation))
    let request = try operation.encodeRequest(parameters, host: "iam.amazonaws.com")
    #expect(request.method == "POST")
    #expect(request.target == "/")
    #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded; charset=utf-8")
    return String(decoding: try request.body.collected(), as: UTF8.self)
  }

  @Test("structures in lists, and documents")
  func createRole() throws {
    let form = try form(
      "iam:CreateRole",
      [
        "RoleName": "Update Data", "AssumeRolePolicyDocument": #"{"Version":"2012-10-17"}"#,
        "Tags": [["Key": "team", "Value": "a+b"], ["Key": "é", "Value": ""]], "MaxSessionDuration": 3600,
      ])
    #expect(
      form == """
        Action=CreateRole&Version=2010-05-08&RoleName=Update%20Data\
        &AssumeRolePolicyDocument=%7B%22Version%22%3A%222012-10-17%22%7D\
        &Tags.member.1.Key=team&Tags.member.1.Value=a%2Bb&Tags.member.2.Key=%C3%A9&Tags.member.2.Value=\
        &MaxSessionDuration=3600
        """)
  }

  @Test("an empty list is not the same as none")
  func emptyList() throws {
    #expect(try form("iam:TagRole", ["RoleName": "r", "Tags": []]).hasSuffix("&RoleName=r&Tags="))
  }

  @Test("list elements come in the order of their numbers, whatever that of the fields")
  func disorder() throws {
    let text = "Tags.member.10.Key=j&Tags.member.2.Key=b&Tags.member.x.Key=no&Tags.member.1.Key=a&Tags.member.2.Value=B"
    let items = try #require(QueryItems(parsing: text, plusIsSpace: true))
    let parameters = try #require(Catalogue.operation(.iam, "TagRole")).decodeRequest(form: items)
    let keys = parameters["Tags"]?.list?.compactMap { $0.structure?["Key"]?.string }
    #expect(keys == ["a", "b", "j"])
    #expect(parameters["Tags"]?.list?[1].structure?["Value"]?.string == "B")
  }

  @Test("fields that AWS does not know are passed over")
  func unknownFields() throws {
    let items = try #require(QueryItems(parsing: "RoleName=r&Nonsense=1&RoleNames.member.1=x", plusIsSpace: true))
    let parameters = try #require(Catalogue.operation(.iam, "GetRole")).decodeRequest(form: items)
    #expect(parameters.members.map(\.name) == ["RoleName"])
  }

  @Test("a plus is a space in a form")
  func plus() throws {
    let items = try #require(QueryItems(parsing: "RoleName=a+b%2Bc", plusIsSpace: true))
    let parameters = try #require(Catalogue.operation(.iam, "GetRole")).decodeRequest(form: items)
    #expect(parameters["RoleName"]?.string == "a b+c")
  }

  @Test("a number that is none", arguments: ["abc", "1.5", "", "99999999999999999999"])
  func badNumber(_ text: String) throws {
    let operation = try #require(Catalogue.operation(.sts, "AssumeRole"))
    let items = QueryItems([.init(name: "DurationSeconds", value: text)])
    let error = #expect(throws: AWSError.self) { try operation.decodeRequest(form: items) }
    #expect(error?.code == "MalformedInput")
    #expect(error?.status == 400)
  }

  @Test("many elements take no more than their number")
  func manyElements() throws {
    let items = QueryItems((1...20_000).reversed().map { .init(name: "TagKeys.member.\($0)", value: "k") })
    let operation = try #require(Catalogue.operation(.iam, "UntagRole"))
    let clock = ContinuousClock()
    var count: Int?
    let time = try clock.measure { count = try operation.decodeRequest(form: items)["TagKeys"]?.list?.count }
    #expect(count == 20_000)
    #expect(time < .seconds(5), "\(time)")
  }

  @Test("what cannot be written is refused with its place")
  func unwritable() throws {
    let operation = try #require(Catalogue.operation(.iam, "TagRole"))
    let cases: [(AWSStructure, String)] = [
      (["RoleNmae": "r"], "iam:TagRole: RoleNmae is not a parameter"),
      (["Tags": [["Key": "k"], ["Kee": "k"]]], "iam:TagRole: Tags.2.Kee is not a parameter"),
      (["Tags": "k"], "iam:TagRole: Tags is a text where AWS takes a list"),
      (["RoleName": ["r"]], "iam:TagRole: RoleName is a list where AWS takes a text"),
    ]
    for (parameters, message) in cases {
      let error = #expect(throws: RequestEncodingError.self) { try operation.encodeRequest(parameters, host: "h") }
      #expect(error?.description == message)
    }
  }
}
