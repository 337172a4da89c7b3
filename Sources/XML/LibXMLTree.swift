import CLibXML2

/// libxml2's tree, owned: made by the parser, freed at the end.
///
/// `@unchecked Sendable`: nothing else holds the pointer, and ``XMLDocument`` keeps the tree behind a lock.
final class LibXMLTree: @unchecked Sendable {
  let document: xmlDocPtr

  /// libxml2 tries other encodings by the first bytes and by the declaration; `bytes` are known to be UTF-8.
  private static let options =
    XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_BIG_LINES.rawValue

  init(parsing bytes: [UInt8], limits: XMLLimits) throws(XMLError) {
    _ = LibXML.prepared
    try Self.checkBefore(bytes, limits: limits)
    guard let parser = xmlNewParserCtxt() else { throw XMLError("out of memory") }
    defer { xmlFreeParserCtxt(parser) }
    var report = iamdrill_xml_report()
    document = try withUnsafeMutablePointer(to: &report) { (report) throws(XMLError) -> xmlDocPtr in
      iamdrill_xml_attach(parser, report)
      let parsed = bytes.withUnsafeBytes { buffer in
        xmlCtxtReadMemory(
          parser, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), nil, nil, Int32(Self.options))
      }
      do throws(XMLError) {
        return try Self.accepted(parsed, by: parser, report.pointee)
      } catch {
        xmlFreeDoc(parsed)
        throw error
      }
    }
  }

  deinit { xmlFreeDoc(document) }

  private static func checkBefore(_ bytes: [UInt8], limits: XMLLimits) throws(XMLError) {
    guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
      throw XMLError("the document has \(bytes.count) bytes; at most \(limits.bytes) are read")
    }
    guard !bytes.isEmpty else { throw XMLError("the document is empty", line: 1, column: 1) }
    let failure = bytes.withUnsafeBufferPointer { XMLPreflight.failure(in: $0, limits: limits) }
    if let failure { throw failure }
  }

  private static func accepted(
    _ parsed: xmlDocPtr?, by parser: xmlParserCtxtPtr, _ report: iamdrill_xml_report
  ) throws(XMLError) -> xmlDocPtr {
    guard report.has_doctype == 0, parsed?.pointee.intSubset == nil, parsed?.pointee.extSubset == nil else {
      throw XMLError("a document type declaration is not accepted", line: max(1, Int(report.line)))
    }
    guard let parsed, parser.pointee.wellFormed != 0, parser.pointee.nsWellFormed != 0 else {
      throw withUnsafePointer(to: report) { report in
        XMLError(
          LibXML.firstLine(iamdrill_xml_report_message(report)) ?? "not well-formed XML",
          line: report.pointee.line > 0 ? Int(report.pointee.line) : nil,
          column: report.pointee.column > 0 ? Int(report.pointee.column) : nil)
      }
    }
    return parsed
  }

  /// Takes every element out of its namespace, so that XPath needs no prefixes. Iterative: the depth is the input's.
  /// The declarations themselves stay with the elements, and attributes keep pointing to them.
  func stripElementNamespaces() {
    var pending = [xmlDocGetRootElement(document)].compactMap { $0 }
    while let node = pending.popLast() {
      node.pointee.ns = nil
      var child = node.pointee.children
      while let current = child {
        if current.pointee.type == XML_ELEMENT_NODE { pending.append(current) }
        child = current.pointee.next
      }
    }
  }
}
