import CLibXML2
import Synchronization

/// A parsed document: a tree of values, and XPath over it.
///
/// Parsing is safe by construction. Nothing is fetched, and a document with a type declaration is refused where that
/// begins: even with network access off, libxml2 expands entities quadratically when content is read, and with
/// substitution on it reads local files. Only UTF-8 is read, whatever the XML declaration says.
package final class XMLDocument: Sendable {
  /// The document's element, with its namespaces.
  package let root: XMLElement
  private let tree: Mutex<LibXMLTree>

  /// Parses `bytes`.
  /// - Throws: ``XMLError`` with line and column where they are not well-formed XML, have a document type declaration or
  ///   an unbound prefix, or exceed `limits`.
  package init(parsing bytes: [UInt8], limits: XMLLimits = .default) throws(XMLError) {
    let tree = try LibXMLTree(parsing: bytes, limits: limits)
    root = try tree.rootElement(limits: limits)
    tree.stripElementNamespaces()
    self.tree = Mutex(tree)
  }

  /// Parses `bytes`.
  /// - Throws: ``XMLError``.
  package convenience init(parsing bytes: some Collection<UInt8>, limits: XMLLimits = .default) throws(XMLError) {
    try self.init(parsing: Array(bytes), limits: limits)
  }

  /// Evaluates `expression` over the document.
  ///
  /// Elements are in no namespace here, so that AWS's default namespaces do not force prefixes on whoever writes
  /// `//Role/Arn`; `name()` is the local name, and `namespace-uri()` is empty. Attributes keep theirs, and `xsi` is bound:
  /// `//Grantee/@xsi:type`.
  /// - Throws: ``XMLError`` where the evaluation fails, takes too many steps or gives too much.
  package func evaluate(_ expression: XPathExpression) throws(XMLError) -> XPathValue {
    try withTree { (tree) throws(XMLError) in try tree.evaluate(expression) }
  }

  /// Compiles and evaluates `source`.
  /// - Throws: ``XMLError`` where it is not an XPath expression or its evaluation fails.
  package func evaluate(_ source: String) throws(XMLError) -> XPathValue {
    try evaluate(XPathExpression.compiled(source))
  }

  /// The text of the first node that `expression` selects, or the value it computes; `nil` where it selects nothing.
  /// - Throws: ``XMLError`` where the evaluation fails.
  package func string(_ expression: XPathExpression) throws(XMLError) -> String? {
    try withTree { (tree) throws(XMLError) in try tree.evaluate(expression, first: 1) }.string
  }

  /// The text of the first node that `source` selects, or the value it computes; `nil` where it selects nothing.
  /// - Throws: ``XMLError`` where it is not an XPath expression or its evaluation fails.
  package func string(_ source: String) throws(XMLError) -> String? {
    try string(XPathExpression.compiled(source))
  }

  /// A tree takes one evaluation at a time: libxml2 sorts and caches in it.
  private func withTree(
    _ body: (LibXMLTree) throws(XMLError) -> XPathValue
  ) throws(XMLError) -> XPathValue {
    try tree.withLock { (tree) throws(XMLError) in try body(tree) }
  }
}
