package dev.reeve.service;

import java.util.List;

/// Who calls, for which tenant, by which API. Made by the identity station; every use case gets
/// one.
///
/// @param principal who it is
/// @param role what they may do at most
/// @param localOperator whether it is the operator: on loopback without a key, or by a key that is
///   marked as theirs
/// @param tenant the tenant selected for this call, one that the principal may act for
/// @param project project within it; empty for the default
/// @param dialect short name of the API
/// @param traceId the caller's trace, or one made for it
/// @param address peer address without port, for limits and logs
/// @param clientId how the client calls itself, which proves nothing; empty when it does not
/// @param tenants the tenants that the principal may act for besides the selected one, which may be
///   among them
public record Caller(
    String principal,
    Role role,
    boolean localOperator,
    String tenant,
    String project,
    String dialect,
    String traceId,
    String address,
    String clientId,
    List<String> tenants) {
  private static final int CLIENT_ID_LENGTH_MAX = 256;

  /// Name of the operator who needs no credential, because they sit at this machine.
  public static final String LOCAL_OPERATOR = "local-operator";

  /// Name of whoever sends messages on the bus.
  public static final String BUS = "bus";

  /// Name of whoever needs no identity: for health and reflection.
  public static final String ANONYMOUS = "anonymous";

  /// Principals that no credential can be for.
  public static final List<String> RESERVED = List.of(LOCAL_OPERATOR, BUS, ANONYMOUS);

  /// The tenant of whoever names none.
  public static final String TENANT_DEFAULT = "default";

  public Caller {
    tenants = List.copyOf(tenants);
  }

  /// Somebody of one tenant.
  public Caller(
      String principal,
      Role role,
      boolean localOperator,
      String tenant,
      String project,
      String dialect,
      String traceId,
      String address,
      String clientId) {
    this(
        principal,
        role,
        localOperator,
        tenant,
        project,
        dialect,
        traceId,
        address,
        clientId,
        List.of());
  }

  public static Caller localOperator(
      String tenant, String project, String dialect, String traceId, String address) {
    return new Caller(
        LOCAL_OPERATOR, Role.ADMIN, true, tenant, project, dialect, traceId, address, "");
  }

  /// Whoever sends messages on the bus, for the tenant that the message names.
  public static Caller onBus(String tenant, String dialect, String traceId) {
    return new Caller(BUS, Role.USER, false, tenant, "", dialect, traceId, BUS, "");
  }

  /// Whether the call came as a message of the bus. No socket has such an address.
  public boolean isOnBus() {
    return address.equals(BUS);
  }

  /// Where the principal is at home, whichever tenant this call is for. With its name that is who
  /// somebody is: two tenants may call two people the same.
  public String home() {
    return tenants.isEmpty() ? tenant : tenants.getFirst();
  }

  /// Whether the principal may act for a tenant.
  public boolean mayActFor(String other) {
    return localOperator || tenant.equals(other) || tenants.contains(other);
  }

  /// The same caller, whose jobs belong to this API.
  public Caller withDialect(String name) {
    return new Caller(
        principal, role, localOperator, tenant, project, name, traceId, address, clientId, tenants);
  }

  /// The same caller in another trace.
  public Caller withTraceId(String trace) {
    return new Caller(
        principal,
        role,
        localOperator,
        tenant,
        project,
        dialect,
        trace,
        address,
        clientId,
        tenants);
  }

  public Caller withTenant(String selected) {
    return new Caller(
        principal,
        role,
        localOperator,
        selected,
        project,
        dialect,
        traceId,
        address,
        clientId,
        tenants);
  }

  public Caller withProject(String selected) {
    return new Caller(
        principal,
        role,
        localOperator,
        tenant,
        selected,
        dialect,
        traceId,
        address,
        clientId,
        tenants);
  }

  /// The same caller, by the name that its client gives itself. One that is longer than any name in
  /// a signal of consent is none.
  public Caller withClientId(String named) {
    String own = named.strip();
    boolean none = own.length() > CLIENT_ID_LENGTH_MAX || own.equals(principal);
    return new Caller(
        principal,
        role,
        localOperator,
        tenant,
        project,
        dialect,
        traceId,
        address,
        none ? "" : own,
        tenants);
  }
}
