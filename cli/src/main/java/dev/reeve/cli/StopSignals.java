package dev.reeve.cli;

/// How a long command learns that it should end in order.
public interface StopSignals {
  /// Runs the action when the process is asked to end, on another thread, which waits until the
  /// action is done. Closing the registration withdraws it.
  Registration onStop(Runnable action);

  /// The signals of this process: SIGTERM, SIGINT, SIGHUP.
  static StopSignals system() {
    return action -> {
      Thread hook = new Thread(action, "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      return () -> {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
          // The process is ending already, so the hook has run or is running.
        }
      };
    };
  }

  /// An action that waits for the signal.
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
