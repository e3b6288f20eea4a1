package dev.reeve.gateway.eigen;

import dev.reeve.base.Ids;
import dev.reeve.base.Text;
import dev.reeve.gateway.CallScope;
import dev.reeve.job.JobKey;
import dev.reeve.service.Caller;
import java.util.regex.Pattern;

/// The checks that every call of this dialect passes before its own: contract version, then for
/// whom it is. Header and envelope select among what the caller may do; where both name something
/// they must agree.
final class CallGate {
  static final String CONTRACT_VERSION = "1.0.0";

  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})([-+][0-9A-Za-z.+-]{1,64})?");

  private CallGate() {}

  /// A caller with what the call selected.
  ///
  /// @param tenant as named in the call; empty when it names none
  /// @param project as named in the call; empty when it names none
  record Admitted(Caller caller, String tenant, String project) {
    /// Selects a tenant by a field of a message.
    Admitted withTenant(String selected, String field) {
      if (selected.isEmpty() || selected.equals(tenant)) {
        return this;
      }
      requireAgreement(tenant, selected, field, Ids.isTenant(selected), Ids.TENANT_SHAPE);
      if (!caller.mayActFor(selected)) {
        throw EigenProblems.EIGEN_TENANT_DENIED
            .because("caller may not act for this tenant")
            .toException();
      }
      return new Admitted(caller.withTenant(selected), selected, project);
    }

    /// Selects a project by a field of a message.
    Admitted withProject(String selected, String field) {
      if (selected.isEmpty() || selected.equals(project)) {
        return this;
      }
      requireAgreement(project, selected, field, Ids.isGiven(selected), Ids.GIVEN_SHAPE);
      return new Admitted(caller.withProject(selected), tenant, selected);
    }
  }

  /// The caller with the tenant and project that were selected.
  ///
  /// @throws dev.reeve.base.ProblemException when the version or the selection is refused
  static Admitted admit(CallScope scope, CallEnvelope envelope) {
    requireVersion(scope.header("x-eigen-contract-version"), "x-eigen-contract-version");
    requireVersion(envelope.contractVersion(), envelope.path() + ".contract_version");
    String tenant = first(scope, "x-tenant-id", "x-eigen-tenant");
    String project = first(scope, "x-project-id", "x-eigen-project");
    return new Admitted(scope.caller(), tenant, project)
        .withTenant(envelope.tenant(), envelope.path() + ".tenant_id")
        .withProject(envelope.project(), envelope.path() + ".project_id");
  }

  static void requireVersion(String version, String field) {
    if (version.isEmpty() || version.equals(CONTRACT_VERSION)) {
      return;
    }
    if (!SEMVER.matcher(version).matches()) {
      throw EigenProblems.EIGEN_PUBLIC_CONTRACT_VERSION_MALFORMED
          .field(field, version, "semantic version, for example " + CONTRACT_VERSION)
          .toException();
    }
    throw EigenProblems.EIGEN_PUBLIC_CONTRACT_VERSION_UNSUPPORTED
        .because(
            field + ": " + Text.quoteForMessage(version) + " (expected: " + CONTRACT_VERSION + ")")
        .with("supported_contract_version", CONTRACT_VERSION)
        .toException();
  }

  /// The key of a job that a request names.
  static JobKey job(Caller caller, String jobId) {
    if (!Ids.isGiven(jobId)) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .field("job_id", jobId, Ids.GIVEN_SHAPE)
          .toException();
    }
    return new JobKey(caller.tenant(), jobId);
  }

  private static void requireAgreement(
      String known, String selected, String field, boolean wellFormed, String shape) {
    if (!wellFormed) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .field(field, selected, shape)
          .toException();
    }
    if (!known.isEmpty()) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .field(field, selected, "the one selected elsewhere in the call, " + known)
          .toException();
    }
  }

  private static String first(CallScope scope, String... names) {
    for (String name : names) {
      String value = scope.header(name);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
