package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.policy.OutputRule.Action;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.OutputCounts.Count;
import dev.reeve.service.OutputCounts.Source;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.provider.StreamScreen.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamScreenTest {
  private static final SharedScanner SCANNER = SharedScanner.builtIn();
  private static final ModelScreen.Call CALL =
      new ModelScreen.Call("r1", "default", "job.model.chat", List.of(), "tester");

  private final RulesInForce rules = new RulesInForce(SCANNER);
  private final OutputGuards guards = new OutputGuards(rules, SCANNER, System::nanoTime);
  private final ModelScreen screen =
      new ModelScreen(
          guards::current,
          new CallGovernance(
              BoundaryPack.builtIn(),
              ConsciencePack.builtIn(),
              SCANNER,
              new DataKey(Bytes.wrap(new byte[32])),
              _ -> ActionCheck.Standing.PLAIN,
              InstantSource.system()),
          Optional.empty(),
          _ -> {});

  private static ModelBody body(String more) {
    return ModelBody.read(
        ModelOperation.CHAT,
        Bytes.utf8(
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                + more
                + "}"));
  }

  private StreamScreen stream(int holdBack, String more) {
    return new StreamScreen(screen, CALL, holdBack, body(more));
  }

  private static Bytes delta(String delta, String finish) {
    return Bytes.utf8(
        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":"
            + finish
            + "}]}");
  }

  private static Bytes words(String words) {
    return delta("{\"content\":\"" + words + "\"}", "null");
  }

  private static List<String> leave(Step step) {
    assertThat(step).isInstanceOf(Step.Leave.class);
    return ((Step.Leave) step).chunks().stream().map(Bytes::utf8).toList();
  }

  @Test
  void words_leave_when_the_next_one_begins() {
    StreamScreen stream = stream(0, "");

    assertThat(leave(stream.feed(delta("{\"role\":\"assistant\",\"content\":\"\"}", "null"))))
        .isEmpty();
    assertThat(leave(stream.feed(words("Hel")))).isEmpty();
    List<String> first = leave(stream.feed(words("lo wor")));
    List<String> last = new ArrayList<>(leave(stream.feed(delta("{}", "\"stop\""))));
    last.addAll(leave(stream.finish()));

    assertThat(first).hasSize(2);
    assertThat(first.get(0)).contains("\"role\":\"assistant\"");
    assertThat(first.get(1)).contains("\"content\":\"Hello \"");
    assertThat(last).hasSize(2);
    assertThat(last.get(0)).contains("\"content\":\"wor\"").contains("\"finish_reason\":null");
    assertThat(last.get(1)).contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void a_mail_address_that_comes_in_pieces_never_leaves() {
    StreamScreen stream = stream(0, "");
    List<String> left = new ArrayList<>();

    for (String piece : List.of("ask jane", ".doe@sh", "op.example", ".org about", " it ")) {
      left.addAll(leave(stream.feed(words(piece))));
    }
    left.addAll(leave(stream.feed(delta("{}", "\"stop\""))));
    left.addAll(leave(stream.finish()));

    assertThat(String.join("", left)).doesNotContain("jane").contains("about").contains("ask ");
    assertThat(stream.hasCut()).isTrue();
  }

  @Test
  void what_became_of_answers_is_counted_by_rule() {
    ModelScreen.Screened before = screen.look(CALL, List.of("no policy yet"), 13);
    rules.replace(
        PolicyFile.load(
                Bytes.utf8(
                    """
                    version: "1"
                    output_policy: {enabled: true}
                    output_rules:
                      - {id: boom, decision: quarantine, match: {keywords: [boom]}}
                      - {id: mail, decision: redact, match: {scanners: [pii]}}
                    """))
            .orThrow("policy"));

    ModelScreen.Screened fine = screen.look(CALL, List.of("fine"), 4);
    ModelScreen.Screened cut = screen.look(CALL, List.of("ask jane.doe@shop.example.org"), 30);
    ModelScreen.Screened held = screen.look(CALL, List.of("fine", "boom"), 8);

    assertThat(List.of(before, fine, cut))
        .hasOnlyElementsOfType(ModelScreen.Screened.Released.class);
    assertThat(held).isInstanceOf(ModelScreen.Screened.Withheld.class);
    assertThat(guards.current().counts().all())
        .containsExactlyInAnyOrder(
            new Count(Source.MODEL, Action.ALLOW, "", 1),
            new Count(Source.MODEL, Action.REDACT, "mail", 1),
            new Count(Source.MODEL, Action.QUARANTINE, "boom", 1));
  }

  @Test
  void a_secret_stops_the_stream() {
    StreamScreen stream = stream(0, "");
    leave(stream.feed(words("the key is AKIA")));

    Step step = stream.feed(words("Q3EGR5T7U9WXYZ23 and "));

    assertThat(step).isInstanceOf(Step.Stop.class);
    assertThat(stream.finish()).isInstanceOf(Step.Stop.class);
  }

  @Test
  void nothing_leaves_before_the_end_when_the_whole_has_to_be_there() {
    StreamScreen stream = stream(HoldBack.WHOLE, "");

    assertThat(leave(stream.feed(words("one two three four ")))).isEmpty();
    List<String> end = leave(stream.feed(delta("{}", "\"stop\"")));

    assertThat(end).hasSize(2);
    assertThat(end.getFirst()).contains("one two three four ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default_decision: allow                           | 0
          output_policy: {streaming: [job.model.chat]}      | 0
          output_policy: {streaming: []}                    | 2147483647
          output_policy: {streaming: [job.model.embedding]} | 2147483647
          """)
  void the_policy_says_whether_a_topic_streams(String policy, int heldBack) {
    rules.replace(PolicyFile.load(Bytes.utf8(policy)).orThrow("policy"));

    assertThat(screen.holdBack(CALL)).isEqualTo(heldBack);
  }

  @Test
  void a_call_of_a_tool_leaves_as_a_whole() {
    StreamScreen stream = stream(0, "");
    String call = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}";

    assertThat(leave(stream.feed(delta(call.formatted("{\\\"a\\\""), "null")))).isEmpty();
    assertThat(leave(stream.feed(delta(call.formatted(":1}"), "null")))).isEmpty();
    List<String> end = leave(stream.feed(delta("{}", "\"tool_calls\"")));

    assertThat(end).hasSize(3);
  }

  @Test
  void an_answer_with_its_tokens_one_by_one_leaves_unchanged_at_the_end() {
    StreamScreen stream = stream(0, ",\"logprobs\":true");
    Bytes chunk =
        Bytes.utf8(
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi there \"},"
                + "\"logprobs\":{\"content\":[{\"token\":\"Hi\"}]},\"finish_reason\":null}]}");

    assertThat(leave(stream.feed(chunk))).isEmpty();
    assertThat(leave(stream.feed(delta("{}", "\"stop\"")))).isEmpty();

    assertThat(leave(stream.finish())).hasSize(2).first().isEqualTo(chunk.utf8());
  }

  @Test
  void the_chunk_with_the_tokens_is_for_who_asked() {
    Bytes usage = Bytes.utf8("{\"choices\":[],\"usage\":{\"total_tokens\":3}}");
    StreamScreen quiet = stream(0, "");
    StreamScreen asked = stream(0, ",\"stream_options\":{\"include_usage\":true}");
    quiet.feed(usage);
    asked.feed(usage);

    assertThat(leave(quiet.finish())).isEmpty();
    assertThat(leave(asked.finish())).hasSize(1);
  }
}
