package dev.reeve.service.route;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicies;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How versions of routing policies lie in the store: a document each, so that a change writes what
/// changes. Pure.
public final class RoutePolicyDocuments {
  /// How all their names begin.
  public static final String PREFIX = "route-policy/";

  /// Of the hash in a name, in hex digits.
  private static final int HASH_LENGTH = 32;

  private record Name(String tenantId, String policyId) {}

  private RoutePolicyDocuments() {}

  /// What a change of one policy does to the documents: puts the new versions, and drops those that
  /// are kept no longer, of this policy and of deleted ones that are forgotten for it.
  static List<DocumentChange> ofChange(
      RoutePolicies before, RoutePolicies after, String tenantId, String policyId) {
    List<DocumentChange> changes = new ArrayList<>();
    List<PolicyVersion> now = after.history(tenantId, policyId);
    List<PolicyVersion> then = before.history(tenantId, policyId);
    long known = then.isEmpty() ? 0 : then.getLast().number();
    for (PolicyVersion version : now) {
      if (version.number() > known) {
        changes.add(put(tenantId, policyId, version));
      }
    }
    long oldest = now.isEmpty() ? Long.MAX_VALUE : now.getFirst().number();
    drop(tenantId, policyId, then, oldest, changes);
    Set<String> stay = after.names(tenantId);
    for (String name : before.names(tenantId)) {
      if (!stay.contains(name)) {
        drop(tenantId, name, before.history(tenantId, name), Long.MAX_VALUE, changes);
      }
    }
    return changes;
  }

  private static void drop(
      String tenantId,
      String policyId,
      List<PolicyVersion> versions,
      long belowNumber,
      List<DocumentChange> changes) {
    for (PolicyVersion version : versions) {
      if (version.number() < belowNumber) {
        changes.add(new DocumentChange.Drop(name(tenantId, policyId, version.number())));
      }
    }
  }

  private static DocumentChange.Put put(String tenantId, String policyId, PolicyVersion version) {
    Bytes content =
        new CanonicalWriter()
            .beginObject()
            .member("at", version.changedAtMs())
            .member("by", version.changedBy())
            .member("note", version.note())
            .member("number", version.number())
            .member("policy", policyId)
            .member("source", version.policy().map(RoutePolicy::sourceJson).orElse(""))
            .member("tenant", tenantId)
            .endObject()
            .toBytes();
    long atMicros = Duration.ofMillis(version.changedAtMs()).toNanos() / 1_000;
    return new DocumentChange.Put(name(tenantId, policyId, version.number()), atMicros, content);
  }

  /// Tenants may have any name, so a document is named after a hash.
  private static String name(String tenantId, String policyId, long number) {
    String hash = Sha256.of(Bytes.utf8(tenantId + "\n" + policyId)).hex();
    return String.format(Locale.ROOT, "%s%s/%012d", PREFIX, hash.substring(0, HASH_LENGTH), number);
  }

  /// The policies that documents tell of, versions ascending.
  ///
  /// @throws IOException when there is one that this server does not understand
  static List<RoutePolicyHistory> read(RoutePolicyBook book) throws IOException {
    List<Bytes> documents = new ArrayList<>();
    book.read(documents::add);
    Map<Name, List<PolicyVersion>> policies = new LinkedHashMap<>();
    for (Bytes document : documents) {
      try {
        CanonicalObject kept = CanonicalReader.object(document);
        Name name = new Name(kept.text("tenant"), kept.text("policy"));
        policies.computeIfAbsent(name, _ -> new ArrayList<>()).add(version(name.policyId(), kept));
      } catch (CanonicalFormatException | IllegalArgumentException e) {
        throw new IOException("a version in the store: " + e.getMessage(), e);
      }
    }
    List<RoutePolicyHistory> histories = new ArrayList<>();
    policies.forEach((name, versions) -> {
      versions.sort(Comparator.comparingLong(PolicyVersion::number));
      histories.add(new RoutePolicyHistory(name.tenantId(), name.policyId(), versions));
    });
    return histories;
  }

  /// A version from the members `at`, `by`, `note`, `number` and `source`, which is empty for a
  /// deletion.
  ///
  /// @throws CanonicalFormatException when a member is missing
  /// @throws IllegalArgumentException when the source is no policy
  public static PolicyVersion version(String policyId, CanonicalObject kept) {
    String source = kept.text("source");
    return new PolicyVersion(
        kept.number("number"),
        source.isEmpty() ? Optional.empty() : Optional.of(policy(policyId, source)),
        kept.number("at"),
        kept.text("by"),
        kept.text("note"));
  }

  private static RoutePolicy policy(String policyId, String source) {
    return switch (RoutePolicyReader.read(policyId, source)) {
      case PolicyReading.Valid(RoutePolicy policy) -> policy;
      case PolicyReading.Invalid(var errors) ->
          throw new IllegalArgumentException(policyId + " " + errors.getFirst());
    };
  }
}
