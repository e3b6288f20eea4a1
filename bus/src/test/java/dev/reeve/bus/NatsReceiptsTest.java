package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.PublishReceipt;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What brokers acknowledge, in the forms that they write.
class NatsReceiptsTest {
  @Test
  void the_forms_of_brokers_are_read() {
    assertThat(read("{\"stream\":\"S\", \"seq\":7}")).isEqualTo(new PublishReceipt("S", 7, false));
    assertThat(read("{\"stream\":\"S\", \"domain\":\"hub\", \"seq\":7}"))
        .isEqualTo(new PublishReceipt("S", 7, false));
    assertThat(read("{\"stream\":\"S\",\"seq\":7,\"duplicate\": true}"))
        .isEqualTo(new PublishReceipt("S", 7, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":503,\"err_code\":10077,\"description\":\"maximum bytes exceeded\"}}",
        "{\"stream\":\"S\",\"seq\":0,\"error\":{\"code\":503,\"description\":\"full\"}}"
      })
  void a_refusal_is_no_acknowledgement(String refusal) {
    assertThatThrownBy(() -> NatsReceipts.read(message(refusal), "a.b"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(BusProblems.BUS_UNAVAILABLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "+ACK", "{\"stream\":\"S\",\"seq\":"})
  void who_does_not_acknowledge_is_somebody_else(String said) {
    assertThatThrownBy(() -> NatsReceipts.read(message(said), "a.b"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(BusProblems.BUS_ANSWER_FOREIGN));
  }

  private static PublishReceipt read(String text) {
    return NatsReceipts.read(message(text), "a.b");
  }

  private static Message message(String text) {
    return NatsMessage.builder()
        .subject("inbox")
        .data(text.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
