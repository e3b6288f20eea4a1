package dev.reeve.routing;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One version of a routing policy: its source, and what was read from it. Immutable; made by
/// [RoutePolicyReader].
public final class RoutePolicy {
  /// The name by which a policy is looked for when a request names none.
  public static final String DEFAULT_ID = "default";

  private final String policyId;
  private final String tenantId;
  private final String schemaVersion;
  private final Map<String, Object> source;
  private final String hash;
  private final long number;
  private final PolicyBody body;

  RoutePolicy(
      String policyId,
      String tenantId,
      String schemaVersion,
      Map<String, Object> source,
      PolicyBody body) {
    this(
        policyId,
        tenantId,
        schemaVersion,
        source,
        Sha256.of(Bytes.utf8(RouteJson.write(source))).hex(),
        0,
        body);
  }

  private RoutePolicy(
      String policyId,
      String tenantId,
      String schemaVersion,
      Map<String, Object> source,
      String hash,
      long number,
      PolicyBody body) {
    this.policyId = policyId;
    this.tenantId = tenantId;
    this.schemaVersion = schemaVersion;
    this.source = source;
    this.hash = hash;
    this.number = number;
    this.body = body;
  }

  /// The name it is kept under.
  public String policyId() {
    return policyId;
  }

  /// The only tenant it is for; empty when it is for every tenant.
  public String tenantId() {
    return tenantId;
  }

  /// The version of the language it is written in, such as `1.0`.
  public String schemaVersion() {
    return schemaVersion;
  }

  /// Its source as compact JSON, members ascending.
  public String sourceJson() {
    return RouteJson.write(source);
  }

  /// Hex SHA-256 of [#sourceJson].
  public String hash() {
    return hash;
  }

  /// Its number in the store, from 1; 0 before it was put there.
  public long number() {
    return number;
  }

  /// Whether it calls extensions, so that a decision may block.
  public boolean hasExtensions() {
    return !body.pipeline().isEmpty();
  }

  /// The providers it weighs, ids ascending.
  public List<String> providerIds() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < body.targets().count(); i++) {
      if (body.targets().at(i).listed()) {
        ids.add(body.targets().at(i).id());
      }
    }
    return ids;
  }

  /// What may be a mistake but is none by the contract: providers that it names and does not list.
  public List<PolicyError> warnings() {
    return UnlistedProviders.warnings(source, providerIds());
  }

  /// What its extensions cost.
  public PolicyComplexity complexity() {
    return PolicyComplexity.of(
        body.pipeline().pre().size(),
        body.pipeline().validators().size(),
        body.pipeline().post().size());
  }

  /// The short form of the administration API. The full source stays the truth: what the short form
  /// has no place for is left out.
  public AdminRoutePolicy toAdmin() {
    return AdminProjection.of(policyId, source, body);
  }

  RoutePolicy withNumber(long version) {
    Check.argument(version >= 1, "version: %s (expected: >= 1)", version);
    return new RoutePolicy(policyId, tenantId, schemaVersion, source, hash, version, body);
  }

  PolicyBody body() {
    return body;
  }

  @Override
  public String toString() {
    return "RoutePolicy[" + tenantId + "/" + policyId + " " + number + "]";
  }
}
