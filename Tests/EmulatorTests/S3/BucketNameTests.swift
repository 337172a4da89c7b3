import Testing

@testable import Emulator

@Suite("Bucket names")
struct BucketNameTests {
  @Test(
    "may be used",
    arguments: [
      "abc", "my-bucket", "my.bucket.example", "1bucket", "bucket1", String(repeating: "a", count: 63), "192.168.5",
      "192.168.5.4a", "amzn-s3-demo-bucket-shared-container", "a-b", "xn-a", "1.2.3.4567",
    ])
  func valid(name: String) { #expect(BucketName.isValid(name)) }

  @Test(
    "may not be used",
    arguments: [
      "", "ab", String(repeating: "a", count: 64), "Bucket", "my_bucket", "-bucket", "bucket-", ".bucket", "bucket.",
      "my..bucket", "192.168.5.4", "xn--bucket", "sthree-bucket", "bucket-s3alias", "bucket--ol-s3", "bucket.mrap",
      "bucket--x-s3", "bücket", "a b", "a/b", "bucket--table-s3",
    ])
  func invalid(name: String) { #expect(!BucketName.isValid(name)) }
}
