package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
  @Test
  void spans_that_overlap_or_touch_become_one() {
    Bytes redacted =
        Redactor.redact(
            Bytes.utf8("0123456789"),
            List.of(new Span(6, 8, "b"), new Span(2, 5, "a"), new Span(4, 6, "b")));

    assertThat(redacted.utf8()).isEqualTo("01[REDACTED]89");
  }

  @Test
  void characters_are_never_cut() {
    Bytes redacted = Redactor.redact(Bytes.utf8("a😀b"), List.of(new Span(2, 3, "a")));

    assertThat(redacted.utf8()).isEqualTo("a[REDACTED]b");
  }

  @Test
  void without_places_all_of_it_goes() {
    assertThat(Redactor.redact(Bytes.utf8("secret"), List.of())).isEqualTo(Redactor.MARK);
  }
}
