package dev.reeve.conformance.tidy;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The habits of the house, held over every file. `dev/format` (`-Dtidy.fix=true`) repairs what a
/// machine can repair.
class TidyTest {
  private static final boolean FIX = Boolean.getBoolean("tidy.fix");
  private static final Repository REPOSITORY = Repository.read();

  @Test
  void java_sources_are_formatted() {
    hold(new FormatCheck(FIX));
  }

  @Test
  void packages_say_what_they_are_for() {
    hold(new PackageCheck());
  }

  @Test
  void files_end_lines_in_one_way() {
    hold(new BlanksCheck());
  }

  @Test
  void files_stay_small() {
    hold(new SizeCheck());
  }

  @Test
  void banned_words_are_absent() {
    hold(BannedCheck.load());
  }

  @Test
  void tests_are_sentences_that_run() {
    hold(new TestNamesCheck());
  }

  @Test
  void documents_have_one_title_and_live_links() {
    hold(new MarkdownCheck());
  }

  @Test
  void decisions_are_numbered_and_indexed() {
    hold(new AdrCheck());
  }

  @Test
  void scripts_stop_at_the_first_error() {
    hold(new ShellCheck());
  }

  @Test
  void versions_live_in_the_parent() {
    hold(new PomCheck());
  }

  @Test
  void the_map_shows_what_is_built() {
    hold(new ModuleMapCheck());
  }

  @Test
  void counted_debts_do_not_grow() {
    hold(new RatchetCheck(FIX));
  }

  private static void hold(TidyCheck check) {
    List<Finding> findings = check.check(REPOSITORY);
    if (!findings.isEmpty()) {
      StringBuilder message = new StringBuilder(findings.size() + " findings");
      findings.forEach(finding -> message.append('\n').append(finding));
      fail(message.toString());
    }
  }
}
