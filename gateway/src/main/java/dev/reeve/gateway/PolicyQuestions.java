package dev.reeve.gateway;

import com.google.protobuf.Message;
import dev.reeve.service.Caller;
import dev.reeve.service.SafetyKernel;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;

/// What a call asks the safety kernel.
public final class PolicyQuestions {
  private PolicyQuestions() {}

  /// The question of a check. Without a tenant the policy's own default is meant, so the call's is
  /// not put in its place; but whoever shows a key asks for a tenant of the key.
  ///
  /// @param request the whole request that the check came in
  /// @throws dev.reeve.base.ProblemException when the caller may not ask for the tenant
  public static SafetyKernel.Question of(
      CallScope scope, PolicyCheckRequest check, Message request) {
    String tenant = check.getTenant().isBlank() ? check.getMeta().getTenantId() : check.getTenant();
    Caller caller = scope.caller();
    PolicyCheckRequest asked = check;
    if (!caller.localOperator()) {
      caller = TenantChoice.of(caller, "tenant", tenant);
      asked =
          tenant.isEmpty() && !caller.isOnBus()
              ? check.toBuilder().setTenant(caller.tenant()).build()
              : check;
    }
    return new SafetyKernel.Question(
        caller,
        scope.action().id(),
        PolicyCheckDecoder.decode(asked),
        RequestHash.of(request, scope));
  }
}
