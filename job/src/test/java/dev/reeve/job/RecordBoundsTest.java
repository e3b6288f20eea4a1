package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What could not be stored or does not mean anything cannot even be made.
final class RecordBoundsTest {
  @Test
  void a_value_out_of_bounds_is_named_with_what_was_expected() {
    refused("route: empty", () -> new Placement("", "", 50, List.of()));
    refused("priority: -1 (expected: 0 to 100)", () -> new Placement("r", "", -1, List.of()));
    refused("priority: 101 (expected: 0 to 100)", () -> new Placement("r", "", 101, List.of()));
    refused(
        "dependencies: 65 (expected: at most 64)",
        () -> new Placement("r", "", 50, Collections.nCopies(65, "p")));
    refused("tenant: empty", () -> new JobKey("", "j"));
    refused("job_id: empty", () -> new JobKey("t", ""));
    refused("size: -1", () -> new Content("", -1, Sha256.of(Bytes.EMPTY)));
    refused("sha256: 3 bytes (expected: 32)", () -> new Content("", 0, Bytes.hex("010203")));
    refused("progress: -1", () -> new Progress("", -1, ""));
    refused("progress: 1000001", () -> new Progress("", Progress.WHOLE + 1, ""));
    refused("heartbeat: 0 times", () -> new JobEvent.Heartbeat(0, 0, Progress.NONE));
    refused("deadline: -1 us", () -> new RunLimits(-1, 0, RetryPolicy.DEFAULT, false));
    refused(
        "run_timeout: 9223372036854775807 us",
        () -> new RunLimits(0, Long.MAX_VALUE, RetryPolicy.DEFAULT, false));
  }

  @Test
  void text_that_cannot_be_stored_is_refused_on_the_thread_that_brought_it() {
    String lone = "x\uD834";
    DispatchId id = JobSamples.FIRST_ATTEMPT;
    Content content = JobSamples.RESULT;

    refused("tenant: not Unicode", () -> new JobKey(lone, "j"));
    refused("job_id: not Unicode", () -> new JobKey("t", lone));
    refused("route: not Unicode", () -> new Placement(lone, "", 50, List.of()));
    refused("group: not Unicode", () -> new Placement("r", lone, 50, List.of()));
    refused("dependencies: not Unicode", () -> new Placement("r", "", 50, List.of(lone)));
    refused("principal: not Unicode", () -> new Origin("eigen", lone, ""));
    refused("content_type: not Unicode", () -> Content.of(lone, Bytes.EMPTY));
    refused("labels: not Unicode", () -> work(List.of(), Map.of(lone, "")));
    refused("labels: not Unicode", () -> work(List.of(), Map.of("", lone)));
    refused("risk_tags: not Unicode", () -> work(List.of(lone), Map.of()));
    refused("reason: not Unicode", () -> new Verdict(Verdict.Decision.DENY, "", lone, ""));
    refused("stage: not Unicode", () -> new Progress(lone, 0, ""));
    refused("message: not Unicode", () -> new Progress("", 0, lone));
    refused("comment: not Unicode", () -> new JobCommand.Approve("bob", lone));
    refused("reason: not Unicode", () -> new JobCommand.Reject("bob", lone));
    refused("reason: not Unicode", () -> new JobCommand.Cancel("ada", lone));
    refused("retry_at: -1 us", () -> new JobCommand.Judge(Verdict.NONE, Grant.NONE, -1, 0));
    refused("worker: not Unicode", () -> new JobCommand.Dispatch(1, lone));
    refused("reason: not Unicode", () -> new JobCommand.Interrupt(id, lone));
    refused("code: not Unicode", () -> new JobCommand.Quarantine(lone, ""));
    refused(
        "message: not Unicode",
        () -> new JobCommand.CompleteQuarantined(id, content, "PII_FOUND", lone));
    refused("message: not Unicode", () -> new JobCommand.Fail(id, "C", lone, true, 0, 0));
    refused("jitter: 2.0", () -> new JobCommand.Fail(id, "C", "", true, 0, 2));
    refused("approval_expires_at: -1 us", () -> new Permit(Verdict.NONE, 0, -1));
  }

  private static Work work(List<String> riskTags, Map<String, String> labels) {
    return new Work("", "job.x", "", riskTags, List.of(), labels, Map.of(), Map.of());
  }

  @Test
  void collections_are_copied_when_a_record_is_made() {
    List<String> names = new ArrayList<>(List.of("a"));
    Map<String, String> labels = new HashMap<>(Map.of("k", "v"));
    Work work = new Work("", "job.x", "", names, names, labels, labels, labels);
    Placement placement = new Placement("r", "", 50, names);

    names.add("b");
    labels.clear();

    assertThat(work.riskTags()).containsExactly("a");
    assertThat(work.requires()).containsExactly("a");
    assertThat(work.labels()).containsExactly(Map.entry("k", "v"));
    assertThat(placement.dependsOn()).containsExactly("a");
  }

  @Test
  void a_content_is_known_by_the_digest_of_its_bytes() {
    Content content = Content.of("text/plain", Bytes.utf8("abc"));

    assertThat(content.sizeBytes()).isEqualTo(3);
    assertThat(content.sha256().hex()).startsWith("ba7816bf8f01cfea");
  }

  private static void refused(String message, ThrowingCallable make) {
    assertThatThrownBy(make)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
