import FoundationEssentials

/// One version of a key: an object, or a marker that it was deleted.
struct ObjectVersion: Sendable, Codable {
  /// 32 characters, or ``nullID`` for what was written while the bucket did not keep versions.
  var id: String
  /// In whole seconds, as S3 tells it.
  var lastModified: Date
  /// The account that wrote it.
  var owner: String
  /// `nil` for a delete marker.
  var object: StoredObject?

  static let nullID = "null"

  var isDeleteMarker: Bool { object == nil }
}

/// Everything kept under one key. There is always at least one version.
struct ObjectHistory: Sendable, Codable {
  private(set) var current: Shared<ObjectVersion>
  /// The versions before the current one, in the order in which they came: a later one has a higher number.
  private var former: SortedMap<Int, Shared<ObjectVersion>> = [:]

  init(_ version: ObjectVersion) {
    current = Shared(version)
  }

  /// All versions, the newest first.
  var versions: [ObjectVersion] { [current.value] + former.values.reversed().map(\.value) }

  /// The object that a request without a version id means; `nil` where the key was deleted.
  var object: StoredObject? { current.value.object }

  func version(_ id: String) -> ObjectVersion? {
    if current.value.id == id { return current.value }
    return number(of: id).flatMap { former[$0]?.value }
  }

  /// The number of the former version `id`.
  private func number(of id: String) -> Int? { former.first { $0.value.value.id == id }?.key }

  /// Adds a version before the others. One with the null id takes the place of the former null version.
  mutating func add(_ version: ObjectVersion) {
    if version.id == ObjectVersion.nullID, let number = number(of: version.id) { former[number] = nil }
    if version.id != ObjectVersion.nullID || current.value.id != ObjectVersion.nullID {
      former[(former.last?.key ?? 0) + 1] = current
    }
    current = Shared(version)
  }

  /// What is left without the version `id`; `nil` where that was the last.
  func removing(_ id: String) -> ObjectHistory? {
    var rest = self
    if current.value.id != id {
      if let number = number(of: id) { rest.former[number] = nil }
      return rest
    }
    guard let newest = former.last else { return nil }
    rest.former[newest.key] = nil
    rest.current = newest.value
    return rest
  }

  /// Changes the version `id` where it is.
  mutating func update(_ id: String, _ change: (inout ObjectVersion) -> Void) {
    if current.value.id == id {
      change(&current.value)
    } else if let number = number(of: id) {
      _ = former.update(number) { change(&$0.value) }
    }
  }
}
