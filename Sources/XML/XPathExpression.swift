import CLibXML2
import Synchronization

/// A compiled XPath 1.0 expression, to be evaluated over any number of documents.
package final class XPathExpression: Sendable {
  /// The expression as it was written.
  package let source: String
  /// Behind a lock, since evaluation writes to it: libxml2 keeps in it which functions it has looked up.
  private let compiled: Mutex<Compiled>

  /// The longest expression, in bytes. An expression nests about as deep as it is long.
  package static let maximumLength = 4096

  /// `@unchecked Sendable`: nothing else holds the pointer.
  private struct Compiled: ~Copyable, @unchecked Sendable {
    let pointer: xmlXPathCompExprPtr

    deinit { xmlXPathFreeCompExpr(pointer) }
  }

  /// Compiles `source`.
  ///
  /// An expression that is accepted here can still fail over a document, but only for the types of its operands, as in
  /// `count('x')`, or for taking too many steps.
  /// - Throws: ``XMLError`` where it is not an XPath expression, or calls a function, uses a prefix or reads a variable
  ///   that does not exist.
  package init(_ source: String) throws(XMLError) {
    _ = LibXML.prepared
    guard source.utf8.count <= Self.maximumLength else {
      throw XMLError("the XPath has \(source.utf8.count) bytes; at most \(Self.maximumLength) are read")
    }
    guard !source.isEmpty else { throw Self.error("it is empty", in: source) }
    guard !source.utf8.contains(0) else { throw XMLError("a NUL character in an XPath") }
    let compiled = try XPathContext.borrowed(over: nil) { (context) throws(XMLError) in
      guard let compiled = xmlXPathCtxtCompile(context, source) else { throw Self.error(of: context, in: source) }
      return compiled
    }
    self.source = source
    self.compiled = Mutex(Compiled(pointer: compiled))
    if let cause = XPathNames.failure(in: source) { throw Self.error(cause, in: source) }
  }

  /// The expression `source`, compiled once: a scenario's are checked before it runs, and many of its steps have the same.
  /// - Throws: as ``init(_:)``.
  package static func compiled(_ source: String) throws(XMLError) -> XPathExpression {
    if let known = known.withLock({ $0[source] }) { return known }
    let expression = try XPathExpression(source)
    known.withLock { known in
      if known.count >= capacity { known.removeAll(keepingCapacity: true) }
      known[source] = expression
    }
    return expression
  }

  /// Emptied when full, which is cheaper than keeping an order of use, and rare.
  private static let known = Mutex<[String: XPathExpression]>([:])
  private static let capacity = 512

  /// The result, to be freed by the caller; `nil` where the context has an error.
  func evaluate(in context: xmlXPathContextPtr) -> xmlXPathObjectPtr? {
    var result: xmlXPathObjectPtr?
    compiled.withLock { result = xmlXPathCompiledEval($0.pointer, context) }
    return result
  }

  /// What the context says went wrong. libxml2 leaves out the message where a handler is set, so it is made here.
  static func error(of context: xmlXPathContextPtr, in source: String) -> XMLError {
    let code = UInt32(clamping: Int(context.pointee.lastError.code) - Int(XML_XPATH_EXPRESSION_OK.rawValue))
    let cause =
      switch xmlXPathError(rawValue: code) {
      case XPATH_UNFINISHED_LITERAL_ERROR, XPATH_START_LITERAL_ERROR: "a quote is not closed"
      case XPATH_INVALID_PREDICATE_ERROR: "a bracket is not closed"
      case XPATH_INVALID_TYPE, XPATH_INVALID_OPERAND: "an operand or argument is of the wrong type"
      case XPATH_MEMORY_ERROR: "out of memory"
      case XPATH_RECURSION_LIMIT_EXCEEDED: "it is nested too deeply"
      default: "not an XPath expression"
      }
    let offset = Int(context.pointee.lastError.int1)
    guard offset > 0, offset < source.utf8.count else { return error(cause, in: source) }
    return error(cause + " after `\(String(decoding: source.utf8.prefix(offset), as: UTF8.self))`", in: source)
  }

  private static func error(_ cause: String, in source: String) -> XMLError {
    XMLError("XPath `\(source)`: \(cause)")
  }
}
