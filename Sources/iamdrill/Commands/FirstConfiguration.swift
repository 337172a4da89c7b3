import Scenario

/// The `iamdrill.yaml` that `iamdrill init` writes beside the folder of scenarios.
struct FirstConfiguration {
  let path: String
  /// The folder of scenarios as the file sees it.
  private let folder: String

  /// - Parameter scenarios: the folder, as the command line names it.
  init(scenarios: String) {
    var parts = scenarios.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    while parts.count > 1, parts.last == "" { parts.removeLast() }
    let last = parts.removeLast()
    // What is above `.` and `..` is somebody else's.
    guard last != ".", last != "..", !last.isEmpty else {
      path = scenarios + "/" + ConfigurationFile.name
      folder = "."
      return
    }
    path = (parts + [ConfigurationFile.name]).joined(separator: "/")
    folder = last
  }

  var text: String {
    """
    # yaml-language-server: $schema=\(folder)/iamdrill.schema.json
    #
    # Where scenarios may run: `iamdrill run --target NAME \(folder)`. Without --target they run on the embedded emulator,
    # which needs nothing of this file. More: docs/targets.md

    targets:
      # The embedded emulator: a fresh one for every scenario, gone at its end.
      emulator: { kind: emulator }

      # `iamdrill serve`, or another server that answers as AWS does. Keys are read from environment variables, which are named
      # here; they never stand in the file.
      # local:
      #   kind: endpoint
      #   url: http://127.0.0.1:4600
      #   clock: server                     # moved when a step says `advance:`
      #   accounts:
      #     Company: { id: "111111111111", access_key_id: COMPANY_KEY, secret_access_key: COMPANY_SECRET }
      #     Auditors: { id: "222222222222", access_key_id: AUDITORS_KEY, secret_access_key: AUDITORS_SECRET }

      # AWS itself. `iamdrill plan --target sandbox \(folder)` says beforehand what would be made, and which permissions it
      # needs; every run asks before it makes anything, and takes back what it made.
      # sandbox:
      #   kind: aws
      #   region: eu-central-1
      #   accounts:                         # what the scenarios' accounts are here, and who administers them
      #     Company: { id: "210987654321", profile: sandbox-company }
      #     Auditors: { id: "123456789012", profile: sandbox-auditors }
      #   allowed_accounts: ["210987654321", "123456789012"]

    """
  }
}
