package dev.reeve.service.bus;

import java.util.Objects;

/// How the bus stands, and what happened on it since the start.
///
/// @param state of the connection
/// @param address of the broker, without credentials; `in-process` when there is none
/// @param trouble one sentence for people about what is not well; empty when all is
/// @param connects connections made; more than 1 means that some were lost
/// @param published messages sent, at most once and durable ones
/// @param publishFailures messages refused or not acknowledged
/// @param received messages handed to handlers
/// @param handlerFailures handlers that threw
/// @param dropped messages lost because a handler was too slow
/// @param slowSubscriptions subscriptions that lost messages within the last ten seconds
/// @param pending messages that wait for handlers
/// @param outstandingRequests requests without an answer so far
/// @param outstandingPublishes durable messages without an acknowledgement so far
public record BusHealth(
    State state,
    String address,
    String trouble,
    long connects,
    long published,
    long publishFailures,
    long received,
    long handlerFailures,
    long dropped,
    int slowSubscriptions,
    long pending,
    int outstandingRequests,
    int outstandingPublishes) {
  /// Of the connection.
  public enum State {
    /// Not connected since the start.
    CONNECTING,
    CONNECTED,
    /// Was connected and will be again.
    RECONNECTING,
    CLOSED
  }

  public BusHealth {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(trouble, "trouble");
  }

  /// What is not well, in one sentence for people; empty when all is.
  public String complaint() {
    return trouble.isEmpty() && slowSubscriptions > 0
        ? "the bus drops messages: subscriptions that are too slow: " + slowSubscriptions
        : trouble;
  }

  /// Whether messages go through.
  public boolean isConnected() {
    return state == State.CONNECTED;
  }
}
