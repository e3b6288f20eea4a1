package dev.reeve.server.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class GateCheckTest {
  private final GateCheck gate = new GateCheck(() -> 0);

  private Map<String, JsonValue> answer(String line) {
    JsonValue answer = JsonText.parse(gate.answer(GateLine.read(line))).orElseThrow();
    return ((JsonValue.Members) answer).values();
  }

  private static String text(Map<String, JsonValue> answer, String member) {
    return ((JsonValue.Text) Objects.requireNonNull(answer.get(member), member)).value();
  }

  @Test
  void every_line_of_the_table_is_decided_as_the_contract_says() throws IOException {
    for (String row : rows()) {
      String[] cells = row.split("\t", 3);
      Map<String, JsonValue> answer = answer(cells[1]);

      boolean allowed = cells[0].equals("-");
      assertThat(text(answer, "reason_code")).as(row).isEqualTo(allowed ? "" : cells[0]);
      assertThat(answer.get("allowed")).as(row).isEqualTo(new JsonValue.Truth(allowed));
      assertThat(text(answer, "grpc_status")).as(row).isEqualTo(status(cells[0]));
      if (!allowed) {
        assertThat(answer.get("sanitized")).as(row).isEqualTo(new JsonValue.Absent());
      } else if (!cells[2].isEmpty()) {
        JsonValue left = Objects.requireNonNull(answer.get("sanitized"));
        assertThat(JsonText.write(left)).as(row).isEqualTo(cells[2]);
      }
    }
  }

  private static String status(String reason) {
    return switch (reason) {
      case "-" -> "OK";
      case "CIF_INGRESS_BLOCKED", "CIF_QUARANTINED", "MALFORMED_REQUEST" -> "INVALID_ARGUMENT";
      case "CIF_RATE_LIMITED" -> "RESOURCE_EXHAUSTED";
      default -> "PERMISSION_DENIED";
    };
  }

  private static List<String> rows() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GateCheckTest.class.getResourceAsStream("/gate/decisions.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void a_line_with_a_member_nobody_knows_is_refused_by_name() {
    assertThatThrownBy(() -> GateLine.read("{\"sation\":\"cif.ingress\"}"))
        .hasMessageContaining("did you mean station?");
    assertThatThrownBy(() -> GateLine.read("{\"station\":\"cif\"}"))
        .hasMessageContaining("expected: cif.ingress");
    assertThatThrownBy(() -> GateLine.read("[]")).hasMessageContaining("an object");
  }

  @Test
  void a_client_without_a_rate_of_its_own_has_a_hundred_a_minute() {
    for (int i = 0; i < 101; i++) {
      Map<String, JsonValue> answer =
          answer("{\"station\":\"cif.ingress\",\"client_id\":\"c\",\"request\":{}}");
      assertThat(text(answer, "reason_code")).isEqualTo(i < 100 ? "" : "CIF_RATE_LIMITED");
    }
    Map<String, JsonValue> nobody = answer("{\"station\":\"cif.ingress\",\"request\":{}}");
    assertThat(text(nobody, "reason_code")).isEmpty();
  }

  @Test
  void the_way_out_counts_what_it_found() {
    StringBuilder mails = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      mails.append("user").append(i).append("@corp.io ");
    }

    Map<String, JsonValue> answer =
        answer("{\"station\":\"cif.egress\",\"request\":\"" + mails + "\"}");

    assertThat(JsonText.write(Objects.requireNonNull(answer.get("counts"))))
        .isEqualTo("{\"email\":12}");
  }
}
