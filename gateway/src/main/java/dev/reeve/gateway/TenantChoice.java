package dev.reeve.gateway;

import dev.reeve.base.Ids;
import dev.reeve.service.Caller;

/// A request field that selects the tenant. It only selects among those the caller may act for: the
/// operator may act for every tenant, anybody else for those of their key.
public final class TenantChoice {
  private TenantChoice() {}

  /// The caller for the tenant that a field names; the caller as it is when the field is empty.
  ///
  /// @throws dev.reeve.base.ProblemException `TENANT_INVALID` or `TENANT_FORBIDDEN`
  public static Caller of(Caller caller, String field, String tenant) {
    if (tenant.isEmpty() || tenant.equals(caller.tenant())) {
      return caller;
    }
    if (!Ids.isTenant(tenant)) {
      throw GatewayProblems.TENANT_INVALID.field(field, tenant, Ids.TENANT_SHAPE).toException();
    }
    if (!caller.mayActFor(tenant)) {
      throw GatewayProblems.TENANT_FORBIDDEN
          .field(field, tenant, "a tenant of the credential")
          .toException();
    }
    return caller.withTenant(tenant);
  }
}
