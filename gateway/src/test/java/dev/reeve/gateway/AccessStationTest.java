package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.reeve.ReeveDialect;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who may do what.
final class AccessStationTest {
  private static final Caller OPERATOR =
      Caller.localOperator("default", "", "reeve", "", "127.0.0.1");
  private static final Caller ON_BUS = Caller.onBus("acme", "reeve", "");

  private final AccessStation station = new AccessStation();

  @Test
  void what_concerns_every_tenant_is_refused_to_every_key_and_to_the_bus() {
    List<RegisteredAction> ofOperator =
        actions().stream().filter(action -> action.access() == Access.OPERATOR).toList();

    assertThat(ofOperator.stream().map(RegisteredAction::id).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                "action:worker:connect",
                "action:pool:set_status",
                "action:audit:rotate_key",
                "action:audit:verify",
                "action:system:config",
                "action:policy:get",
                "action:policy:output_stats",
                "action:policy:text",
                "action:governance:set_posture",
                "action:governance:unlock_posture",
                "action:device:calibrate"));
    for (RegisteredAction action : ofOperator) {
      for (Caller caller :
          List.of(keyed(Role.VIEWER), keyed(Role.USER), keyed(Role.ADMIN), ON_BUS)) {
        assertThat(station.check(caller, action).map(Problem::reason))
            .as("%s for %s", action.id(), caller)
            .contains("ACCESS_DENIED");
      }
      assertThat(station.check(OPERATOR, action)).as(action.id()).isEmpty();
    }
  }

  @Test
  void an_admin_key_decides_within_its_tenant_and_a_user_key_does_not() {
    RegisteredAction approve =
        actions().stream()
            .filter(action -> action.id().equals("action:approval:approve"))
            .findFirst()
            .orElseThrow();

    assertThat(station.check(keyed(Role.ADMIN), approve)).isEmpty();
    assertThat(station.check(keyed(Role.USER), approve).map(Problem::reason))
        .contains("ACCESS_DENIED");
  }

  private static List<RegisteredAction> actions() {
    List<RegisteredAction> actions = new ArrayList<>(ReeveDialect.actions().values());
    actions.addAll(EigenDialect.actions().values());
    return actions;
  }

  private static Caller keyed(Role role) {
    return new Caller("ann", role, false, "acme", "", "reeve", "", "10.0.0.7", "");
  }
}
