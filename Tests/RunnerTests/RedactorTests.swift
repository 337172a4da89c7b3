import HTTP
import Runner
import Testing

@Suite("Redaction") struct RedactorTests {
  static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfi\"&<CYEXAMPLEKEY="

  @Test(
    "a secret is masked in every form in which text carries it",
    arguments: [
      ("plain", secret),
      ("in a URL", PercentEncoding.encode(secret)),
      ("in a path, slashes kept", PercentEncoding.encode(secret, keeping: "/")),
      ("in a URL within a URL", PercentEncoding.encode(PercentEncoding.encode(secret))),
      ("in JSON", "wJalrXUtnFEMI/K7MDENG+bPxRfi\\\"&<CYEXAMPLEKEY="),
      ("in XML", "wJalrXUtnFEMI/K7MDENG+bPxRfi&quot;&amp;&lt;CYEXAMPLEKEY="),
      ("in base64", "d0phbHJYVXRuRkVNSS9LN01ERU5HK2JQeFJmaSImPENZRVhBTVBMRUtFWT0="),
    ])
  func forms(name: String, form: String) {
    let redactor = Redactor()
    redactor.add(Self.secret)
    let text = redactor.redact("before \(form) after")
    #expect(text.hasPrefix("before ****"))
    #expect(!text.contains("CYEXAMPLEKEY"))
    #expect(!text.contains("MDENG"))
  }

  @Test("what is no secret stays, and so do texts too short to be one")
  func untouched() {
    let redactor = Redactor()
    redactor.add("abc")
    redactor.add(Self.secret)
    #expect(redactor.redact("abc and wJalr") == "abc and wJalr")
  }
}
