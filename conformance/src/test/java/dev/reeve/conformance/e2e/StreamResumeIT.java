package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.conformance.e2e.EigenName.Update;
import dev.reeve.testing.ReeveProcess;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A stream outlives the server that served it.
class StreamResumeIT {
  @TempDir Path folder;

  static List<Arguments> databasesAndNames() {
    List<Arguments> all = new ArrayList<>();
    for (Database database : Database.values()) {
      for (EigenName name : EigenName.values()) {
        all.add(Arguments.of(database, name));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("databasesAndNames")
  void after_a_crash_in_mid_stream_exactly_the_missing_events_follow(
      Database database, EigenName name) {
    try (ReeveProcess first = ReeveProcess.up(database.data(folder), database.arguments())) {
      String job;
      List<Update> before;
      try (ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        job = name.submit(client, Circuits.slow(30), "");
        ForeignStream stream = name.stream(client, job, 0);
        before = name.updates(stream.until(message -> isUnderWay(name.update(message))));
        first.kill();
        stream.rest();
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }

      try (ReeveProcess second = first.again();
          ForeignClient client = ForeignClient.to(second.ready().grpc())) {
        ForeignStream resumed = name.stream(client, job, before.getLast().seq());
        List<Update> after = name.updates(resumed.rest());

        List<Update> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(all)
            .extracting(Update::seq)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(all.stream().filter(Update::isTerminal)).hasSize(1);
        assertThat(all.getLast().state()).isEqualTo("DONE");
        assertThat(resumed.end()).isEqualTo(Status.OK);
        assertThat(name.updates(name.stream(client, job, 0).rest())).isEqualTo(all);
      }
    }
  }

  private static boolean isUnderWay(Update update) {
    assertThat(update.isTerminal()).as("the job is slow enough to be caught running").isFalse();
    return update.state().equals("RUNNING") && Float.parseFloat(update.progress()) > 0;
  }
}
