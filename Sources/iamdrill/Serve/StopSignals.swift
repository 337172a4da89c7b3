import Glibc

/// The signals that ask the process to end, waited for rather than handled: no code runs in a signal handler.
struct StopSignals {
  private var set = sigset_t()

  /// Holds the signals back from this thread and those that it starts.
  init() {
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits until one of them comes.
  func wait() {
    var set = set
    var number: Int32 = 0
    while sigwait(&set, &number) != 0 {}
  }

  /// Lets the next one end the process at once.
  func exitOnNext() {
    var set = set
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}
