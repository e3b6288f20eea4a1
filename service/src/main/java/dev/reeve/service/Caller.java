package dev.reeve.service;

/// Who calls, for which tenant, by which API. Made by the identity station; every use case gets
/// one.
///
/// @param principal who it is
/// @param role what they may do at most
/// @param localOperator whether it is the unauthenticated operator on loopback
/// @param tenant the tenant selected for this call, one that the principal may act for
/// @param project project within it; empty for the default
/// @param dialect short name of the API
/// @param traceId the caller's trace, or one made for it
/// @param address peer address without port, for limits and logs
/// @param clientId how the client calls itself, which proves nothing; empty when it does not
public record Caller(
    String principal,
    Role role,
    boolean localOperator,
    String tenant,
    String project,
    String dialect,
    String traceId,
    String address,
    String clientId) {
  private static final int CLIENT_ID_LENGTH_MAX = 256;

  /// Name of the operator who needs no credential, because they sit at this machine.
  public static final String LOCAL_OPERATOR = "local-operator";

  /// Name of whoever sends messages on the bus.
  public static final String BUS = "bus";

  /// The tenant of whoever names none.
  public static final String TENANT_DEFAULT = "default";

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

  /// The same caller, whose jobs belong to this API.
  public Caller withDialect(String name) {
    return new Caller(
        principal, role, localOperator, tenant, project, name, traceId, address, clientId);
  }

  public Caller withTenant(String selected) {
    return new Caller(
        principal, role, localOperator, selected, project, dialect, traceId, address, clientId);
  }

  public Caller withProject(String selected) {
    return new Caller(
        principal, role, localOperator, tenant, selected, dialect, traceId, address, clientId);
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
        none ? "" : own);
  }
}
