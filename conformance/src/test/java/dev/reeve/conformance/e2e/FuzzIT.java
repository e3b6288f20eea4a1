package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.conformance.fuzz.Fuzz;
import dev.reeve.conformance.fuzz.FuzzTally;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short run of what `dev/fuzz` does at length, with another seed each time.
class FuzzIT {
  private static final int MESSAGES = 5_000;
  private static final int MESSAGES_WITHOUT_GENOME = 500;
  private static final List<String> OPEN_ALWAYS =
      List.of(
          "GetGenome", "GetPosture", "SetPosture", "UnlockPosture", "SignalConsent", "GetConsent");

  @TempDir Path folder;

  @Test
  void no_message_breaks_the_server_or_passes_by_the_gate() throws IOException {
    long seed = RandomGenerator.getDefault().nextInt(1_000_000_000);
    Path data = folder.resolve("data");
    try (ReeveProcess server = ReeveProcess.up(data);
        Fuzz fuzz = new Fuzz(server.ready(), seed)) {
      FuzzTally tally = fuzz.send(MESSAGES);

      assertThat(tally.defects()).as("seed %d", seed).isEmpty();
      assertThat(fuzz.bypasses()).as("seed %d", seed).isEmpty();
      assertThat(tally.called()).hasSize(fuzz.methods());
      assertThat(server.isAlive()).isTrue();
    }
    Files.writeString(data.resolve("genome.json"), "{}");
    try (ReeveProcess server = ReeveProcess.up(data);
        Fuzz fuzz = new Fuzz(server.ready(), seed)) {
      FuzzTally tally = fuzz.send(MESSAGES_WITHOUT_GENOME);

      assertThat(tally.answered().keySet())
          .as("seed %d", seed)
          .allMatch(method ->
              method.startsWith("grpc.")
                  || OPEN_ALWAYS.contains(method.substring(method.indexOf('/') + 1)));
    }
  }
}
