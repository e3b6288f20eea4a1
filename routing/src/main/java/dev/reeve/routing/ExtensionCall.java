package dev.reeve.routing;

import java.util.Map;
import java.util.OptionalInt;

/// One call of an extension that a policy asks for.
///
/// @param payload the payload as the extension before left it, a JSON value
/// @param metadata context and message metadata so far, JSON values
/// @param config the policy's own settings for it, JSON values
/// @param timeoutMs per try, if the policy says so; else the registry's
/// @param retry further tries after a timeout, if the policy says so; else the registry's
/// @param remainingMs until the request's deadline; `Long.MAX_VALUE` without one
public record ExtensionCall(
    ExtensionType type,
    String id,
    String tenantId,
    String requestId,
    String traceId,
    Object payload,
    Map<String, Object> metadata,
    Map<String, Object> config,
    OptionalInt timeoutMs,
    OptionalInt retry,
    long remainingMs) {}
