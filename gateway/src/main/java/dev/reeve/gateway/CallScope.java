package dev.reeve.gateway;

import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import io.grpc.Context;
import io.grpc.Metadata;

/// What the chain found out about the call in progress, for its handler. Bound to the gRPC context
/// of the call; reading it outside of a governed call is a defect.
///
/// @param caller who calls, for which tenant
/// @param action the registered action of the method
/// @param headers request metadata as received
/// @param fullMethodName `PACKAGE.SERVICE/METHOD`
/// @param received what the boundary changed in the request
/// @param permit what the decision point allowed of it
public record CallScope(
    Caller caller,
    RegisteredAction action,
    Metadata headers,
    String fullMethodName,
    ReceivedTexts received,
    CallPermit permit) {
  static final Context.Key<CallScope> KEY = Context.key("reeve-call");

  /// Read for every call, and a key is costly to make.
  static final Metadata.Key<String> CLIENT_ID =
      Metadata.Key.of("client-id", Metadata.ASCII_STRING_MARSHALLER);

  /// @throws IllegalStateException outside of a governed call
  public static CallScope current() {
    CallScope scope = KEY.get();
    if (scope == null) {
      throw new IllegalStateException("no governed call in this context");
    }
    return scope;
  }

  /// First value of a metadata key; empty text when it is absent.
  public String header(String name) {
    return text(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  /// How the client calls itself; empty text when it does not.
  String clientId() {
    return text(CLIENT_ID);
  }

  private String text(Metadata.Key<String> key) {
    String value = headers.get(key);
    return value == null ? "" : value;
  }
}
