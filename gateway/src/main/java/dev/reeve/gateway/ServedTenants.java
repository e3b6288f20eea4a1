package dev.reeve.gateway;

import dev.reeve.service.Caller;
import java.util.Set;

/// The tenants that routing and models serve.
///
/// @param allowed empty: all
public record ServedTenants(Set<String> allowed) {
  /// All of them.
  public static final ServedTenants ALL = new ServedTenants(Set.of());

  public ServedTenants {
    allowed = Set.copyOf(allowed);
  }

  /// Whether a tenant is served.
  public boolean serves(String tenant) {
    return allowed.isEmpty() || allowed.contains(tenant);
  }

  /// The caller for the tenant that a field of a request names.
  ///
  /// @throws dev.reeve.base.ProblemException `TENANT_INVALID` or `TENANT_FORBIDDEN`
  public Caller caller(Caller caller, String field, String tenant) {
    Caller chosen = TenantChoice.of(caller, field, tenant);
    if (!serves(chosen.tenant())) {
      throw GatewayProblems.TENANT_FORBIDDEN
          .field(field, chosen.tenant(), "a tenant that is served here")
          .with("field", field)
          .toException();
    }
    return chosen;
  }
}
