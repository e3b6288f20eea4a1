package dev.reeve.service.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
  @ParameterizedTest
  @CsvSource({
    "a.b, a.b, true",
    "a.b, a.c, false",
    "a.b, a.bc, false",
    "a.b, a.b.c, false",
    "a.*, a.b, true",
    "a.*, a, false",
    "a.*, a.b.c, false",
    "*.b, a.b, true",
    "a.*.c, a.b.c, true",
    "a.*.c, a.b.d, false",
    "a.>, a.b, true",
    "a.>, a.b.c, true",
    "a.>, a, false",
    ">, a.b.c, true",
    "a.b.>, a.b, false",
    "ab.c, a.c, false",
  })
  void a_pattern_takes_what_it_says(String pattern, String subject, boolean expected) {
    assertThat(Subjects.matches(pattern, subject)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b", "sys.job.submit", "_INBOX.x", "worker.w:1/2.jobs"})
  void names_without_blanks_are_subjects(String text) {
    assertThat(Subjects.isSubject(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a.*", ">", "a.b\n", "a*b", "a.>.b"})
  void other_texts_are_not(String text) {
    assertThat(Subjects.isSubject(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.*", "*", ">", "a.>", "*.*.c"})
  void wildcards_stand_for_whole_parts(String text) {
    assertThat(Subjects.isPattern(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {">.a", "a>", "a.b*", "a.>b"})
  void wildcards_elsewhere_are_refused(String text) {
    assertThatThrownBy(() -> Subjects.requirePattern(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("BUS_SUBJECT_INVALID")
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @CsvSource({
    "a.>, a.b.c, true",
    "a.*, *.b, true",
    "a.*, a.b.c, false",
    "a.b, a.c, false",
    "*.*, a.>, true",
    "sys.>, job.>, false",
    "a, a.>, false",
  })
  void patterns_overlap_when_one_subject_fits_both(String one, String other, boolean expected) {
    assertThat(Subjects.overlap(one, other)).isEqualTo(expected);
    assertThat(Subjects.overlap(other, one)).isEqualTo(expected);
  }

  @Test
  void any_text_can_become_one_part() {
    assertThat(Subjects.part("job.v1 *>")).isEqualTo("job_v1___");
    assertThat(Subjects.part("")).isEqualTo("_");
  }
}
