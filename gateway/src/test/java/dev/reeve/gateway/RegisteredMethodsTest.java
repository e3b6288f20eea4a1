package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.beamline.BeamlineDialect;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.provider.ProviderDialect;
import dev.reeve.gateway.reeve.ReeveDialect;
import dev.reeve.service.ActionNames;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every method that any contract declares is registered, aliases included.
final class RegisteredMethodsTest {
  private static final List<Map<String, RegisteredAction>> SERVED =
      List.of(
          MathisonDialect.actions(),
          EigenDialect.actions(),
          BeamlineDialect.actions(),
          OpenAiDialect.actions(),
          ProviderDialect.actions(),
          CordumDialect.actions(),
          CapDialect.actions(),
          ReeveDialect.actions());
  private static final GateMethods METHODS = GateMethods.of(SERVED);

  @Test
  void every_declared_method_and_every_alias_has_an_action() {
    Set<String> declared = new HashSet<>(NotYetMethods.except(Set.of()).methods());
    SERVED.forEach(actions -> declared.addAll(actions.keySet()));

    assertThat(METHODS.names()).containsAll(declared);
    assertThat(METHODS.names())
        .contains("kernel_api.v0.1.KernelGateway/EnqueueJob", "mathison.MathisonService/RunJob");
  }

  @Test
  void what_changes_something_may_not_be_done_by_readers() {
    for (String name : METHODS.names()) {
      RegisteredAction action = METHODS.find("", name).orElseThrow().action();
      assertThat(action.id()).as(name).matches("action:[a-z_]+:[a-z_]+");
      // A check that writes its receipt by itself changes nothing else; anybody may stop what is
      // done on their own behalf.
      boolean forThemselves = action.id().equals("action:consent:signal");
      if (!forThemselves && action.sideEffect() && action.risk() != RegisteredAction.Risk.LOW) {
        assertThat(action.access()).as(name).isIn(Access.WRITE, Access.ADMIN, Access.OPERATOR);
      }
      assertThat(action.requestBytesMax()).as(name).isPositive();
    }
  }

  @Test
  void the_actions_of_the_mathison_contract_have_its_ids_and_effects() {
    Map<String, String> ids =
        Map.of(
            "RunJob", "action:job:run",
            "GetJobStatus", "action:job:status",
            "StreamJobStatus", "action:job:stream_status",
            "InterpretText", "action:oi:interpret",
            "CreateMemoryNode", "action:memory:create",
            "ReadMemoryNode", "action:memory:read",
            "SearchMemory", "action:memory:search",
            "StreamMemorySearch", "action:memory:search",
            "IngestKnowledge", "action:knowledge:ingest");
    Set<String> effects = Set.of("RunJob", "CreateMemoryNode", "IngestKnowledge");

    ids.forEach((method, id) -> {
      RegisteredAction action = METHODS.find("mathison", method).orElseThrow().action();
      assertThat(action.id()).as(method).isEqualTo(id);
      assertThat(action.sideEffect()).as(method).isEqualTo(effects.contains(method));
      assertThat(ActionNames.CONTRACT_IDS).contains(id);
    });
    assertThat(ActionNames.CONTRACT_IDS).hasSize(30);
  }
}
