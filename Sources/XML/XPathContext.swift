import CLibXML2
import Synchronization

/// What libxml2 compiles and evaluates XPath in, kept for the next expression: to make one, and to free it, takes several
/// times as long as most evaluations, because libxml2 registers every function of XPath in it.
///
/// `@unchecked Sendable`: whoever borrows it has it alone.
final class XPathContext: @unchecked Sendable {
  private let pointer: xmlXPathContextPtr

  private static let idle = Mutex<[XPathContext]>([])
  /// More than threads are likely to evaluate at the same time.
  private static let mostIdle = 64

  private init() throws(XMLError) {
    guard let pointer = xmlXPathNewContext(nil) else { throw XMLError("out of memory") }
    self.pointer = pointer
    iamdrill_xpath_silence(pointer)
    xmlXPathRegisterNs(pointer, "xsi", "http://www.w3.org/2001/XMLSchema-instance")
  }

  deinit { xmlXPathFreeContext(pointer) }

  /// Lends a context over `document`. One in which something has failed is not lent again: libxml2 leaves in it how deep
  /// it was.
  static func borrowed<R>(
    over document: xmlDocPtr?, _ body: (xmlXPathContextPtr) throws(XMLError) -> R
  ) throws(XMLError) -> R {
    let context: XPathContext
    if let kept = idle.withLock({ $0.popLast() }) { context = kept } else { context = try XPathContext() }
    context.pointer.pointee.doc = document
    let result = try body(context.pointer)
    context.pointer.pointee.doc = nil
    context.pointer.pointee.node = nil
    context.pointer.pointee.opCount = 0
    idle.withLock { if $0.count < mostIdle { $0.append(context) } }
    return result
  }
}
