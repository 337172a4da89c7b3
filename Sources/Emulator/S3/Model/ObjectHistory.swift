import FoundationEssentials

/// One version of a key: an object, or a marker that it was deleted.
struct ObjectVersion: Sendable {
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
struct ObjectHistory: Sendable {
  private(set) var current: Shared<ObjectVersion>
  /// The versions before the current one, the oldest first, so that a new one is added at the end.
  private var former: [Shared<ObjectVersion>]

  init(_ version: ObjectVersion) {
    current = Shared(version)
    former = []
  }

  /// All versions, the newest first.
  var versions: [ObjectVersion] { [current.value] + former.reversed().map(\.value) }

  /// The object that a request without a version id means; `nil` where the key was deleted.
  var object: StoredObject? { current.value.object }

  func version(_ id: String) -> ObjectVersion? {
    if current.value.id == id { return current.value }
    return former.last { $0.value.id == id }?.value
  }

  /// Adds a version before the others. One with the null id takes the place of the former null version.
  mutating func add(_ version: ObjectVersion) {
    if version.id == ObjectVersion.nullID {
      former.removeAll { $0.value.id == ObjectVersion.nullID }
      if current.value.id != ObjectVersion.nullID { former.append(current) }
    } else {
      former.append(current)
    }
    current = Shared(version)
  }

  /// What is left without the version `id`; `nil` where that was the last.
  func removing(_ id: String) -> ObjectHistory? {
    var rest = self
    if current.value.id != id {
      rest.former.removeAll { $0.value.id == id }
      return rest
    }
    guard let newest = rest.former.popLast() else { return nil }
    rest.current = newest
    return rest
  }

  /// Changes the version `id` where it is.
  mutating func update(_ id: String, _ change: (inout ObjectVersion) -> Void) {
    if current.value.id == id {
      change(&current.value)
    } else if let index = former.firstIndex(where: { $0.value.id == id }) {
      change(&former[index].value)
    }
  }
}
