/// Makes the tree of nodes from libyaml's events, and refuses what YAML allows but a scenario must not have.
struct TreeBuilder: ~Copyable {
  private let text: SourceText
  private var parser: LibYAMLParser
  private let limits: YAMLLimits

  /// Where the latest mark was found.
  private var checkpoint = 0
  private var nodes = 0
  /// The greatest depth since an anchored node began.
  private var deepest = 0
  private var anchors: [String: Anchor] = [:]

  private struct Anchor {
    /// `nil` while the node is being read.
    var node: YAMLNode?
    /// How many nodes an alias adds, and how much deeper they go than the alias.
    var nodes = 0
    var height = 0
  }

  private typealias Event = LibYAMLParser.Event

  init(text: SourceText, parser: consuming LibYAMLParser, limits: YAMLLimits) {
    self.text = text
    self.parser = parser
    self.limits = limits
  }

  mutating func document() throws(YAMLError) -> YAMLNode {
    _ = try next()
    guard case .documentStart = try next().kind else { throw YAMLError("the file is empty") }
    let root = try node(try next(), depth: 0)
    _ = try next()
    let after = try next()
    if case .documentStart = after.kind {
      throw YAMLError(
        "a second document begins here; a file holds one", at: text.character(at: text.mark(scalar: after.start)))
    }
    return root
  }

  private mutating func next() throws(YAMLError) -> Event {
    do {
      return try parser.next()
    } catch {
      throw YAMLError(error, in: text)
    }
  }

  // MARK: Nodes

  /// The node that `event` begins, `depth` collections deep.
  private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
    let place = range(of: event)
    if case .alias(let name) = event.kind { return try aliased(name, at: place, depth: depth) }
    try count(1, at: place)
    try checkTag(of: event, at: place)
    guard let anchor = event.anchor else { return try unanchored(event, at: place, depth: depth) }

    let (before, outer) = (nodes - 1, deepest)
    deepest = depth
    anchors[anchor] = Anchor(node: nil)
    let node = try unanchored(event, at: place, depth: depth)
    anchors[anchor] = Anchor(node: node, nodes: nodes - before, height: deepest - depth)
    deepest = max(outer, deepest)
    return node
  }

  private mutating func unanchored(_ event: Event, at place: YAMLRange, depth: Int) throws(YAMLError) -> YAMLNode {
    switch event.kind {
    case .scalar(let string, let style):
      return YAMLNode(.scalar(YAMLScalar(string, style: style, hasStringTag: event.tag != nil)), range: place)
    case .sequenceStart(let isFlow):
      try enter(depth, at: place)
      let (elements, end) = try sequence(depth: depth + 1)
      return YAMLNode(.sequence(elements), range: range(from: place, isFlow: isFlow, last: elements.last, to: end))
    case .mappingStart(let isFlow):
      try enter(depth, at: place)
      let (entries, end) = try mapping(depth: depth + 1)
      return YAMLNode(.mapping(entries), range: range(from: place, isFlow: isFlow, last: entries.last?.value, to: end))
    default:
      throw YAMLError("expected a value", at: place)
    }
  }

  private mutating func sequence(depth: Int) throws(YAMLError) -> ([YAMLNode], end: Event) {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { return (elements, event) }
      elements.append(try node(event, depth: depth))
    }
  }

  private mutating func mapping(depth: Int) throws(YAMLError) -> ([YAMLEntry], end: Event) {
    var entries: [YAMLEntry] = []
    var seen = SeenKeys()
    while true {
      let event = try next()
      if case .mappingEnd = event.kind { return (entries, event) }
      let key = try key(event, depth: depth)
      if let first = seen.firstIndex(of: key.string ?? "", in: entries) {
        throw YAMLError(
          "the key \(YAMLError.quoted(key.string ?? "")) occurs twice", at: key.range,
          related: YAMLError.Related("first here", at: entries[first].key.range))
      }
      entries.append(YAMLEntry(key: key, value: try node(try next(), depth: depth)))
    }
  }

  private mutating func key(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
    switch event.kind {
    case .sequenceStart, .mappingStart:
      throw YAMLError("a key must be text, not a collection", at: range(of: event))
    default: break
    }
    let key = try node(event, depth: depth)
    guard let scalar = key.scalar else { throw YAMLError("a key must be text, not a collection", at: key.range) }
    guard scalar.isPlain else { return key }
    if scalar.text == "<<" { throw YAMLError("merge keys are not supported", at: key.range) }
    if scalar.text.isEmpty { throw YAMLError("the key is missing", at: key.range) }
    return key
  }

  // MARK: Aliases

  private mutating func aliased(_ name: String, at place: YAMLRange, depth: Int) throws(YAMLError) -> YAMLNode {
    guard let anchor = anchors[name] else {
      throw YAMLError(
        "no anchor \(YAMLError.quoted("&" + name)) stands before this alias; text that begins with `*` needs quotes",
        at: place)
    }
    guard var node = anchor.node else {
      throw YAMLError("the alias \(YAMLError.quoted("*" + name)) stands inside what it refers to", at: place)
    }
    guard anchor.nodes <= limits.nodes - nodes else {
      throw YAMLError("with this alias the file has more than \(limits.nodes) values", at: place)
    }
    nodes += anchor.nodes
    guard depth + anchor.height <= limits.depth else {
      throw YAMLError("with this alias collections are nested more than \(limits.depth) deep", at: place)
    }
    deepest = max(deepest, depth + anchor.height)
    node.range = place
    return node
  }

  // MARK: Limits

  private mutating func count(_ added: Int, at place: YAMLRange) throws(YAMLError) {
    nodes += added
    guard nodes <= limits.nodes else { throw YAMLError("the file has more than \(limits.nodes) values", at: place) }
  }

  private mutating func enter(_ depth: Int, at place: YAMLRange) throws(YAMLError) {
    guard depth < limits.depth else {
      throw YAMLError("collections are nested more than \(limits.depth) deep", at: place)
    }
    deepest = max(deepest, depth + 1)
  }

  private func checkTag(of event: Event, at place: YAMLRange) throws(YAMLError) {
    guard let tag = event.tag else { return }
    switch (event.kind, tag) {
    case (.scalar, "tag:yaml.org,2002:str"), (.sequenceStart, "tag:yaml.org,2002:seq"),
      (.mappingStart, "tag:yaml.org,2002:map"):
      return
    default: throw YAMLError("tags are not supported", at: text.tag(from: place.start))
    }
  }

  // MARK: Places

  private mutating func range(of event: Event) -> YAMLRange {
    let start = text.mark(scalar: event.start, from: &checkpoint)
    let end = text.mark(scalar: event.end, from: &checkpoint)
    guard case .scalar(_, let style) = event.kind, style == .literal || style == .folded else {
      return YAMLRange(start: start, end: end)
    }
    return YAMLRange(start: start, end: text.trimmed(end, notBefore: start))
  }

  /// The place of a collection: in brackets up to the closing one. A block collection has nothing that closes it, and
  /// libyaml ends it where the next token begins, so its last value is what ends it; likewise the pair in `[a: b]`.
  private func range(from begin: YAMLRange, isFlow: Bool, last: YAMLNode?, to end: Event) -> YAMLRange {
    if isFlow, end.end > end.start { return YAMLRange(start: begin.start, end: text.mark(scalar: end.end)) }
    let last = max(last?.range.end ?? begin.end, begin.start)
    return YAMLRange(start: begin.start, end: text.trimmed(last, notBefore: begin.start))
  }
}

/// The keys of a mapping so far. Most mappings have a few, which are compared sooner than hashed; however many there are,
/// finding one must not take longer and longer.
private struct SeenKeys {
  private static let fewest = 16

  private var indices: [ExactText: Int] = [:]

  /// Where `key` stands among `entries` already; `nil` where it does not, and is the next of them.
  mutating func firstIndex(of key: String, in entries: [YAMLEntry]) -> Int? {
    let key = ExactText(key)
    guard entries.count >= Self.fewest else { return entries.firstIndex { ExactText($0.name) == key } }
    for index in indices.count..<entries.count { indices[ExactText(entries[index].name)] = index }
    return indices[key]
  }
}
