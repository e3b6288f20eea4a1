package dev.reeve.routing;

/// Calls extensions: the router's only way out. Blocks, with tries, timeouts and waits of its own;
/// called on the thread that asked for the decision.
public interface ExtensionCaller {
  /// None is at hand: what a command without a bus uses.
  ExtensionCaller NONE =
      call ->
          new ExtensionReply.Failed(
              ExtensionReply.Failure.UNAVAILABLE,
              "extension " + call.id() + " cannot be reached (expected: a bus)");

  /// Never throws for what the extension does; that is an [ExtensionReply.Failed].
  ExtensionReply call(ExtensionCall call);
}
