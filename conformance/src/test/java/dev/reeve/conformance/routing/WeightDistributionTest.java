package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Over many draws each provider gets its share (beamline.md 3.2 step 10). The seeds are fixed, so
/// a run is repeated by running it again; each is printed beside its statistic.
final class WeightDistributionTest {
  private static final int DRAWS = 10_000;

  /// Of the normal distribution: one run in a million is further out by chance.
  private static final double DEVIATIONS_MAX = 4.753;

  private static final String LINE =
      """
      {"message": {"tenant_id": "acme", "message_type": "chat", "payload": "Hello, world!"}}\
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          1;  a=50,b=50
          2;  a=80,b=20
          3;  a=99,b=1
          4;  a=1,b=2,c=3,d=4
          5;  a=100,b=100,c=100
          6;  a=50,b=0,c=50
          7;  a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1
          8;  a=10,b=20,c=0,d=30,e=40
          9;  z=70,y=20,x=10
          10; openai:gpt-4o=60,anthropic/claude=30,ollama.local=10
          """)
  void providers_get_the_share_of_their_weight(long seed, String weights) {
    Map<String, Integer> shares = shares(weights);

    List<String> drawn = draw(policy(weights), seed);

    double sum = shares.values().stream().mapToInt(Integer::intValue).sum();
    double statistic = 0;
    for (Map.Entry<String, Integer> share : shares.entrySet()) {
      int times = Collections.frequency(drawn, share.getKey());
      if (share.getValue() == 0) {
        assertThat(times).as(share.getKey()).isZero();
        continue;
      }
      double expected = DRAWS * share.getValue() / sum;
      statistic += (times - expected) * (times - expected) / expected;
    }
    long freedom = shares.values().stream().filter(weight -> weight > 0).count() - 1;
    System.out.printf("seed %d, weights %s: chi-square %.2f%n", seed, weights, statistic);
    assertThat(drawn).allMatch(shares::containsKey);
    assertThat(statistic).isLessThan(statisticMax(freedom));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void the_same_seed_draws_the_same(long seed) {
    List<String> first = draw(policy("a=50,b=30,c=20"), seed);

    assertThat(draw(policy("a=50,b=30,c=20"), seed)).isEqualTo(first);
    assertThat(draw(policy("a=50,b=30,c=20"), seed + 100)).isNotEqualTo(first);
  }

  @Test
  void the_order_in_the_file_does_not_matter() {
    assertThat(draw(policy("c=20,a=50,b=30"), 14)).isEqualTo(draw(policy("a=50,b=30,c=20"), 14));
  }

  @Test
  void only_proportions_matter() {
    assertThat(draw(policy("a=4,b=2,c=2"), 15)).isEqualTo(draw(policy("a=64,b=32,c=32"), 15));
  }

  @Test
  void the_legacy_form_draws_the_same() {
    JsonObject legacy =
        JsonParser.parseString(
                """
                {"version": "1.0", "weights": {"a": 0.5, "b": 0.25, "c": 0.25}}\
                """)
            .getAsJsonObject();

    assertThat(draw(legacy, 16)).isEqualTo(draw(policy("a=64,b=32,c=32"), 16));
  }

  private List<String> draw(JsonObject policy, long seed) {
    JsonObject policies = new JsonObject();
    policies.add("default", policy);
    List<PacedInput.Line> lines = Collections.nCopies(DRAWS, new PacedInput.Line(LINE, 0));
    return new RouteCommand(folder)
        .decide(policies, seed, lines).stream().map(AskedRow::provider).toList();
  }

  private static JsonObject policy(String weights) {
    String providers =
        List.of(weights.split(",", -1)).stream()
            .map(share -> share.split("=", -1))
            .map(share -> "{\"name\": \"%s\", \"weight\": %s}".formatted(share[0], share[1]))
            .collect(Collectors.joining(", "));
    return JsonParser.parseString("{\"version\": \"1.0\", \"providers\": [" + providers + "]}")
        .getAsJsonObject();
  }

  private static Map<String, Integer> shares(String weights) {
    Map<String, Integer> shares = new TreeMap<>();
    for (String share : weights.split(",", -1)) {
      shares.put(share.split("=", -1)[0], Integer.valueOf(share.split("=", -1)[1]));
    }
    return shares;
  }

  /// By the approximation of Wilson and Hilferty.
  private static double statisticMax(long freedom) {
    double spread = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - spread + DEVIATIONS_MAX * Math.sqrt(spread), 3);
  }
}
