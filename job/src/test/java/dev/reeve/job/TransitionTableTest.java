package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TransitionTableTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "job-states.md");

  private final TransitionTable table = new TransitionTable();

  @Test
  void every_state_has_a_row_and_its_first_row_is_the_plain_one() {
    Set<StateName> plain =
        StateCase.all().stream()
            .filter(row -> row.circumstance().isEmpty())
            .map(StateCase::state)
            .collect(Collectors.toSet());

    assertThat(plain).containsExactlyInAnyOrder(StateName.values());
    assertThat(StateCase.all()).extracting(StateCase::state).isSorted();
  }

  @Test
  void every_command_has_a_column() {
    Set<String> commands =
        table.entries().stream().map(TransitionTable.Entry::command).collect(Collectors.toSet());

    assertThat(commands)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(JobCommand.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void every_cell_is_as_written() {
    Golden.hold("transitions.txt", table.text());
  }

  @Test
  void the_page_of_the_reference_shows_the_same_table() {
    Golden.holdSection(PAGE, "diagram", table.diagram());
    Golden.holdSection(PAGE, "moves", table.moves());
    Golden.holdSection(PAGE, "matrix", table.matrix());
  }

  @Test
  void nothing_moves_a_finished_job_whatever_its_end_was() {
    assertThat(table.entries())
        .filteredOn(entry -> entry.from().state().isTerminal() && !isReview(entry))
        .noneMatch(entry -> entry.cell().moves());
    for (StateName end : StateName.values()) {
      if (end.isTerminal()) {
        assertThat(refusals(end)).as("%s", end).isEqualTo(refusals(StateName.COMPLETED));
      }
    }
  }

  @Test
  void a_report_of_an_old_attempt_is_fenced_in_every_state() {
    assertThat(table.entries())
        .filteredOn(entry -> entry.by().circumstance().equals("old attempt"))
        .isNotEmpty()
        .allMatch(entry -> entry.cell().refusal().equals("DISPATCH_FENCED"));
  }

  @Test
  void every_unfinished_job_can_be_cancelled_and_ends_at_its_deadline() {
    for (TransitionTable.Entry entry : table.entries()) {
      boolean unfinished = !entry.from().state().isTerminal();
      if (unfinished && entry.command().equals("Cancel")) {
        assertThat(entry.cell()).hasToString("Cancelled -> CANCELLED");
      }
      if (entry.from().circumstance().equals("deadline passed") && entry.command().equals("Tick")) {
        assertThat(entry.cell()).hasToString("TimedOut(DEADLINE_EXCEEDED) -> TIMED_OUT");
      }
    }
  }

  /// A reviewer decides what becomes of a held output; the job stays as it ended.
  private static boolean isReview(TransitionTable.Entry entry) {
    return entry.command().equals("ReleaseHeld") || entry.command().equals("DeleteHeld");
  }

  private String refusals(StateName state) {
    return table.entries().stream()
        .filter(entry -> entry.from().state() == state && !isReview(entry))
        .map(entry -> entry.command() + entry.by().circumstance() + entry.cell())
        .collect(Collectors.joining("\n"));
  }
}
