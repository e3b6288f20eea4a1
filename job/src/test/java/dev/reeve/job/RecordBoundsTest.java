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
