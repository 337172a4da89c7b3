import CLibXML2
import Synchronization

/// A parsed document: a tree of values, and XPath over it.
///
/// Parsing is safe by construction. Nothing is fetched, entities are not expanded, and a document with a type
/// declaration is refused before any of its content is read: even with network access off, libxml2 expands entities
/// quadratically when content is read, and with substitution on it reads local files.
package final class XMLDocument: Sendable {
  /// The document's element, with its namespaces.
  package let root: XMLElement
  private let tree: Mutex<LibXMLTree>

  /// Parses `bytes`.
  /// - Throws: ``XMLError`` with line and column where they are not well-formed XML, have a document type declaration,
  ///   or exceed `limits`.
  package init(parsing bytes: [UInt8], limits: XMLLimits = .default) throws(XMLError) {
    let tree = try LibXMLTree(parsing: bytes, limits: limits)
    root = try tree.rootElement(limits: limits)
    tree.stripElementNamespaces()
    self.tree = Mutex(tree)
  }

  /// Evaluates `expression` over the document.
  ///
  /// Elements are in no namespace here, so that AWS's default namespaces do not force prefixes on whoever writes
  /// `//Role/Arn`. Attributes keep theirs, and `xsi` is bound: `//Grantee/@xsi:type`.
  /// - Throws: ``XMLError`` where the evaluation fails or takes too many steps.
  package func evaluate(_ expression: XPathExpression) throws(XMLError) -> XPathValue {
    let outcome: Result<XPathValue, XMLError> = tree.withLock { tree in
      do throws(XMLError) {
        return .success(try tree.evaluate(expression))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Compiles and evaluates `source`.
  /// - Throws: ``XMLError`` where it is not an XPath expression or its evaluation fails.
  package func evaluate(_ source: String) throws(XMLError) -> XPathValue {
    try evaluate(XPathExpression(source))
  }

  /// The text of the first node that `source` selects, or the value it computes; `nil` where it selects nothing.
  /// - Throws: ``XMLError`` where it is not an XPath expression or its evaluation fails.
  package func string(_ source: String) throws(XMLError) -> String? {
    try evaluate(source).string
  }
}
