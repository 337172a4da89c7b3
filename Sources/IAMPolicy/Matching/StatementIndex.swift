/// Finds the statements of one effect that could match an action, so that a decision's cost grows with those and not with
/// the length of the policy.
struct StatementIndex: Sendable {
  /// Statements that name the action itself, by the whole action.
  private let byAction: Buckets
  /// Statements with wildcards behind the service's name, by the service.
  private let byService: Buckets
  /// Statements that could match any action: `*`, `NotAction`.
  private let any: [Int32]

  init(_ statements: [CompiledStatement], effect: PolicyDocument.Effect) {
    var byAction: [NameHash: [Int32]] = [:]
    var byService: [NameHash: [Int32]] = [:]
    var any: [Int32] = []
    for (position, statement) in statements.enumerated() where statement.source.effect == effect {
      let position = Int32(truncatingIfNeeded: position)
      switch Self.places(of: statement.source.action) {
      case nil: any.append(position)
      case .some(let places):
        for action in places.actions { byAction[action, default: []].append(position) }
        for service in places.services { byService[service, default: []].append(position) }
      }
    }
    self.byAction = Buckets(byAction)
    self.byService = Buckets(byService)
    self.any = any
  }

  /// Under which actions and services a statement is to be found; `nil` where it could match any.
  private static func places(
    of element: PolicyDocument.ListElement
  ) -> (actions: Set<NameHash>, services: Set<NameHash>)? {
    guard !element.isNegated else { return nil }
    var actions: Set<NameHash> = []
    var services: Set<NameHash> = []
    for pattern in element.patterns {
      let bytes = Array(pattern.text.utf8)
      let wildcard = bytes.firstIndex { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") } ?? bytes.count
      if wildcard == bytes.count {
        actions.insert(NameHash(bytes))
      } else if let colon = bytes[..<wildcard].firstIndex(of: UInt8(ascii: ":")) {
        services.insert(NameHash(bytes[..<colon]))
      } else {
        return nil
      }
    }
    return (actions, services)
  }

  /// The first position, in the policy's order, for which `matches` holds.
  @inline(__always)
  func first(_ action: RequestedAction, where matches: (Int) -> Bool) -> Int? {
    var best = Int.max
    func search(_ positions: ArraySlice<Int32>) {
      for position in positions {
        let position = Int(position)
        if position >= best { return }
        if matches(position) {
          best = position
          return
        }
      }
    }
    search(byAction[action.hash])
    search(byService[action.service])
    search(any[...])
    return best == Int.max ? nil : best
  }

  /// Every position, in the policy's order, at which a statement could match.
  func candidates(_ action: RequestedAction) -> [Int32] {
    let lists = (byAction[action.hash], byService[action.service], any[...])
    if lists.0.isEmpty, lists.1.isEmpty { return any }
    if lists.2.isEmpty, lists.1.isEmpty { return Array(lists.0) }
    if lists.2.isEmpty, lists.0.isEmpty { return Array(lists.1) }
    // A statement that names the action and has a pattern for it as well stands in two lists.
    return Set(lists.0).union(lists.1).union(lists.2).sorted()
  }

  /// Lists of positions by hash, found by halving.
  private struct Buckets: Sendable {
    private var hashes: [NameHash] = []
    private var starts: [Int] = [0]
    private var positions: [Int32] = []

    init(_ lists: [NameHash: [Int32]]) {
      for (hash, list) in lists.sorted(by: { $0.key < $1.key }) {
        hashes.append(hash)
        positions += list
        starts.append(positions.count)
      }
    }

    subscript(hash: NameHash) -> ArraySlice<Int32> {
      var (low, high) = (0, hashes.count)
      while low < high {
        let middle = (low + high) / 2
        if hashes[middle] < hash { low = middle + 1 } else { high = middle }
      }
      guard low < hashes.count, hashes[low] == hash else { return [] }
      return positions[starts[low]..<starts[low + 1]]
    }
  }
}

/// An action as it is asked for, ready to be looked up and matched.
struct RequestedAction: Sendable {
  /// In lower case.
  let bytes: [UInt8]
  let hash: NameHash
  /// The hash of what stands before the colon.
  let service: NameHash

  init(_ action: String) {
    var lowered: [UInt8] = []
    lowered.reserveCapacity(action.utf8.count)
    var hash = NameHash()
    var service: NameHash?
    for byte in action.utf8 {
      if byte == UInt8(ascii: ":"), service == nil { service = hash }
      lowered.append(ASCII.lower(byte))
      hash.add(byte)
    }
    bytes = lowered
    self.hash = hash
    self.service = service ?? hash
  }

  func isOne(of actions: StaticString...) -> Bool {
    actions.contains { action in
      action.utf8CodeUnitCount == bytes.count
        && bytes.elementsEqual(UnsafeBufferPointer(start: action.utf8Start, count: action.utf8CodeUnitCount))
    }
  }

  func begins(with prefix: StaticString) -> Bool {
    bytes.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
  }
}
