package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.reeve.v1.SimulatePolicyRequest;
import io.grpc.Metadata;
import org.junit.jupiter.api.Test;

/// For which tenant somebody may ask what policy says.
final class PolicyQuestionsTest {
  private static final PolicyCheckRequest OTHER =
      PolicyCheckRequest.newBuilder().setTenant("other").build();
  private static final PolicyCheckRequest OTHER_IN_METADATA =
      PolicyCheckRequest.newBuilder()
          .setMeta(JobMetadata.newBuilder().setTenantId("other"))
          .build();

  @Test
  void a_key_asks_for_its_own_tenant_alone() {
    Caller admin = new Caller("ann", Role.ADMIN, false, "acme", "", "reeve", "", "10.0.0.7", "");

    assertThatThrownBy(() -> ask(admin, OTHER)).hasMessageContaining("a tenant of the credential");
    assertThatThrownBy(() -> ask(admin, OTHER_IN_METADATA))
        .hasMessageContaining("a tenant of the credential");
    assertThat(ask(admin, OTHER.toBuilder().setTenant("acme").build())).isEqualTo("acme");
    assertThat(ask(admin, PolicyCheckRequest.getDefaultInstance())).isEqualTo("acme");
  }

  @Test
  void the_operator_of_this_machine_asks_for_every_tenant() {
    Caller operator = Caller.localOperator("default", "", "reeve", "", "127.0.0.1");

    assertThat(ask(operator, OTHER)).isEqualTo("other");
    assertThat(ask(operator, OTHER_IN_METADATA)).isEqualTo("other");
    assertThat(ask(operator, PolicyCheckRequest.getDefaultInstance())).isEmpty();
  }

  private static String ask(Caller caller, PolicyCheckRequest check) {
    CallScope scope =
        new CallScope(
            caller,
            RegisteredAction.read("action:policy:try", RegisteredAction.Mode.BLOCKING),
            new Metadata(),
            "reeve.v1.PolicyService/SimulatePolicy",
            new ReceivedTexts(),
            new CallPermit());
    return PolicyQuestions.of(
            scope, check, SimulatePolicyRequest.newBuilder().setRequest(check).build())
        .input()
        .tenant();
  }
}
