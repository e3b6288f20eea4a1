package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.service.route.RoutePolicyBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Routing policies with their versions in `DATA/routing`, a file for each policy. Called by one
/// thread at a time.
final class RoutePolicyFiles implements RoutePolicyBook {
  private static final int SIZE_MAX = 128 * 1024 * 1024;
  private static final int NAME_LENGTH = 32;

  private final Path folder;

  RoutePolicyFiles(Path data) {
    folder = data.resolve("routing");
  }

  @Override
  public List<Kept> read() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Kept> kept = new ArrayList<>();
    for (Path file : files) {
      Bytes bytes =
          GovernanceFiles.read(file, SIZE_MAX)
              .orElseThrow(() -> new IOException(file + " is gone"));
      try {
        kept.add(decode(CanonicalReader.object(bytes)));
      } catch (CanonicalFormatException | IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return kept;
  }

  @Override
  public void write(Kept policy) throws IOException {
    GovernanceFiles.writeDurably(file(policy), encode(policy));
  }

  /// Tenants may have any name, so the file is named after a hash.
  private Path file(Kept policy) {
    Bytes name = Sha256.of(Bytes.utf8(policy.tenantId() + "\n" + policy.policyId()));
    return folder.resolve(name.hex().substring(0, NAME_LENGTH) + ".json");
  }

  private static Bytes encode(Kept policy) {
    CanonicalWriter out =
        new CanonicalWriter()
            .beginObject()
            .member("policy", policy.policyId())
            .member("tenant", policy.tenantId())
            .key("versions")
            .beginArray();
    for (PolicyVersion version : policy.versions()) {
      out.beginObject()
          .member("at", version.changedAtMs())
          .member("by", version.changedBy())
          .member("note", version.note())
          .member("number", version.number())
          .member("source", version.policy().map(RoutePolicy::sourceJson).orElse(""))
          .endObject();
    }
    return out.endArray().endObject().toBytes();
  }

  private static Kept decode(CanonicalObject kept) {
    String policyId = kept.text("policy");
    List<PolicyVersion> versions = new ArrayList<>();
    for (CanonicalObject version : kept.objects("versions")) {
      String source = version.text("source");
      versions.add(
          new PolicyVersion(
              version.number("number"),
              source.isEmpty() ? Optional.empty() : Optional.of(policy(policyId, source)),
              version.number("at"),
              version.text("by"),
              version.text("note")));
    }
    return new Kept(kept.text("tenant"), policyId, versions);
  }

  private static RoutePolicy policy(String policyId, String source) {
    return switch (RoutePolicyReader.read(policyId, source)) {
      case PolicyReading.Valid(RoutePolicy policy) -> policy;
      case PolicyReading.Invalid(var errors) ->
          throw new IllegalArgumentException(policyId + " " + errors.getFirst());
    };
  }
}
