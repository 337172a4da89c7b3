import CLibXML2

/// What holds for every use of libxml2.
enum LibXML {
  /// Read before the first call, so that threads do not race for libxml2's own initialization.
  static let prepared: Void = {
    xmlInitParser()
    iamdrill_xml_silence()
  }()

  /// The first line of what libxml2 says; its messages end with a line feed, and some show an excerpt below.
  static func firstLine(_ message: UnsafePointer<CChar>?) -> String? {
    guard let message else { return nil }
    return String(cString: message).split(separator: "\n").first.map(String.init)
  }
}
