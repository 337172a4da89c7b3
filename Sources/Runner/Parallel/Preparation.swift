import AWSAPI
import Threads

/// What every run needs and a process makes once, made on a thread of its own while the scenario files are read.
package struct Preparation: Sendable {
  private let thread: Thread?

  /// Begins. Where there is no thread to be had, all is made when it is first needed.
  /// - Parameter rehearses: whether the calls will be made to an embedded emulator, whose parts are then tried as well.
  package init(rehearses: Bool) {
    thread = Thread {
      Catalogue.prepare()
      if rehearses { Rehearsal.perform() }
    }
  }

  /// To be called once, before the process may end.
  package func wait() { thread?.join() }
}
