import Emulator
import HTTPServer
import JSON
import SigV4

/// What `iamdrill serve` prints once it can be asked: where, and with which keys.
struct ServeAnnouncement {
  private let endpoint: String
  private let region: String
  private let accounts: [(id: String, credentials: Credentials)]

  init(_ server: HTTPServer, _ emulator: Emulator) {
    let host = server.address.contains(":") ? "[\(server.address)]" : server.address
    endpoint = "\(server.isSecure ? "https" : "http")://\(host):\(server.port)"
    region = emulator.configuration.region
    accounts = emulator.configuration.accounts.compactMap { account in
      emulator.administratorCredentials(of: account.id).map { (account.id, $0) }
    }
  }

  func text(_ output: ServeOptions.Output) -> String {
    switch output {
    case .text: plain
    case .json: json
    case .environment(let account):
      environment + accounts.filter { $0.id == account }.map { export($0.credentials) }.joined()
    }
  }

  private var plain: String {
    let blocks = accounts.map { "\n# The administrator of account \($0.id)\n\(export($0.credentials))" }
    return "# iamdrill serves AWS at \(endpoint); stop it with Ctrl-C.\n\(environment)\(blocks.joined())"
  }

  private var environment: String {
    """
    export AWS_ENDPOINT_URL=\(endpoint)
    export AWS_DEFAULT_REGION=\(region)

    """
  }

  /// Printing the keys is what the command is for; no other place reveals them.
  private func export(_ credentials: Credentials) -> String {
    """
    export AWS_ACCESS_KEY_ID=\(credentials.accessKeyID)
    export AWS_SECRET_ACCESS_KEY=\(credentials.secretAccessKey.reveal())

    """
  }

  private var json: String {
    let accounts = accounts.map { account in
      JSONMember(
        name: account.id,
        value: .object([
          JSONMember(name: "accessKeyId", value: .string(account.credentials.accessKeyID)),
          JSONMember(name: "secretAccessKey", value: .string(account.credentials.secretAccessKey.reveal())),
        ]))
    }
    let line = JSONValue.object([
      JSONMember(name: "endpoint", value: .string(endpoint)), JSONMember(name: "accounts", value: .object(accounts)),
    ])
    return line.compact + "\n"
  }
}
