package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.service.ServiceProblems;
import dev.reeve.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in force while files of a folder of routing policies come, change, break and go.
class RoutePolicyKeeperTest {
  @TempDir private Path folder;

  private volatile String inForce = "";
  private volatile Set<String> staying = Set.of();
  private volatile boolean refuses;

  private long nanos;
  private long nanosPerReading;

  private RoutePolicyKeeper keeper = keeper(Optional.empty());

  @AfterEach
  void close() {
    keeper.close();
  }

  private void open() {
    keeper = keeper(Optional.of(folder));
    keeper.open();
  }

  private RoutePolicyKeeper keeper(Optional<Path> at) {
    return new RoutePolicyKeeper(at, this::replace, () -> nanos += nanosPerReading);
  }

  private void replace(List<RoutePolicy> files, Set<String> unusable) {
    if (refuses) {
      throw ServiceProblems.ROUTE_POLICY_NOT_KEPT.because("policy: not now").toException();
    }
    inForce =
        files.stream()
            .map(policy -> policy.policyId() + provider(policy))
            .collect(Collectors.joining(" "));
    staying = new TreeSet<>(unusable);
  }

  private static String provider(RoutePolicy policy) {
    return policy.sourceJson().replaceAll(".*\"name\":\"([^\"]+)\".*", "$1");
  }

  private static String policy(String provider) {
    return "{\"version\":\"1.0\",\"providers\":[{\"name\":\"" + provider + "\",\"weight\":1}]}";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_file_that_is_written_or_renamed_is_in_force_without_a_look() throws IOException {
    write("a.json", policy("1"));
    open();
    assertThat(inForce).isEqualTo("a1");

    write("a.json", policy("2"));
    Await.until("the written file", () -> inForce.equals("a2"));
    Files.move(
        write("b.json.part", policy("3")),
        folder.resolve("b.json"),
        StandardCopyOption.ATOMIC_MOVE);
    Await.until("the renamed file", () -> inForce.equals("a2 b3"));

    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void looks_that_take_long_pause_fifty_times_as_long_while_nothing_changes(@TempDir Path elsewhere)
      throws IOException {
    Path file = Files.writeString(elsewhere.resolve("shared.json"), policy("1"));
    Files.createSymbolicLink(folder.resolve("a.json"), file);
    open();
    keeper.look();
    nanosPerReading = Duration.ofMillis(1).toNanos();
    keeper.look();
    nanosPerReading = 0;
    Files.writeString(file, policy("23"));

    nanos += Duration.ofMillis(49).toNanos();
    keeper.look();
    String during = inForce;
    nanos += Duration.ofMillis(1).toNanos();
    keeper.look();

    assertThat(during).isEqualTo("a1");
    assertThat(inForce).isEqualTo("a23");
  }

  @Test
  void a_file_of_the_same_size_and_time_is_in_force() throws IOException {
    Path file = write("a.json", policy("1"));
    open();
    var time = Files.getLastModifiedTime(file);

    write("a.json", policy("2"));
    Files.setLastModifiedTime(file, time);

    Await.until("the file", () -> inForce.equals("a2"));
  }

  @Test
  void a_broken_file_keeps_its_policy_holds_up_no_other_and_is_named_after_two_looks()
      throws IOException {
    write("a.json", policy("1"));
    write("b.json", policy("1"));
    open();

    write("a.json", "{\"version\":\"1.0\",\"provi");
    keeper.look();
    write("b.json", policy("2"));
    Await.until("the other file", () -> inForce.equals("b2"));
    assertThat(staying).containsExactly("a");
    keeper.look();
    keeper.look();
    assertThat(keeper.trouble()).contains("a.json").doesNotContain("b.json");

    write("a.json", policy("3"));
    Await.until("the mended file", () -> inForce.equals("a3 b2"));
    assertThat(staying).isEmpty();
    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void a_file_that_is_removed_to_be_replaced_stays_in_force() throws IOException {
    Path file = write("a.json", policy("1"));
    open();

    Files.delete(file);
    keeper.look();
    assertThat(inForce).isEqualTo("a1");
    keeper.look();

    assertThat(inForce).isEmpty();
  }

  @Test
  void a_change_that_could_not_be_kept_is_taken_by_a_later_look() throws IOException {
    write("a.json", policy("1"));
    open();
    refuses = true;
    write("a.json", policy("2"));
    Await.until("the refusal", () -> keeper.trouble().contains("not now"));

    refuses = false;
    keeper.look();

    assertThat(inForce).isEqualTo("a2");
    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void a_folder_that_is_gone_keeps_all_and_says_so() throws IOException {
    Path file = write("a.json", policy("1"));
    open();
    Files.delete(file);
    Files.delete(folder);

    keeper.look();

    assertThat(inForce).isEqualTo("a1");
    assertThat(keeper.trouble()).contains(folder.toString());
    Files.createDirectory(folder);
  }

  @Test
  void a_broken_file_at_start_is_refused_by_its_name() throws IOException {
    write("a.json", "{}");

    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a.json");
  }
}
