import AWSAPI
import CLinux
import Glibc
import IAMPolicy
import Threads

/// What every run needs and a process makes once, made on a thread of its own while the scenario files are read.
package struct Preparation: Sendable {
  private let thread: Thread?

  /// As much of a heap as a run of the tutorial needs, in bytes.
  private static let heap = 3 << 19

  /// Begins. Where there is no thread to be had, all is made when it is first needed.
  /// - Parameter rehearses: whether the calls will be made to an embedded emulator, whose parts are then tried as well.
  package init(rehearses: Bool) {
    let heap = Stretch(start: iamdrill_grow_heap(Self.heap), end: sbrk(0))
    thread = Thread {
      iamdrill_populate_variables()
      iamdrill_populate(heap.start, heap.end)
      // The tables that the policies of the scenario are soon held against.
      _ = ServiceActions.exists("*", in: "s3")
      _ = S3ActionTargets.kind(of: "GetObject")
      Catalogue.prepare()
      if rehearses { Rehearsal.perform() }
    }
  }

  /// To be called once, before the process may end.
  package func wait() { thread?.join() }

  /// A part of the process's memory.
  ///
  /// `@unchecked Sendable`: nobody reads or writes by these pointers.
  private struct Stretch: @unchecked Sendable {
    var start: UnsafeMutableRawPointer?
    var end: UnsafeMutableRawPointer?
  }
}
