/// The encoding of names that `encoding-type=url` asks for: as HTML forms encode them, but with `/` as it is.
///
/// Source: S3 API reference, ListObjectsV2, "EncodingType": `test_file(3).png` appears as `test_file%283%29.png`. A space
/// becomes `+`, which clients (botocore's `unquote_plus`) take back.
enum ListingEncoding {
  static func encode(_ name: String) -> String {
    guard !name.utf8.allSatisfy(isKept) else { return name }
    var result: [UInt8] = []
    result.reserveCapacity(name.utf8.count + 16)
    for byte in name.utf8 {
      if isKept(byte) {
        result.append(byte)
      } else if byte == UInt8(ascii: " ") {
        result.append(UInt8(ascii: "+"))
      } else {
        result.append(UInt8(ascii: "%"))
        result.append(upperHex(byte >> 4))
        result.append(upperHex(byte & 15))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "*"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func upperHex(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
  }
}
