import AWSAPI
import Emulator
import Federation
package import FoundationEssentials
import JSON
package import Scenario

/// The identity providers of a scenario, played: each with a key that was made for this run, and that the embedded emulator knows.
package struct PlayedIdentityProviders: IdentityProviderPlay {
  private var tokenIssuers: [String: TokenIssuer] = [:]
  private var samlIssuers: [String: SAMLIssuer] = [:]
  private var urls: [String: String] = [:]
  /// What the emulator must know to verify tokens.
  let issuers: [EmulatorConfiguration.Issuer]

  /// The name of AWS's own attributes in assertions.
  private static let attributes = "https://aws.amazon.com/SAML/Attributes/"

  /// - Throws: a diagnostic where a key set cannot be read, or libcrypto makes no key.
  init(_ scenario: Scenario, at date: Date) throws(Diagnostic) {
    var issuers: [EmulatorConfiguration.Issuer] = []
    let folder = ScenarioFolder(of: scenario.source.path)
    for issuer in scenario.issuers {
      let name = issuer.name.value
      do throws(FederationError) {
        switch issuer.kind {
        case .openIDConnect(let url, nil):
          let played = try TokenIssuer()
          tokenIssuers[name] = played
          urls[name] = url.value
          issuers.append(try .init(url: url.value, keySet: played.keySet))
        case .openIDConnect(let url, _?): urls[name] = url.value
        case .saml(let entity): samlIssuers[name] = try SAMLIssuer(entityID: entity.value, from: date)
        }
      } catch {
        throw .error("the issuer `\(name)` cannot be played: \(error)", at: issuer.name.range)
      }
      if case .openIDConnect(let url, let keys?) = issuer.kind {
        issuers.append(.init(url: url.value, keys: try Self.keys(keys, in: folder)))
      }
    }
    self.issuers = issuers
  }

  private static func keys(_ file: Located<String>, in folder: ScenarioFolder) throws(Diagnostic) -> JSONWebKeySet {
    let bytes = try folder.read(file.value, at: file.range)
    do {
      return try JSONWebKeySet(try JSONValue(parsing: bytes))
    } catch {
      throw .error("\(file.value) is no key set: \(error)", at: file.range)
    }
  }

  package func document(of issuer: String) -> String? { samlIssuers[issuer]?.metadata ?? urls[issuer] }

  package func token(
    _ token: Scenario.Token, subject: String?, members: ScenarioValue, at date: Date
  ) -> String? {
    let lifetime = token.lifetime?.value.duration ?? Scenario.Token.usualLifetime
    let end = date.addingTimeInterval(lifetime.timeInterval)
    if let subject {
      return samlIssuers[token.issuer.value].flatMap { issuer in
        try? issuer.response(Self.statement(about: subject, members, from: date, to: end))
      }
    }
    guard let issuer = tokenIssuers[token.issuer.value], let url = urls[token.issuer.value] else { return nil }
    return try? issuer.token(Self.claims(members, issuer: url, from: date, to: end))
  }

  /// The claims of the file, and those that follow from the issuer and the time, which the file may set itself.
  private static func claims(_ members: ScenarioValue, issuer: String, from start: Date, to end: Date) -> JSONValue {
    var claims = JSONValue(members).object ?? []
    let seconds = { (date: Date) in JSONValue.number(Int(date.timeIntervalSince1970)) }
    let added: [(String, JSONValue)] = [
      ("iss", .string(issuer)), ("iat", seconds(start)), ("nbf", seconds(start)), ("exp", seconds(end)),
    ]
    for (name, value) in added where !claims.contains(where: { $0.name == name }) {
      claims.append(JSONMember(name: name, value: value))
    }
    return .object(claims)
  }

  private static func statement(
    about subject: String, _ members: ScenarioValue, from start: Date, to end: Date
  ) -> SAMLStatement {
    let text = { (date: Date) in AWSTimestamp.text(date, .iso8601) }
    var statement = SAMLStatement(
      subject: subject, issueInstant: text(start), notBefore: text(start), notOnOrAfter: text(end))
    guard case .mapping(let entries) = members else { return statement }
    statement.attributes = entries.map { entry in
      let isOwn = !entry.key.contains(":") || entry.key.hasPrefix("PrincipalTag:")
      let values: [String] =
        if case .list(let elements) = entry.value { elements.map(\.text) } else { [entry.value.text] }
      return ((isOwn ? attributes : "") + entry.key, values)
    }
    return statement
  }
}

extension JSONValue {
  /// A value of a scenario: all of its scalars are texts.
  fileprivate init(_ value: ScenarioValue) {
    switch value {
    case .null: self.init(.null)
    case .string(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map { JSONValue($0) })
    case .mapping(let entries): self = .object(entries.map { JSONMember(name: $0.key, value: JSONValue($0.value)) })
    }
  }
}
