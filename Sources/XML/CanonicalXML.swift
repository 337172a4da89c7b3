import CLibXML2
import Synchronization

/// A document whose elements can be written in their canonical form, which is what signatures are made over.
package final class CanonicalXML: Sendable {
  /// The document's element, with its namespaces.
  package let root: XMLElement
  private let tree: Mutex<LibXMLTree>

  /// An element by the way to it: the position among the child elements at each level, from the document's element, whose own
  /// path is empty.
  package typealias Path = [Int]

  /// Parses `bytes`, as ``XMLDocument`` does.
  /// - Throws: ``XMLError``.
  package init(parsing bytes: [UInt8], limits: XMLLimits = .default) throws(XMLError) {
    let tree = try LibXMLTree(parsing: bytes, limits: limits)
    root = try tree.rootElement(limits: limits)
    self.tree = Mutex(tree)
  }

  /// The element at `path` with all below it, in the exclusive canonical form without comments
  /// (https://www.w3.org/TR/xml-exc-c14n/).
  /// - Parameters:
  ///   - left: an element that is left out, with all below it: an enveloped signature.
  ///   - inclusivePrefixes: those of the `InclusiveNamespaces` that the signature lists.
  /// - Throws: ``XMLError`` where no element stands at `path`.
  package func exclusiveForm(
    of path: Path, without left: Path? = nil, inclusivePrefixes: [String] = []
  ) throws(XMLError) -> [UInt8] {
    let result: Result<[UInt8], XMLError> = tree.withLock { tree in
      do throws(XMLError) {
        return .success(try tree.exclusiveForm(of: path, without: left, inclusivePrefixes: inclusivePrefixes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// What is to be written, as libxml2 asks about node by node.
private struct VisibleSubtree {
  var top: xmlNodePtr
  var excluded: xmlNodePtr?
}

/// Whether `node` lies within the subtree. For a namespace, `parent` is the element that it is in force at.
private nonisolated func isVisible(
  _ context: UnsafeMutableRawPointer?, _ node: xmlNodePtr?, _ parent: xmlNodePtr?
) -> Int32 {
  guard let subtree = context?.assumingMemoryBound(to: VisibleSubtree.self).pointee, let node else { return 0 }
  // A namespace is no node of the tree; the field that tells is at the same place in both structures.
  var current: xmlNodePtr? = node.pointee.type == XML_NAMESPACE_DECL ? parent : node
  while let candidate = current {
    if candidate == subtree.excluded { return 0 }
    if candidate == subtree.top { return 1 }
    current = candidate.pointee.parent
  }
  return 0
}

extension LibXMLTree {
  fileprivate func exclusiveForm(
    of path: CanonicalXML.Path, without left: CanonicalXML.Path?, inclusivePrefixes: [String]
  ) throws(XMLError) -> [UInt8] {
    guard let top = node(at: path) else { throw XMLError("there is no element at \(path)") }
    var subtree = VisibleSubtree(top: top, excluded: left.flatMap(node(at:)))
    var prefixes: [UnsafeMutablePointer<xmlChar>?] = inclusivePrefixes.map { xmlStrdup($0) } + [nil]
    defer { for prefix in prefixes { iamdrill_xml_free(prefix) } }
    guard let buffer = xmlAllocOutputBuffer(nil) else { throw XMLError("out of memory") }
    defer { xmlOutputBufferClose(buffer) }
    let written = withUnsafeMutablePointer(to: &subtree) { subtree in
      xmlC14NExecute(
        document, isVisible, subtree, Int32(XML_C14N_EXCLUSIVE_1_0.rawValue), &prefixes, 0, buffer)
    }
    guard written >= 0, xmlOutputBufferFlush(buffer) >= 0, let bytes = xmlOutputBufferGetContent(buffer) else {
      throw XMLError("the element has no canonical form")
    }
    return Array(UnsafeBufferPointer(start: bytes, count: xmlOutputBufferGetSize(buffer)))
  }

  private func node(at path: CanonicalXML.Path) -> xmlNodePtr? {
    var node = xmlDocGetRootElement(document)
    for position in path {
      var child = node.flatMap { xmlFirstElementChild($0) }
      for _ in 0..<position { child = child.flatMap { xmlNextElementSibling($0) } }
      node = child
    }
    return node
  }
}
