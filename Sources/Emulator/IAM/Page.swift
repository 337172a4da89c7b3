import AWSAPI
import FoundationEssentials

/// One page of a list as IAM cuts it: at most `MaxItems` elements behind `Marker`.
struct Page: Sendable {
  private(set) var items: [AWSValue] = []
  /// What leads to the next page; `nil` on the last.
  private(set) var marker: String?

  private let limit: Int
  /// The key of the last element taken.
  private var last = ""

  fileprivate init(limit: Int) {
    self.limit = limit
  }

  /// Takes an element; where the page is full, notes that there is more.
  /// - Returns: whether there is room for another.
  fileprivate mutating func add(_ item: AWSValue, key: String) -> Bool {
    guard items.count < limit else {
      marker = Data(last.utf8).base64EncodedString()
      return false
    }
    items.append(item)
    last = key
    return true
  }

  /// The answer's members, the list under `name`.
  func answer(_ name: String) -> AWSStructure {
    [name: .list(items), "IsTruncated": .boolean(marker != nil), "Marker": marker.map(AWSValue.string)]
  }
}

extension Call {
  /// The page of `map` that the call asks for. `transform` gives `nil` for what is not part of the list.
  func page<Value>(
    of map: SortedMap<NameKey, Value>, _ transform: (Value) -> AWSValue?
  ) throws(AWSError) -> Page {
    var page = Page(limit: pageSize)
    // From before the first key, which is what the empty name is.
    var elements = map.elements(after: NameKey(try marker() ?? ""))
    while let element = elements.next() {
      guard let item = transform(element.value) else { continue }
      guard page.add(item, key: element.key.text) else { break }
    }
    return page
  }

  /// The page of a short list that the call asks for; `key` tells its elements apart.
  ///
  /// Where the element that the marker stands for is gone, the page begins anew: a client that deletes what it has listed
  /// then still meets all that is left.
  func page<Element>(
    of list: [Element], key: (Element) -> String, _ transform: (Element) -> AWSValue?
  ) throws(AWSError) -> Page {
    var page = Page(limit: pageSize)
    let start = try marker()
    let seen = start.flatMap { start in list.firstIndex { key($0) == start } }
    for element in list[(seen.map { $0 + 1 } ?? 0)...] {
      guard let item = transform(element) else { continue }
      guard page.add(item, key: key(element)) else { break }
    }
    return page
  }

  private var pageSize: Int { min(integer("MaxItems") ?? IAMLimits.defaultPageSize, IAMLimits.largestPageSize) }

  /// The key that the `Marker` of the call stands for.
  private func marker() throws(AWSError) -> String? {
    guard let marker = string("Marker") else { return nil }
    guard let data = Data(base64Encoded: marker), let key = String(validating: data, as: UTF8.self) else {
      throw .validationError("Invalid Marker.")
    }
    return key
  }
}
