package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class GoGlobTest {
  /// Each line is a verdict of Go 1.26's `path.Match`: `yes`, `no`, or `bad` for a malformed
  /// pattern; then the pattern and the name, between tabs.
  @Test
  void every_verdict_of_go_comes_out() {
    List<String> lines = GoldenFile.read("go-glob.tsv").lines().toList();

    assertThat(lines).hasSizeGreaterThan(1000).allSatisfy(GoGlobTest::check);
  }

  private static void check(String line) {
    String[] parts = line.split("\t", -1);
    GoGlob glob = GoGlob.compile(parts[1]);

    assertThat(glob.isMalformed()).isEqualTo(parts[0].equals("bad"));
    assertThat(glob.matches(parts[2])).isEqualTo(parts[0].equals("yes"));
  }

  @Test
  void a_malformed_pattern_fits_nothing_not_even_itself() {
    for (String pattern : List.of("[", "[]", "a[", "[a-]", "\\", "job.[^")) {
      GoGlob glob = GoGlob.compile(pattern);

      assertThat(glob.isMalformed()).isTrue();
      assertThat(glob.matches(pattern)).isFalse();
      assertThat(glob.matches("")).isFalse();
      assertThat(glob.matches("a")).isFalse();
    }
  }

  @Test
  void the_literal_start_of_a_pattern_is_known() {
    assertThat(GoGlob.compile("job.echo").literalPrefix()).isEqualTo("job.echo");
    assertThat(GoGlob.compile("job.ops.*").literalPrefix()).isEqualTo("job.ops.");
    assertThat(GoGlob.compile("job.v?.x").literalPrefix()).isEqualTo("job.v");
    assertThat(GoGlob.compile("job.\\*[a]").literalPrefix()).isEqualTo("job.*");
    assertThat(GoGlob.compile("*.x").literalPrefix()).isEmpty();
    assertThat(GoGlob.compile("").literalPrefix()).isEmpty();
  }

  @Test
  void one_question_mark_takes_one_character_of_any_plane() {
    assertThat(GoGlob.compile("job.?").matches("job.\uD834\uDD1E")).isTrue();
    assertThat(GoGlob.compile("job.??").matches("job.\uD834\uDD1E")).isFalse();
    assertThat(GoGlob.compile("*[\uD834\uDD1E]").matches("job.\uD834\uDD1E")).isTrue();
  }

  @Test
  @Timeout(60)
  void many_stars_do_not_take_exponential_time() {
    GoGlob glob = GoGlob.compile("a*".repeat(100) + "[b]");

    assertThat(glob.matches("a".repeat(20_000))).isFalse();
  }
}
