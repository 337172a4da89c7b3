import HTTP
import Testing

@testable import Emulator

@Suite("S3: versions")
struct VersioningTests {
  static func status(_ status: String) -> String {
    "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>\(status)</Status>"
      + "</VersioningConfiguration>"
  }

  static func lab(_ status: String? = "Enabled") throws -> S3Lab {
    let lab = try S3Lab(buckets: "box")
    if let status { try lab.send("PUT", "/box?versioning", body: Self.status(status)) }
    return lab
  }

  @Test("are kept once that is wanted, and never again not")
  func states() throws {
    let lab = try Self.lab(nil)
    #expect(try lab.send("GET", "/box?versioning").value("//Status") == nil)
    for status in ["Enabled", "Suspended"] {
      #expect(try lab.send("PUT", "/box?versioning", body: Self.status(status)).status == 200)
      #expect(try lab.send("GET", "/box?versioning").value("//Status") == status)
    }
    let none = try lab.send("PUT", "/box?versioning", body: "<VersioningConfiguration/>")
    #expect(none.code == "IllegalVersioningConfigurationException")
    #expect(try lab.send("PUT", "/box?versioning", body: Self.status("Off")).code == "MalformedXML")
  }

  @Test("of a key are read by their ids, and deleting adds a marker")
  func chain() throws {
    let lab = try Self.lab()
    let first = try lab.send("PUT", "/box/k", body: "1").headers["x-amz-version-id"] ?? ""
    let second = try lab.send("PUT", "/box/k", body: "2").headers["x-amz-version-id"] ?? ""
    #expect(first.utf8.count == 32 && second != first)
    #expect(try lab.send("GET", "/box/k").text == "2")
    #expect(try lab.send("GET", "/box/k?versionId=\(first)").text == "1")
    let deleted = try lab.send("DELETE", "/box/k")
    let marker = deleted.headers["x-amz-version-id"] ?? ""
    #expect(deleted.status == 204 && deleted.headers["x-amz-delete-marker"] == "true")
    let gone = try lab.send("GET", "/box/k")
    #expect(gone.status == 404 && gone.code == "NoSuchKey")
    #expect(gone.headers["x-amz-delete-marker"] == "true" && gone.headers["x-amz-version-id"] == marker)
    let named = try lab.send("GET", "/box/k?versionId=\(marker)")
    #expect(named.status == 405 && named.code == "MethodNotAllowed" && named.headers["Allow"] == "DELETE")
    #expect(named.fields == ["Method": "GET", "ResourceType": "DeleteMarker"])
    #expect(named.headers["Last-Modified"] == "Wed, 15 Jan 2025 12:00:00 GMT")
    #expect(try lab.send("GET", "/box?list-type=2").values("//Key").isEmpty)
    let undone = try lab.send("DELETE", "/box/k?versionId=\(marker)")
    #expect(undone.headers["x-amz-delete-marker"] == "true" && undone.headers["x-amz-version-id"] == marker)
    #expect(try lab.send("GET", "/box/k").text == "2")
    let removed = try lab.send("DELETE", "/box/k?versionId=\(second)")
    #expect(removed.headers["x-amz-delete-marker"] == nil && removed.headers["x-amz-version-id"] == second)
    #expect(try lab.send("GET", "/box/k").text == "1")
  }

  @Test("unknown ones are told from impossible ones")
  func unknown() throws {
    let lab = try Self.lab()
    try lab.send("PUT", "/box/k", body: "1")
    let id = String(repeating: "x", count: 32)
    for key in ["k", "none"] {
      let reply = try lab.send("GET", "/box/\(key)?versionId=\(id)")
      #expect(reply.status == 404 && reply.code == "NoSuchVersion" && reply.fields == ["Key": key, "VersionId": id])
    }
    let odd = try lab.send("GET", "/box/k?versionId=no")
    #expect(odd.status == 400 && odd.code == "InvalidArgument" && odd.message == "Invalid version id specified")
    #expect(try lab.send("DELETE", "/box/k?versionId=\(id)").status == 204)
  }

  @Test("while suspended, the null version is written over")
  func suspended() throws {
    let lab = try Self.lab(nil)
    try lab.send("PUT", "/box/k", body: "before")
    try lab.send("PUT", "/box?versioning", body: Self.status("Enabled"))
    let kept = try lab.send("PUT", "/box/k", body: "kept").headers["x-amz-version-id"] ?? ""
    #expect(try lab.send("GET", "/box/k?versionId=null").text == "before")
    try lab.send("PUT", "/box?versioning", body: Self.status("Suspended"))
    #expect(try lab.send("PUT", "/box/k", body: "after").headers["x-amz-version-id"] == nil)
    #expect(try lab.send("GET", "/box/k").headers["x-amz-version-id"] == "null")
    #expect(try lab.send("GET", "/box/k?versionId=null").text == "after")
    #expect(try lab.send("GET", "/box?versions").values("//Version/VersionId") == ["null", kept])
    let deleted = try lab.send("DELETE", "/box/k")
    #expect(deleted.headers["x-amz-version-id"] == "null" && deleted.headers["x-amz-delete-marker"] == "true")
    #expect(try lab.send("GET", "/box?versions").values("//Version/VersionId") == [kept])
    #expect(try lab.send("GET", "/box?versions").values("//DeleteMarker/VersionId") == ["null"])
  }

  @Test("hold a bucket back from being deleted")
  func notEmpty() throws {
    let lab = try Self.lab()
    let id = try lab.send("PUT", "/box/k", body: "1").headers["x-amz-version-id"] ?? ""
    let marker = try lab.send("DELETE", "/box/k").headers["x-amz-version-id"] ?? ""
    let refused = try lab.send("DELETE", "/box")
    #expect(
      refused.message == "The bucket you tried to delete is not empty. You must delete all versions in the bucket.")
    for version in [id, marker] { try lab.send("DELETE", "/box/k?versionId=\(version)") }
    #expect(try lab.send("DELETE", "/box").status == 204)
  }

  @Test("are listed key by key, the newest first, page by page")
  func listed() throws {
    let lab = try Self.lab()
    var ids: [String] = []
    for (key, body) in [("a", "1"), ("a", "2"), ("b/1", "3"), ("b/2", "4"), ("c", "5")] {
      ids.append(try lab.send("PUT", "/box/\(key)", body: body).headers["x-amz-version-id"] ?? "")
    }
    let marker = try lab.send("DELETE", "/box/c").headers["x-amz-version-id"] ?? ""
    let all = try lab.send("GET", "/box?versions")
    #expect(try all.values("//Version/VersionId") == [ids[1], ids[0], ids[2], ids[3], ids[4]])
    #expect(try all.values("//Version/IsLatest") == ["true", "false", "true", "true", "false"])
    #expect(try all.values("//DeleteMarker/VersionId") == [marker] && all.value("//DeleteMarker/IsLatest") == "true")
    #expect(try all.value("//DeleteMarker/Owner/ID") == CanonicalUser.id(ofAccount: S3Lab.owner))
    #expect(try all.value("//KeyMarker") == "" && all.value("//VersionIdMarker") == "")
    var collected: [String] = []
    var next = ""
    repeat {
      let page = try lab.send("GET", "/box?versions&max-keys=1&delimiter=/\(next)")
      collected += try page.values("//Version/VersionId | //DeleteMarker/VersionId | //CommonPrefixes/Prefix")
      let (key, id) = (try page.value("//NextKeyMarker"), try page.value("//NextVersionIdMarker"))
      next =
        key.map { "&key-marker=\(PercentEncoding.encode($0))" + (id.map { "&version-id-marker=\($0)" } ?? "") } ?? ""
    } while !next.isEmpty && collected.count < 20
    #expect(collected == [ids[1], ids[0], "b/", marker, ids[4]])
    #expect(try lab.send("GET", "/box?versions&version-id-marker=null").code == "InvalidArgument")
  }

  @Test("that are locked stay")
  func locked() throws {
    let lab = try S3Lab()
    try lab.send("PUT", "/box", ["x-amz-bucket-object-lock-enabled": "true"])
    #expect(try lab.send("GET", "/box?versioning").value("//Status") == "Enabled")
    #expect(try lab.send("GET", "/box?object-lock").value("//ObjectLockEnabled") == "Enabled")
    let suspended = try lab.send("PUT", "/box?versioning", body: Self.status("Suspended"))
    #expect(suspended.status == 409 && suspended.code == "InvalidBucketState")
    let until = "2025-01-16T12:00:00Z"
    let id =
      try lab.send(
        "PUT", "/box/k", ["x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": until],
        body: "1"
      ).headers["x-amz-version-id"] ?? ""
    #expect(try lab.send("HEAD", "/box/k").headers["x-amz-object-lock-mode"] == "GOVERNANCE")
    let refused = try lab.send("DELETE", "/box/k?versionId=\(id)")
    #expect(refused.status == 403 && refused.message == "Access Denied because object protected by object lock.")
    #expect(try lab.send("DELETE", "/box/k").status == 204, "a marker may always be added")
    let past = try lab.send(
      "PUT", "/box/k",
      ["x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": "2025-01-14T12:00:00Z"],
      body: "1")
    #expect(past.message == "The retain until date must be in the future!")
    let half = try lab.send("PUT", "/box/k", ["x-amz-object-lock-mode": "GOVERNANCE"], body: "1")
    #expect(half.message == "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied")
    lab.emulator.clock.advance(by: .seconds(25 * 3600))
    #expect(try lab.send("DELETE", "/box/k?versionId=\(id)").status == 204)
  }

  @Test("governed retention may be passed by, a legal hold may not")
  func bypass() throws {
    let lab = try S3Lab()
    try lab.send("PUT", "/box", ["x-amz-bucket-object-lock-enabled": "true"])
    func put(_ headers: HTTPHeaders) throws -> String {
      try lab.send("PUT", "/box/k", headers, body: "1").headers["x-amz-version-id"] ?? ""
    }
    let until = "2026-01-16T12:00:00Z"
    let governed = try put(["x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": until])
    let strict = try put(["x-amz-object-lock-mode": "COMPLIANCE", "x-amz-object-lock-retain-until-date": until])
    let held = try put(["x-amz-object-lock-legal-hold": "ON"])
    let bypass: HTTPHeaders = ["x-amz-bypass-governance-retention": "true"]
    #expect(try lab.send("DELETE", "/box/k?versionId=\(governed)", bypass).status == 204)
    #expect(try lab.send("DELETE", "/box/k?versionId=\(strict)", bypass).status == 403)
    #expect(try lab.send("DELETE", "/box/k?versionId=\(held)", bypass).status == 403)
  }
}
