import HTTP
import Testing

@Suite("Bytes of texts") struct TextBytesTests {
  @Test("what is printable, and what has no white space, at each place of a text", arguments: [1, 7, 16, 33, 70])
  func classes(length: Int) {
    for byte in UInt8.min...UInt8.max {
      for place in [0, length / 2, length - 1] {
        var bytes = [UInt8](repeating: UInt8(ascii: "~"), count: length)
        bytes[place] = byte
        bytes.withUnsafeBufferPointer { bytes in
          #expect(bytes.isPrintable == (0x20...0x7e).contains(byte))
          #expect(bytes.isBlankless == (byte > 0x20))
        }
      }
    }
  }

  @Test("the first byte of a kind, or the end")
  func end() {
    "a,b,".withBytes { bytes in
      #expect(bytes.end(before: UInt8(ascii: ",")) == 1)
      #expect(bytes.end(before: UInt8(ascii: ","), from: 2) == 3)
      #expect(bytes.end(before: UInt8(ascii: ","), from: 4) == 4)
      #expect(bytes.end(before: UInt8(ascii: ";")) == 4)
    }
    "".withBytes { #expect($0.end(before: 0) == 0) }
  }

  @Test("texts of either case, as HTTP compares names")
  func comparing() {
    "X-Ämz".withBytes { bytes in
      #expect(bytes.equalsIgnoringASCIICase("x-Ämz"))
      #expect(!bytes.equalsIgnoringASCIICase("x-ämz"))
      #expect(!bytes.isText("x-Ämz"))
      #expect(bytes.isText("X-Ämz"))
    }
    #expect("X-AMZ-Date".startsIgnoringASCIICase("x-amz-"))
    #expect(!"X-AM".startsIgnoringASCIICase("x-amz-"))
    #expect(!"[".equalsIgnoringASCIICase("{"))
    "".withBytes { #expect($0.isText("")) }
  }

  @Test("a writer grows, and forgets")
  func writer() {
    var writer = ByteWriter(capacity: 0)
    var expected = ""
    for number in [0, 9, 10, 999, -12, Int.max, Int.min] {
      writer.append(decimal: number)
      writer.append(":", " ")
      writer.append(utf8: "é and a text that is not a short one")
      writer.append("\r\n")
      writer.append(UInt8(ascii: "."))
      expected += "\(number): é and a text that is not a short one\r\n."
    }
    #expect(writer.text == expected)
    #expect(writer.count == expected.utf8.count)
    writer.removeAll(keepingAtMost: 16)
    #expect(writer.count == 0)
    writer.append(utf8: "again, and more than that room has")
    #expect(writer.text == "again, and more than that room has")
    writer.removeAll(keepingAtMost: 1 << 20)
    #expect(writer.text.isEmpty)
  }

  @Test("fields are found whatever their names' lengths", arguments: [1, 63, 64, 65, 200])
  func lengths(length: Int) {
    let name = String(repeating: "n", count: length)
    var headers = HTTPHeaders([.init(name: name, value: "1")])
    #expect(headers[name.uppercased()] == "1")
    #expect(headers[name + "n"] == nil)
    headers[name] = nil
    #expect(headers[name] == nil)
    #expect(headers == [:])
    headers[name] = "2"
    #expect(!headers.repeats(name))
    headers.append(name.uppercased(), "3")
    #expect(headers.values(name) == ["2", "3"])
    #expect(headers.repeats(name) && !headers.repeats("other"))
  }
}
