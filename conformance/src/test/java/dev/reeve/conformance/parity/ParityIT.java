package dev.reeve.conformance.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which API a request comes in by changes nothing about what becomes of it.
class ParityIT {
  private static final List<ParityCase> CASES = ParityCase.all();

  @TempDir Path folder;

  @Test
  void every_request_gets_the_same_verdict_rule_and_reason_in_every_api() throws Exception {
    Map<Via, List<ParityCall.Verdict>> verdicts = new EnumMap<>(Via.class);
    try (ReeveProcess server =
            ReeveProcess.up(
                folder.resolve("data"),
                "--policy",
                ParityCase.FOLDER.resolve("policy.yaml").toString());
        ParityClient grpc = new ParityClient(server.ready().grpc());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ParityCall call = new ParityCall(server.ready(), grpc);
      Map<Via, Future<List<ParityCall.Verdict>>> running = new EnumMap<>(Via.class);
      for (Via via : Via.values()) {
        running.put(via, threads.submit(() -> all(call, via)));
      }
      for (Via via : Via.values()) {
        verdicts.put(via, Objects.requireNonNull(running.get(via)).get());
      }
    }

    List<String> different = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      different.addAll(different(CASES.get(i), i, verdicts));
    }
    assertThat(different).isEmpty();
  }

  @Test
  void the_table_has_fifty_requests_and_says_why_where_an_api_differs() {
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(50);
    assertThat(CASES.stream().map(ParityCase::name)).doesNotHaveDuplicates();
    assertThat(CASES.stream().map(row -> row.expected().verdict()))
        .contains("allowed", "denied", "held", "throttled", "refused", "withheld");
  }

  private static List<ParityCall.Verdict> of(Map<Via, List<ParityCall.Verdict>> verdicts, Via via) {
    return Objects.requireNonNull(verdicts.get(via));
  }

  /// In order: counts of one way in go up from request to request.
  private static List<ParityCall.Verdict> all(ParityCall call, Via via) {
    List<ParityCall.Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      verdicts.add(call.send(via, CASES.get(i), i));
    }
    return verdicts;
  }

  private static List<String> different(
      ParityCase request, int number, Map<Via, List<ParityCall.Verdict>> verdicts) {
    List<String> different = new ArrayList<>();
    for (Via via : Via.values()) {
      ParityCall.Verdict verdict = of(verdicts, via).get(number);
      ParityCase.Expected expected = request.expected(via);
      if (!verdict.verdict().equals(expected.verdict())
          || !verdict.rule().equals(expected.rule())) {
        different.add(request.name() + " by " + via + ": " + verdict + ", not " + expected);
      }
    }
    Map<String, List<Via>> reasons =
        verdicts.keySet().stream()
            .filter(via -> request.expected(via).equals(request.expected()))
            .collect(Collectors.groupingBy(via -> of(verdicts, via).get(number).reason()));
    if (reasons.size() > 1) {
      different.add(request.name() + ": reasons differ: " + reasons);
    }
    return different;
  }
}
