package dev.reeve.engine;

/// Whether the writer can write.
///
/// @param state what it does
/// @param reason safe text; empty while all is well
public record WriterHealth(State state, String reason) {
  public static final WriterHealth OK = new WriterHealth(State.WRITING, "");

  /// What the writer does.
  public enum State {
    /// Commands are taken and committed.
    WRITING,
    /// The store does not answer; commands are refused at once, reads go on.
    STORE_DOWN,
    /// No space; only what ends jobs is taken.
    STORE_FULL,
    /// Another node owns the log, or the data is damaged: this writer never writes again.
    STOPPED
  }
}
