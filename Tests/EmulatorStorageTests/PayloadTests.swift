import AWSAPI
import FoundationEssentials
import HTTP
import Testing

@testable import Emulator
@testable import EmulatorStorage

@Suite("Objects in files")
struct PayloadTests {
  static let large = [UInt8].pattern(200_000)

  @Test("are written as soon as they are too large for memory, and go when nothing refers to them")
  func lifetime() throws {
    let scratch = try Scratch()
    try scratch.opened { emulator, _ in
      let client = try Client(emulator)
      try client.call("s3:CreateBucket", ["Bucket": "box"])
      try client.put("small", .pattern(FilePayloadStore.largestInMemory))
      #expect(scratch.objectFiles.isEmpty)
      try client.put("large", Self.large)
      #expect(scratch.objectFiles.count == 1)
      try client.call("s3:CopyObject", ["Bucket": "box", "Key": "copy", "CopySource": "box/large"])
      try client.call("s3:DeleteObject", ["Bucket": "box", "Key": "large"])
      #expect(scratch.objectFiles.count == 1, "the copy shares the file")
      #expect(try client.get("copy", range: "bytes=100000-100009") == Array(Self.large[100_000..<100_010]))

      // A download that is under way keeps the bytes it was promised.
      let answer = try client.call("s3:GetObject", ["Bucket": "box", "Key": "copy"])
      try client.call("s3:DeleteObject", ["Bucket": "box", "Key": "copy"])
      guard case .stream(let stream)? = answer["Body"]?.blob else { throw Missing() }
      #expect(scratch.objectFiles.count == 1)
      #expect(try HTTPBody.stream(stream).collected() == Self.large)
    }
    #expect(scratch.objectFiles.isEmpty)
  }

  private struct Missing: Error {}

  @Test("join their parts without copying a byte, and give any range of them")
  func parts() throws {
    let scratch = try Scratch()
    try scratch.opened { emulator, _ in
      let client = try Client(emulator)
      try client.call("s3:CreateBucket", ["Bucket": "box"])
      let begun = try client.call("s3:CreateMultipartUpload", ["Bucket": "box", "Key": "whole"])
      let parts = [[UInt8].pattern(6 << 20), .pattern(5 << 20, seed: 9), .pattern(100)]
      var listed: [AWSValue] = []
      for (index, part) in parts.enumerated() {
        let answer = try client.call(
          "s3:UploadPart",
          [
            "Bucket": "box", "Key": "whole", "UploadId": begun["UploadId"], "PartNumber": .integer(index + 1),
            "Body": .bytes(part),
          ])
        listed.append(["PartNumber": .integer(index + 1), "ETag": answer["ETag"]])
      }
      let files = Set(scratch.objectFiles)
      try client.call(
        "s3:CompleteMultipartUpload",
        [
          "Bucket": "box", "Key": "whole", "UploadId": begun["UploadId"],
          "MultipartUpload": ["Parts": .list(listed)],
        ])
      #expect(Set(scratch.objectFiles) == files)
      let whole = Array(parts.joined())
      #expect(try client.get("whole") == whole)
      let edge = parts[0].count
      #expect(
        try client.get("whole", range: "bytes=\(edge - 5)-\(edge + 4)") == Array(whole[(edge - 5)..<(edge + 5)]))
    }
    try scratch.opened { emulator, _ in
      let end = try Client(emulator).get("whole", range: "bytes=-101")
      #expect(end == [UInt8].pattern(5 << 20, seed: 9).suffix(1) + .pattern(100))
    }
  }

  @Test("that are cut off leave nothing behind")
  func cut() throws {
    let scratch = try Scratch()
    try scratch.opened { emulator, storage in
      let store = emulator.configuration.payloads
      var writer: (any PayloadWriter)? = try store.makeWriter(length: nil)
      try writer?.write(Self.large)
      #expect(scratch.objectFiles.count == 1)
      writer = nil
      #expect(scratch.objectFiles.isEmpty)
    }
  }

  @Test("of an upload that a crash cut off are removed at the next start")
  func orphans() throws {
    let scratch = try Scratch()
    try scratch.opened { emulator, _ in
      let client = try Client(emulator)
      try client.call("s3:CreateBucket", ["Bucket": "box"])
      try client.put("kept", Self.large)
    }
    let kept = scratch.objectFiles
    try Data([1, 2, 3]).write(to: URL(filePath: scratch.data + "/objects/00000000000000000000000000000000"))
    try scratch.opened { emulator, _ in
      #expect(scratch.objectFiles == kept)
      let client = try Client(emulator)
      #expect(try client.get("kept") == Self.large)
    }
  }

  @Test("without a folder of their own go with the storage")
  func temporary() throws {
    let storage = try EmulatorStorage.temporary()
    let emulator = try storage.emulator(EmulatorConfiguration(accounts: [.init(id: Scratch.account)]))
    let client = try Client(emulator)
    try client.call("s3:CreateBucket", ["Bucket": "box"])
    try client.put("large", Self.large)
    #expect(try FileManager.default.contentsOfDirectory(atPath: storage.path + "/objects").count == 1)
    #expect(try client.get("large") == Self.large)
    storage.close()
    #expect(!FileManager.default.fileExists(atPath: storage.path))
  }
}
