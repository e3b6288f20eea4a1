package dev.reeve.governance.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.ProblemCode;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActionCheckTest {
  private static final ActionCheck CHECK = new ActionCheck(ConsciencePack.builtIn());
  private static final Set<String> ANCHORS = ConsciencePack.builtIn().anchors();

  private static CdiAction action(String actor, String action, String payload) {
    return action(actor, action, payload, "{}", new ConsentScope("default", actor, action));
  }

  private static CdiAction action(
      String actor, String action, String payload, String metadata, ConsentScope scope) {
    return new CdiAction(
        actor,
        List.of(action),
        scope,
        () -> JsonText.parse(payload).orElseGet(JsonValue.Absent::new),
        () -> JsonText.parse(metadata).orElseThrow());
  }

  private static CdiResult check(String action, String payload) {
    return CHECK.check(action("alice", action, payload), ActionCheck.Standing.PLAIN, 0);
  }

  private static CdiResult check(String actor, ConsentSignal... signals) {
    return CHECK.check(
        action(actor, "job_run", "{}"),
        new ActionCheck.Standing(
            Consent.of(List.of(signals), ANCHORS), CapabilityCeiling.NONE, true, true),
        100);
  }

  private static ConsentSignal signal(ConsentSignal.Kind kind, String source, long at) {
    return new ConsentSignal(kind, source, at, 0, ConsentScope.ALL);
  }

  private static ConsentSignal stop(String source) {
    return signal(ConsentSignal.Kind.STOP, source, 1);
  }

  private static ConsentSignal pause(String source) {
    return signal(ConsentSignal.Kind.PAUSE, source, 1);
  }

  private static void refused(CdiResult result, ProblemCode code) {
    assertThat(result.allowed()).isFalse();
    assertThat(result.refusal()).contains(code);
    assertThat(result.reason()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "kaitiaki", "admin"})
  void stop_and_pause_of_an_anchor_halt_everybody(String anchor) {
    refused(check("alice", stop(anchor)), CdiProblems.CONSENT_STOP_ACTIVE);
    refused(check("alice", pause(anchor)), CdiProblems.CONSENT_NOT_GRANTED);
  }

  @Test
  void stop_and_pause_of_anybody_else_halt_their_own_alone() {
    refused(check("bob", stop("bob")), CdiProblems.CONSENT_STOP_ACTIVE);
    refused(check("bob", pause("bob")), CdiProblems.CONSENT_NOT_GRANTED);
    assertThat(check("alice", stop("bob"), pause("carol")).allowed()).isTrue();
  }

  @Test
  void the_latest_signal_of_a_source_counts() {
    ConsentSignal resumed = signal(ConsentSignal.Kind.RESUME, "admin", 2);

    assertThat(check("alice", stop("admin"), resumed).allowed()).isTrue();
    assertThat(check("alice", resumed, stop("admin")).allowed()).isTrue();
    refused(
        check("alice", resumed, signal(ConsentSignal.Kind.STOP, "admin", 3)),
        CdiProblems.CONSENT_STOP_ACTIVE);
    refused(
        check("alice", stop("system"), signal(ConsentSignal.Kind.RESUME, "admin", 9)),
        CdiProblems.CONSENT_STOP_ACTIVE);
  }

  @Test
  void a_signal_with_a_scope_halts_within_it_and_until_it_expires() {
    ConsentScope acme = new ConsentScope("acme", "", "");
    ConsentSignal signal = new ConsentSignal(ConsentSignal.Kind.STOP, "admin", 1, 200, acme);
    ActionCheck.Standing standing =
        new ActionCheck.Standing(
            Consent.of(List.of(signal), ANCHORS), CapabilityCeiling.NONE, true, true);
    CdiAction inside = action("a", "job_run", "{}", "{}", new ConsentScope("acme", "a", "x"));
    CdiAction outside = action("a", "job_run", "{}", "{}", new ConsentScope("other", "a", "x"));

    assertThat(CHECK.check(inside, standing, 199).allowed()).isFalse();
    assertThat(CHECK.check(inside, standing, 200).allowed()).isTrue();
    assertThat(CHECK.check(outside, standing, 199).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "merge_agent_state",
        "share_identity",
        "sync_internal_state",
        "clone_self_model",
        "MERGE_AGENT_STATE",
        " merge_agent_state ",
        "mergeAgentState",
        "merge-agent-state",
        "merge agent state",
        "action:agent:share_identity",
        "ｃlone_self_model",
        "merge\u200b_agent_state"
      })
  void agents_do_not_merge(String name) {
    refused(check(name, "{}"), CdiProblems.CDI_HIVE_FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"coordination_beacon\"}",
        "{\"type\":\"My-State-Export-v2\"}",
        "{\"type\":\"HIVE_SIGNAL\"}",
        "{\"type\":\"note\",\"data\":{\"instance_id\":1}}",
        "{\"data\":{\"peerInstances\":[]}}",
        "{\"data\":\"{\\\"sync_state\\\":1}\"}",
        "{\"data\":\"eyJoaXZlX21lbWJlcnMiOltdfQ==\"}",
      })
  void memory_is_no_way_to_act_as_one(String payload) {
    refused(check("memory_create", payload), CdiProblems.CDI_HIVE_FORBIDDEN);
    refused(check("MEMORY_NODE_CREATE", payload), CdiProblems.CDI_HIVE_FORBIDDEN);
    assertThat(check("job_run", payload).allowed()).isTrue();
  }

  @Test
  void ordinary_memory_passes() {
    assertThat(check("memory_create", "{\"type\":\"note\",\"data\":{\"text\":\"x\"}}").allowed())
        .isTrue();
    assertThat(check("memory_create", "{\"data\":{\"inner\":{\"instance_id\":1}}}").allowed())
        .isTrue();
  }

  @Test
  void who_is_not_known_or_does_nothing_known_is_refused_in_either_mode() {
    for (boolean strict : new boolean[] {true, false}) {
      ActionCheck.Standing standing =
          new ActionCheck.Standing(Consent.NONE, CapabilityCeiling.of(List.of()), strict, false);
      CdiVerdict expected = strict ? CdiVerdict.DENY : CdiVerdict.UNCERTAIN;
      for (CdiAction action :
          List.of(action("", "job_run", "{}"), action("a", "", "{}"), action(" ", "\t", "{}"))) {
        CdiResult result = CHECK.check(action, standing, 0);
        refused(result, CdiProblems.UNCERTAIN_FAIL_CLOSED);
        assertThat(result.verdict()).isEqualTo(expected);
      }
    }
  }

  @Test
  void the_ceiling_denies_first_and_allows_by_exact_name() {
    CapabilityCeiling ceiling =
        CapabilityCeiling.of(
            List.of(
                new CapabilityCeiling.Capability("JOBS", "C", List.of("job_run"), List.of()),
                new CapabilityCeiling.Capability(
                    "GOV", "A", List.of("genome_read", "genome_write"), List.of("genome_write"))));
    ActionCheck.Standing standing = new ActionCheck.Standing(Consent.NONE, ceiling, true, true);

    assertThat(CHECK.check(action("a", "job_run", "{}"), standing, 0).allowed()).isTrue();
    for (String above : List.of("genome_write", "GENOME-WRITE", "job_Run", "job_run ", "jobrun")) {
      refused(
          CHECK.check(action("a", above, "{}"), standing, 0), CdiProblems.GENOME_CAPABILITY_DENIED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "override_user_preference|{}|DENY",
        "deploy_to_production|{\"testsPassed\":false}|DENY",
        "deploy_to_production|{\"tests_passed\":\"False\"}|DENY",
        "deploy_to_production|{\"testsPassed\":true}|ALLOW",
        "deploy_to_production|{}|ALLOW",
        "send_urgent_notification|{\"userLoadHigh\":true}|TRANSFORM",
        "send_urgent_notification|{\"userLoadHigh\":false}|ALLOW",
        "share_data|{\"containsPII\":true}|DENY",
        "Share-Data|{\"containsPii\":true}|DENY",
        "share_data|{\"containsPII\":false}|ALLOW",
      })
  void the_documented_examples_hold(String action, String payload, CdiVerdict verdict) {
    assertThat(check(action, payload).verdict()).isEqualTo(verdict);
    CdiResult byMetadata =
        CHECK.check(
            action("a", action, "null", payload, ConsentScope.ALL), ActionCheck.Standing.PLAIN, 0);
    assertThat(byMetadata.verdict()).isEqualTo(verdict);
  }

  @Test
  void without_the_conscience_consent_and_the_ceiling_still_hold() {
    ActionCheck.Standing off =
        new ActionCheck.Standing(
            Consent.of(List.of(stop("bob")), ANCHORS), CapabilityCeiling.NONE, true, false);

    assertThat(CHECK.check(action("a", "share_identity", "{}"), off, 0).allowed()).isTrue();
    refused(CHECK.check(action("bob", "x", "{}"), off, 0), CdiProblems.CONSENT_STOP_ACTIVE);
  }

  @Test
  void names_that_were_allowed_are_asked_again_under_another_ceiling() {
    CdiNames names = CdiNames.of(List.of("job_run"));
    CapabilityCeiling before =
        CapabilityCeiling.of(
            List.of(new CapabilityCeiling.Capability("JOBS", "C", List.of("job_run"), List.of())));
    CapabilityCeiling after =
        CapabilityCeiling.of(
            List.of(
                new CapabilityCeiling.Capability(
                    "JOBS", "C", List.of("job_run"), List.of("job_run"))));
    CdiAction action =
        new CdiAction(
            "alice",
            names,
            new ConsentScope("default", "alice", "job_run"),
            JsonValue.Absent::new,
            JsonValue.Absent::new);

    for (int i = 0; i < 2; i++) {
      assertThat(CHECK.check(action, standing(before), 0).allowed()).isTrue();
      refused(CHECK.check(action, standing(after), 0), CdiProblems.GENOME_CAPABILITY_DENIED);
    }
    refused(
        CHECK.check(
            action,
            new ActionCheck.Standing(
                Consent.of(List.of(stop("alice")), ANCHORS), before, true, true),
            100),
        CdiProblems.CONSENT_STOP_ACTIVE);
  }

  private static ActionCheck.Standing standing(CapabilityCeiling ceiling) {
    return new ActionCheck.Standing(Consent.NONE, ceiling, true, true);
  }
}
