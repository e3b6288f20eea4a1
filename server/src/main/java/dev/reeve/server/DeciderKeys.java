package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys of one decider outside of this process.
///
/// @param section `deciders.NAME`
record DeciderKeys(
    String section,
    ConfigKey address,
    ConfigKey failMode,
    ConfigKey tlsCa,
    ConfigKey tlsCert,
    ConfigKey tlsKey,
    ConfigKey tlsRequired,
    ConfigKey insecure) {
  static final DeciderKeys SAFETY_KERNEL =
      of(
          "deciders.safety_kernel",
          ConfigKey.of(
              "deciders.safety_kernel.address",
              Kind.TEXT,
              "",
              "HOST:PORT of another safety kernel that is asked about every job that our policy"
                  + " does not deny."),
          ConfigKey.choice(
                  "deciders.safety_kernel.fail_mode",
                  "While it does not answer: closed refuses jobs, open admits them with a mark.",
                  "closed",
                  "open")
              .aliased("POLICY_CHECK_FAIL_MODE"));

  static final DeciderKeys OUTPUT_POLICY =
      of(
          "deciders.output_policy",
          ConfigKey.of(
              "deciders.output_policy.address",
              Kind.TEXT,
              "",
              "HOST:PORT of another output policy that is asked about every result that ours lets"
                  + " go."),
          ConfigKey.choice(
              "deciders.output_policy.fail_mode",
              "While it does not answer: open lets results go, closed holds them back.",
              "open",
              "closed"));

  static final ConfigKey OPEN_TIME =
      ConfigKey.of(
          "deciders.open_time",
          Kind.DURATION,
          "30s",
          "How long a decider that failed three times in a row is not asked.");

  static final ConfigKey SAFETY_TIMEOUT =
      ConfigKey.of(
          "deciders.safety_kernel.timeout", Kind.DURATION, "2s", "Time for one of its answers.");

  static final ConfigKey SAFETY_TENANT_FAIL_MODES =
      ConfigKey.of(
          "deciders.safety_kernel.tenant_fail_modes",
          Kind.TEXT,
          "",
          "Fail modes of single tenants: TENANT=open or TENANT=closed, separated by commas.");

  static final ConfigKey OUTPUT_METADATA_TIMEOUT =
      ConfigKey.of(
          "deciders.output_policy.metadata_timeout",
          Kind.DURATION,
          "100ms",
          "Time for an answer without the content.");

  static final ConfigKey OUTPUT_CONTENT_TIMEOUT =
      ConfigKey.of(
          "deciders.output_policy.content_timeout",
          Kind.DURATION,
          "30s",
          "Time for an answer with the content.");

  private static DeciderKeys of(String section, ConfigKey address, ConfigKey failMode) {
    return new DeciderKeys(
        section,
        address,
        failMode,
        ConfigKey.of(
                section + ".tls_ca",
                Kind.PATH,
                "",
                "Certificates (PEM) that its own must come from; with it the connection is by TLS.")
            .aliased("SAFETY_KERNEL_TLS_CA"),
        ConfigKey.of(
            section + ".tls_cert", Kind.PATH, "", "Our certificate (PEM), if it asks for one."),
        ConfigKey.of(section + ".tls_key", Kind.PATH, "", "The key (PEM, PKCS 8) of tls_cert."),
        ConfigKey.choice(
                section + ".tls_required",
                "TLS also without tls_ca: by the authorities that Java trusts.",
                "false",
                "true")
            .aliased("SAFETY_KERNEL_TLS_REQUIRED"),
        ConfigKey.choice(
                section + ".insecure",
                "Allows a connection without TLS to another machine.",
                "false",
                "true")
            .aliased("SAFETY_KERNEL_INSECURE"));
  }
}
