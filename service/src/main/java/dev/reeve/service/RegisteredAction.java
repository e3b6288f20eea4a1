package dev.reeve.service;

/// What governance knows of a method before it is called. A method without one is refused.
///
/// @param id stable name, `action:AREA:VERB`
/// @param sideEffect whether it changes anything
/// @param risk how bad a wrong call is
/// @param mode where its handler runs
/// @param requestBytesMax largest request message in bytes
/// @param access who may call it
public record RegisteredAction(
    String id, boolean sideEffect, Risk risk, Mode mode, int requestBytesMax, Access access) {
  /// How bad a wrong call is.
  public enum Risk {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /// Where the handler runs.
  public enum Mode {
    /// On the event loop: never blocks, never waits for a lock, does no I/O.
    INLINE,
    /// On a virtual thread of its own.
    BLOCKING,
    /// Starts a virtual thread itself once it has the request. What comes before it, the look into
    /// the request, runs on another one, unless who calls has chosen a thread by the request's
    /// size: our own HTTP port does.
    STARTING
  }

  /// Who may call.
  public enum Access {
    /// Anybody, unidentified too: health and reflection.
    PUBLIC,
    READ,
    WRITE,
    ADMIN,
    /// The operator: what concerns every tenant. A key reaches it when it is marked as theirs.
    OPERATOR
  }

  /// Whether it does more than answer. A question that leaves its receipt behind changes nothing
  /// else.
  public boolean changes() {
    return sideEffect && risk != Risk.LOW;
  }

  public static RegisteredAction read(String id, Mode mode) {
    return new RegisteredAction(id, false, Risk.LOW, mode, 1024 * 1024, Access.READ);
  }

  public static RegisteredAction write(String id, Mode mode) {
    return new RegisteredAction(id, true, Risk.HIGH, mode, 1024 * 1024, Access.WRITE);
  }

  /// The same for the operator alone.
  public RegisteredAction ofOperator() {
    return new RegisteredAction(id, sideEffect, risk, mode, requestBytesMax, Access.OPERATOR);
  }

  public RegisteredAction withRequestBytesMax(int bytes) {
    return new RegisteredAction(id, sideEffect, risk, mode, bytes, access);
  }
}
