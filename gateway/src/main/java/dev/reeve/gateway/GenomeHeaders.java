package dev.reeve.gateway;

import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.grpc.Metadata;
import java.util.List;
import java.util.function.BiConsumer;

/// Tells under which genome a call was answered: `genome-id` and `genome-version`, in the initial
/// metadata and in the trailers of every governed call, and in the headers of every HTTP answer of
/// one. Safe on any thread.
final class GenomeHeaders {
  private static final Metadata.Key<String> ID =
      Metadata.Key.of("genome-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> VERSION =
      Metadata.Key.of("genome-version", Metadata.ASCII_STRING_MARSHALLER);

  private final GovernanceStation governance;
  private volatile Encoded encoded = new Encoded(GovernanceStation.GenomeInForce.NONE);

  /// The entries of a genome, as bytes already: they stand in every answer twice.
  private static final class Encoded {
    private final GovernanceStation.GenomeInForce genome;
    private final Metadata entries = new Metadata();

    private Encoded(GovernanceStation.GenomeInForce genome) {
      this.genome = genome;
      if (!genome.id().isEmpty()) {
        entries.put(ID, genome.id());
        entries.put(VERSION, ascii(genome.version()));
      }
    }
  }

  GenomeHeaders(GovernanceStation governance) {
    this.governance = governance;
  }

  /// Adds them; none when no genome is in force.
  Metadata on(Metadata metadata) {
    GovernanceStation.GenomeInForce genome = governance.genome();
    if (!genome.id().isEmpty() && !metadata.containsKey(ID)) {
      Encoded known = encoded;
      if (!known.genome.equals(genome)) {
        known = new Encoded(genome);
        encoded = known;
      }
      metadata.merge(known.entries);
    }
    return metadata;
  }

  /// Adds them to the head of an HTTP answer that does not say them: of a refusal at the door, of a
  /// stream, of what several calls made.
  ResponseHeaders on(ResponseHeaders headers) {
    if (headers.status().isInformational() || headers.contains(ID.name())) {
      return headers;
    }
    Metadata entries = on(new Metadata());
    if (!entries.containsKey(ID)) {
      return headers;
    }
    ResponseHeadersBuilder out = headers.toBuilder();
    copy(entries, (name, value) -> out.set(name, value));
    return out.build();
  }

  /// Hands on the entries that an answer has; none when it has none.
  static void copy(Metadata answer, BiConsumer<String, String> headers) {
    for (Metadata.Key<String> key : List.of(ID, VERSION)) {
      String value = answer.get(key);
      if (value != null) {
        headers.accept(key.name(), value);
      }
    }
  }

  /// A version is any text; metadata takes printable ASCII alone.
  private static String ascii(String version) {
    for (int i = 0; i < version.length(); i++) {
      char c = version.charAt(i);
      if (c < 0x20 || c >= 0x7f) {
        return version.replaceAll("[^\\x20-\\x7e]", "?");
      }
    }
    return version;
  }
}
