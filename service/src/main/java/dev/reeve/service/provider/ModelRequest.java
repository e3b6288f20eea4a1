package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import java.time.Duration;
import java.util.Objects;

/// What a provider is asked.
///
/// @param operation which API
/// @param model name of the model as the provider knows it
/// @param body the request in the JSON of the OpenAI API; its `model` and `stream` are those of the
///   call already
/// @param timeout longest time until the whole answer, or until a stream begins and between its
///   chunks
/// @param tenant whose call it is, for providers that ask
/// @param traceId trace of the caller, to be handed on; may be empty
public record ModelRequest(
    ModelOperation operation,
    String model,
    Bytes body,
    Duration timeout,
    String tenant,
    String traceId) {
  public ModelRequest {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(traceId, "traceId");
  }
}
