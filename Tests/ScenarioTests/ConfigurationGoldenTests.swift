import Scenario
import Testing

/// As ``GoldenTests``, for `iamdrill.yaml`: each kind of mistake, with its place.
@Suite("Diagnostics of configurations as they are printed") struct ConfigurationGoldenTests {
  static let folder = GoldenTests.folder + "Configuration"

  static let names = GoldenTests.files(of: folder)

  @Test("There are files to hold against") func isNotEmpty() {
    #expect(Self.names.count >= 11)
  }

  @Test("A bad configuration gets exactly these diagnostics", arguments: names)
  func matches(name: String) throws {
    let loaded = ConfigurationFile.load("\(Self.folder)/\(name).yaml")
    #expect(loaded.hasError)
    let text = DiagnosticRenderer(files: loaded.sources).render(loaded.diagnostics).removing(Self.folder + "/")
    try GoldenTests.hold(text, against: "\(name).txt", in: Self.folder)
  }

  @Test("A configuration with everything in it has none")
  func whole() throws {
    let loaded = ConfigurationFile.parse(
      """
      targets:
        staging:
          kind: aws
          region: eu-west-1
          ca: corporate.pem
          endpoint_urls: { sts: https://vpce-1.sts.eu-west-1.vpce.amazonaws.com }
          accounts:
            Destination: { id: "210987654321", profile: staging-destination, region: eu-north-1 }
            Originating: { id: "123456789012", access_key_id: KEY, secret_access_key: SECRET, session_token: TOKEN }
          principals: { David: { profile: david } }
          names: { bucket: company-data }
          allowed_accounts: ["210987654321", "123456789012"]
          blocked_accounts: ["999999999999"]
          within: 90s
          stable: 5
        local:
          kind: endpoint
          url: https://localhost:4600
          clock: server
          pairs:
            - { Destination: { id: "210987654321", profile: a }, Originating: { id: "123456789012", profile: b } }
        recorded: { kind: replay, dir: recordings }
        own: { kind: emulator }
      """, path: "iamdrill.yaml")
    #expect(loaded.diagnostics.map(\.message) == [])
    #expect(loaded.configuration?.targets.count == 4)
  }
}
