package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// The way to a provider that is a service of its own, `beamline.provider.v1`. Safe on any thread;
/// calls block. An implementation throws nothing for what goes wrong outside, and never makes a
/// call twice.
public interface ProviderLink extends AutoCloseable {
  /// What it is asked.
  ///
  /// @param callId of this call
  /// @param traceId may be empty
  /// @param body a request in the JSON of the OpenAI API
  /// @param parameters some of its members as texts, for services that read no body
  /// @param timeout until the whole answer, or until a stream begins and between its chunks
  record Call(
      String callId,
      String tenant,
      String traceId,
      Bytes body,
      Map<String, String> parameters,
      Duration timeout) {
    public Call {
      Objects.requireNonNull(callId, "callId");
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(traceId, "traceId");
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(timeout, "timeout");
      parameters = Map.copyOf(parameters);
    }
  }

  /// What came of a call for a whole answer.
  sealed interface Reply {
    /// The service answered, well or not.
    ///
    /// @param status `success`, `error` or `timeout`
    /// @param costUsd what it says that it takes for the call; 0 when it does not say
    record Answered(
        String status,
        Bytes body,
        Map<String, String> metadata,
        double costUsd,
        String errorCode,
        String errorMessage)
        implements Reply {
      public Answered {
        metadata = Map.copyOf(metadata);
      }
    }

    /// It did not.
    record Failed(ProviderFailure failure) implements Reply {}
  }

  /// What comes next of a stream.
  sealed interface Chunk {
    /// A piece of the answer: a chunk in the JSON of the OpenAI API, or words.
    record Data(Bytes data) implements Chunk {}

    /// The stream is whole; there is nothing after this.
    ///
    /// @param metadata of the last chunk; a `status` in it other than `success` is a failure
    record Done(Map<String, String> metadata) implements Chunk {
      public Done {
        metadata = Map.copyOf(metadata);
      }
    }

    /// It broke off; there is nothing after this.
    record Failed(ProviderFailure failure) implements Chunk {}
  }

  /// A stream as it comes. Read by one thread, closed by any.
  interface Chunks extends AutoCloseable {
    /// Blocks until there is one or the time between two is over.
    Chunk next();

    /// Ends the call, whether it is over or not. Idempotent.
    @Override
    void close();
  }

  /// Asks for a whole answer.
  Reply invoke(Call call, CancelSignal cancel);

  /// Asks for a stream; whether it began is said by its first chunk.
  Chunks open(Call call, CancelSignal cancel);

  @Override
  void close();
}
