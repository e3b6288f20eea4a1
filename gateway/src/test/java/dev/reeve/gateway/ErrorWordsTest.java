package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ErrorWordsTest {
  /// What clients take unless told otherwise.
  private static final int TRAILERS_BYTES_MAX = 8 * 1024;

  @Test
  void an_error_with_much_to_say_fits_what_clients_take() {
    String words = "\u00e9x".repeat(500_000);
    Problem problem = GatewayProblems.REQUEST_INVALID.because(words).with("rule_id", words);
    for (int i = 0; i < 500; i++) {
      problem = problem.withField("field" + i, words);
    }

    Status status = Statuses.status(problem, ProblemTable.OWN);
    Metadata trailers = Statuses.trailers(problem, ProblemTable.OWN);

    byte[] details =
        Objects.requireNonNull(
            trailers.get(
                Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER)));
    assertThat(details.length * 4 / 3 + ErrorWords.MESSAGE_BYTES_MAX)
        .isLessThan(TRAILERS_BYTES_MAX);
    assertThat(status.getDescription()).hasSizeLessThanOrEqualTo(ErrorWords.MESSAGE_BYTES_MAX);
    assertThat(StatusProto.fromStatusAndTrailers(status, trailers)).asString().contains("more");
  }

  @Test
  void a_short_one_is_left_as_it_is() {
    assertThat(ErrorWords.bounded("topic: x", 256)).isEqualTo("topic: x");
  }

  @Test
  void it_is_never_cut_within_a_character() {
    String text = "\uD83D\uDE00".repeat(300);

    String cut = ErrorWords.bounded(text, 100);

    assertThat(cut).endsWith("...");
    assertThat(cut.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000)).isTrue();
  }
}
