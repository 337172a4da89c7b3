import AWSAPI
import HTTP
import Testing

@Suite("Routing of the query services")
struct QueryRoutingTests {
  @Test(
    "an action that the service does not know",
    arguments: [
      (form: "Action=Foo&Version=2010-05-08", message: "Could not find operation Foo for version 2010-05-08"),
      (form: "Action=GetUser&Version=2011-06-15", message: "Could not find operation GetUser for version 2011-06-15"),
      (form: "Action=GetUser", message: "Could not find operation GetUser for version NO_VERSION_SPECIFIED"),
      (form: "Action=getuser&Version=2010-05-08", message: "Could not find operation getuser for version 2010-05-08"),
    ])
  func invalidActions(form: String, message: String) throws {
    let items = try #require(QueryItems(parsing: form, plusIsSpace: true))
    #expect(throws: AWSError("InvalidAction", message, status: 400)) { try Catalogue.route(form: items, service: .iam) }
  }

  @Test("a form without an action")
  func missingAction() throws {
    let error = #expect(throws: AWSError.self) { try Catalogue.route(form: QueryItems(), service: .sts) }
    #expect(error?.code == "MissingAction")
  }

  @Test("the version tells the service where the credentials do not")
  func serviceOfForm() throws {
    let form = try #require(QueryItems(parsing: "Action=X&Version=2011-06-15", plusIsSpace: true))
    #expect(Catalogue.service(ofForm: form) == .sts)
    #expect(Catalogue.service(ofForm: QueryItems()) == nil)
  }
}
