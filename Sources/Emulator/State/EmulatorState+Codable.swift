extension EmulatorState: Codable {
  /// What is kept; issuers and the organization come from the configuration at every start.
  private enum CodingKeys: CodingKey {
    case identifiers, accounts, credentials, sessionEnds, usage, entities, clockAdvance, clockSteps, organizationSeed,
      s3
  }

  package init(from decoder: any Decoder) throws {
    let kept = try decoder.container(keyedBy: CodingKeys.self)
    self.init(identifiers: try kept.decode(IdentifierGenerator.self, forKey: .identifiers))
    accounts = try kept.decode(SortedMap.self, forKey: .accounts)
    credentials = try kept.decode(SortedMap.self, forKey: .credentials)
    sessionEnds = try kept.decode(SortedMap.self, forKey: .sessionEnds)
    usage = try kept.decode(SortedMap.self, forKey: .usage)
    entities = try kept.decode(SortedMap.self, forKey: .entities)
    clockAdvance = try kept.decode(Double.self, forKey: .clockAdvance)
    clockSteps = try kept.decodeIfPresent([EmulatorClock.Step].self, forKey: .clockSteps)
    organizationSeed = try kept.decode(UInt64.self, forKey: .organizationSeed)
    s3 = try kept.decode(S3State.self, forKey: .s3)
  }

  package func encode(to encoder: any Encoder) throws {
    var kept = encoder.container(keyedBy: CodingKeys.self)
    try kept.encode(identifiers, forKey: .identifiers)
    try kept.encode(accounts, forKey: .accounts)
    try kept.encode(credentials, forKey: .credentials)
    try kept.encode(sessionEnds, forKey: .sessionEnds)
    try kept.encode(usage, forKey: .usage)
    try kept.encode(entities, forKey: .entities)
    try kept.encode(clockAdvance, forKey: .clockAdvance)
    try kept.encodeIfPresent(clockSteps, forKey: .clockSteps)
    try kept.encode(organizationSeed, forKey: .organizationSeed)
    try kept.encode(s3, forKey: .s3)
  }
}
