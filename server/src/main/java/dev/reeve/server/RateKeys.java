package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys of rates: of calls at the gateway, and of decisions at the router. Widest first: the
/// gateway, all tenants, the tenant, and then the policy's own.
final class RateKeys {
  static final ConfigKey CALLS =
      ConfigKey.of(
              "calls.rate",
              Kind.COUNT,
              "50",
              "Calls a second of one principal of one network; the operator of this machine and the"
                  + " bus have no limit.")
          .aliased("API_RATE_LIMIT_RPS");
  static final ConfigKey CALLS_BURST =
      ConfigKey.of(
              "calls.burst", Kind.COUNT, "100", "Calls of one principal at once after a pause.")
          .aliased("API_RATE_LIMIT_BURST");
  static final ConfigKey CALLS_IN_PROGRESS =
      ConfigKey.of(
          "calls.in_progress",
          Kind.COUNT,
          "5000",
          "Calls of one principal in progress, streams among them; callers without a key are one"
              + " together, and each of their networks has a tenth.");
  static final ConfigKey ROUTING =
      ConfigKey.of(
          "routing.rate.global",
          Kind.COUNT_OR_NONE,
          "0",
          "Routing decisions a second of all tenants together; 0 for no limit.");
  static final ConfigKey ROUTING_BURST =
      ConfigKey.of(
          "routing.rate.global_burst",
          Kind.COUNT_OR_NONE,
          "0",
          "Decisions at once after a pause; 0 for those of one second.");
  static final ConfigKey TENANT =
      ConfigKey.of(
          "routing.rate.tenant",
          Kind.COUNT_OR_NONE,
          "0",
          "Routing decisions a second of each tenant, over all its policies; 0 for no limit.");
  static final ConfigKey TENANT_BURST =
      ConfigKey.of(
          "routing.rate.tenant_burst",
          Kind.COUNT_OR_NONE,
          "0",
          "Decisions of a tenant at once after a pause; 0 for those of one second.");

  private RateKeys() {}
}
