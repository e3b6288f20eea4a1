package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobKey;
import dev.reeve.service.JobReader;
import dev.reeve.service.PointerStore;
import java.util.Optional;

/// Finds the input to which a packet points: what was kept under the pointer, or the input of the
/// job that it names. Blocks.
final class ContextResolver {
  private final PointerStore pointers;
  private final JobReader reader;

  ContextResolver(PointerStore pointers, JobReader reader) {
    this.pointers = pointers;
    this.reader = reader;
  }

  /// @param unread whether the pointer leads to nothing that can be read here
  record Context(Bytes bytes, boolean unread) {}

  /// @throws dev.reeve.base.ProblemException when a store does not answer
  Context resolve(String tenant, String pointer) {
    if (pointer.isEmpty()) {
      return new Context(Bytes.EMPTY, false);
    }
    Optional<String> key = Pointers.key(pointer);
    return key.flatMap(known -> Pointers.find(pointers, tenant, known))
        .or(() -> key.flatMap(known -> ofJob(tenant, known)))
        .map(bytes -> new Context(bytes, false))
        .orElseGet(() -> new Context(Bytes.EMPTY, true));
  }

  private Optional<Bytes> ofJob(String tenant, String key) {
    return key.startsWith(Pointers.CONTEXT)
        ? reader
            .find(new JobKey(tenant, key.substring(Pointers.CONTEXT.length())))
            .map(view -> ContextBytes.of(view.admission().spec(), reader.payload(view)))
        : Optional.empty();
  }
}
