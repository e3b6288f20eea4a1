package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.governance.cdi.ConsentRegister;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsentFileTest {
  private static final ConsentRegister.Said STOP =
      new ConsentRegister.Said(
          new ConsentSignal(
              ConsentSignal.Kind.STOP, "admin", 7, 0, new ConsentScope("acme", "", "action:job:*")),
          "ops",
          "ticket 12",
          true);

  @TempDir Path data;

  private ConsentFile open() {
    return ConsentFile.open(data, Set.of("admin"));
  }

  @Test
  void what_was_said_stands_after_a_restart() throws IOException {
    open().put(STOP);

    assertThat(open().current().said()).containsExactly(STOP);
  }

  @Test
  void what_was_taken_back_does_not_come_back() throws IOException {
    ConsentFile file = open();
    file.put(STOP);

    file.lift(
        new ConsentRegister.Said(
            new ConsentSignal(ConsentSignal.Kind.RESUME, "admin", 8, 0, ConsentScope.ALL),
            "ops",
            "",
            true));

    assertThat(open().current().said()).isEmpty();
  }

  @Test
  void a_stop_that_cannot_be_kept_is_in_force_all_the_same() throws IOException {
    Path other = data.resolve("other");
    ConsentFile file = ConsentFile.open(other, Set.of("admin"));
    Files.createDirectories(other);
    Files.writeString(other.resolve("governance"), "not a folder");

    assertThatThrownBy(() -> file.put(STOP)).isInstanceOf(IOException.class);

    assertThat(file.current().said()).containsExactly(STOP);
  }

  @Test
  void a_server_that_does_not_know_who_said_stop_does_not_start() throws IOException {
    open().put(STOP);
    Files.writeString(data.resolve("governance").resolve("consent.json"), "[{\"at\":1}]");

    assertThatThrownBy(this::open).hasMessageContaining("consent.json");
  }
}
