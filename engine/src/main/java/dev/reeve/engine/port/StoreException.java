package dev.reeve.engine.port;

/// A store could not do what was asked. Which subclass it is decides what the engine does next.
public abstract sealed class StoreException extends Exception {
  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  private StoreException(String message) {
    super(message);
  }

  /// The database does not answer or failed in the middle. After a commit nobody knows whether it
  /// happened: reopen and compare positions.
  public static final class Unavailable extends StoreException {
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// No space left. Nothing of the commit happened.
  public static final class DiskFull extends StoreException {
    public DiskFull(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Somebody else owns the log now. Nothing of the commit happened, and nothing of ours ever will
  /// under this epoch.
  public static final class OwnershipLost extends StoreException {
    public OwnershipLost(String message) {
      super(message);
    }
  }

  /// Another process or node owns the log and is alive.
  public static final class OwnedElsewhere extends StoreException {
    public OwnedElsewhere(String message) {
      super(message);
    }
  }

  /// The data was written by a newer version of Reeve. Never touched.
  public static final class NewerFormat extends StoreException {
    public NewerFormat(String message) {
      super(message);
    }
  }

  /// The data is not what we wrote.
  public static final class Damaged extends StoreException {
    public Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
