package dev.reeve.service.decider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.service.decider.CircuitBreaker.State;
import dev.reeve.service.decider.OutputAnswer.Action;
import dev.reeve.service.decider.OutputChain.Heard;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputChainTest {
  static final OutputQuestion QUESTION =
      new OutputQuestion(
          "job-1",
          "job.a",
          "acme",
          Map.of(),
          "",
          List.of(),
          "alice",
          "text/plain",
          Bytes.utf8("text"),
          false);

  private final FakeClock clock = new FakeClock();
  private final List<String> asked = new ArrayList<>();

  /// Each pair of answers: without the content, with it, and what is heard under either fail mode.
  @ParameterizedTest(name = "{0} then {1}: open {2}, closed {3}")
  @CsvSource({
    "ALLOW, ALLOW, ALLOW, ALLOW",
    "ALLOW, REDACT, REDACT, REDACT",
    "ALLOW, QUARANTINE, QUARANTINE, QUARANTINE",
    "ALLOW, OUT, bypassed, undecided",
    "ALLOW, GONE, undecided, undecided",
    "REDACT, ALLOW, REDACT, REDACT",
    "REDACT, REDACT, REDACT, REDACT",
    "REDACT, QUARANTINE, QUARANTINE, QUARANTINE",
    "REDACT, OUT, REDACT, REDACT",
    "QUARANTINE, -, QUARANTINE, QUARANTINE",
    "OUT, ALLOW, ALLOW, ALLOW",
    "OUT, REDACT, REDACT, REDACT",
    "OUT, QUARANTINE, QUARANTINE, QUARANTINE",
    "OUT, OUT, bypassed, undecided",
    "GONE, ALLOW, ALLOW, ALLOW",
  })
  void the_stricter_of_both_answers_holds(
      String metadata, String content, String whenOpen, String whenClosed) {
    assertThat(heard(chain(metadata, content, FailMode.OPEN).ask(QUESTION))).isEqualTo(whenOpen);
    asked.clear();
    assertThat(heard(chain(metadata, content, FailMode.CLOSED).ask(QUESTION)))
        .isEqualTo(whenClosed);
    assertThat(asked)
        .isEqualTo(
            metadata.equals("QUARANTINE") ? List.of("metadata") : List.of("metadata", "content"));
  }

  @Test
  void an_open_breaker_spares_both_calls() {
    OutputChain chain = chain("OUT", "OUT", FailMode.OPEN);

    chain.ask(QUESTION);
    chain.ask(QUESTION);
    asked.clear();
    Heard heard = chain.ask(QUESTION);

    assertThat(heard).isInstanceOf(Heard.Bypassed.class);
    assertThat(asked).isEmpty();
    assertThat(chain.status().state()).isEqualTo(State.OPEN);
    assertThat(chain.status().failMode()).isEqualTo(FailMode.OPEN);
  }

  private OutputChain chain(String metadata, String content, FailMode failMode) {
    DeciderLink link =
        new DeciderLink(
            "output_policy",
            "kernel:50051",
            new CircuitBreaker(CircuitBreaker.Settings.STANDARD, clock::nanoTime),
            10,
            Duration.ZERO,
            clock::nanoTime);
    return new OutputChain(
        link,
        new OutputDecider() {
          @Override
          public DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question) {
            asked.add("metadata");
            return answer(metadata);
          }

          @Override
          public DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question) {
            asked.add("content");
            return answer(content);
          }
        },
        failMode);
  }

  private static DeciderAnswer<OutputAnswer> answer(String word) {
    return switch (word) {
      case "OUT" -> new DeciderAnswer.Outage<>("slow");
      case "GONE" ->
          new DeciderAnswer.Withdrawn<>(DeciderProblems.DECIDER_BUSY.because("too many"));
      default ->
          new DeciderAnswer.Decided<>(
              new OutputAnswer(Action.valueOf(word), "r", "", "s", List.of()));
    };
  }

  private static String heard(Heard heard) {
    return switch (heard) {
      case Heard.Decided decided -> decided.answer().action().name();
      case Heard.Bypassed _ -> "bypassed";
      case Heard.Undecided _ -> "undecided";
    };
  }
}
