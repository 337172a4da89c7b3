import AWSAPI
import SigV4
import Threads

/// What every run needs and a process makes once, made on a thread of its own while the scenario files are read: libcrypto
/// alone takes as long to begin as the files take to be read.
package struct Preparation: Sendable {
  private let thread: Thread?

  /// Begins. Where there is no thread to be had, all is made when it is first needed.
  package init() {
    thread = Thread {
      DigestAlgorithm.prepare()
      Catalogue.prepare()
    }
  }

  /// To be called once, before the process may end: libcrypto must not be taken down while it is being set up.
  package func wait() { thread?.join() }
}
