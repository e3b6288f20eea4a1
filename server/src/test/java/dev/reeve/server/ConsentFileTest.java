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

  private static final ConsentRegister.Said RESUME =
      new ConsentRegister.Said(
          new ConsentSignal(ConsentSignal.Kind.RESUME, "admin", 8, 0, ConsentScope.ALL),
          "ops",
          "",
          true);

  private final DocumentsInMemory store = new DocumentsInMemory();

  @TempDir Path data;

  private ConsentFile open() {
    return ConsentFile.open(data, Set.of("admin"), store);
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

    file.lift(RESUME);

    assertThat(open().current().said()).isEmpty();
  }

  @Test
  void a_stop_that_cannot_be_kept_is_in_force_all_the_same() throws IOException {
    Path other = data.resolve("other");
    ConsentFile file = ConsentFile.open(other, Set.of("admin"), store);
    Files.createDirectories(other);
    Files.writeString(other.resolve("governance"), "not a folder");

    assertThatThrownBy(() -> file.put(STOP)).isInstanceOf(IOException.class);

    assertThat(file.current().said()).containsExactly(STOP);
  }

  @Test
  void a_server_that_does_not_know_who_said_stop_does_not_start() throws IOException {
    open().put(STOP);
    store.forgetAll();
    Files.writeString(file(), "[{\"at\":1}]");

    assertThatThrownBy(this::open).hasMessageContaining("consent.json");
  }

  @Test
  void a_stop_stands_when_its_file_is_gone_or_broken_and_the_file_is_written_again()
      throws IOException {
    open().put(STOP);
    String written = Files.readString(file());

    Files.delete(file());
    assertThat(open().current().said()).containsExactly(STOP);
    assertThat(file()).hasContent(written);
    Files.writeString(file(), "no json");
    assertThat(open().current().said()).containsExactly(STOP);
    assertThat(file()).hasContent(written);
  }

  @Test
  void a_file_that_was_edited_or_put_back_takes_no_stop_away() throws IOException {
    ConsentFile file = open();
    file.put(STOP);
    String older = Files.readString(file());
    ConsentRegister.Said later = stop("somebody", 9);
    file.put(later);

    Files.writeString(file(), older);
    assertThat(open().current().said()).containsExactlyInAnyOrder(STOP, later);
    Files.writeString(file(), older.replace("\"admin\"", "\"nobody\""));
    assertThat(open().current().said()).containsExactlyInAnyOrder(STOP, later);
    Files.writeString(file(), "[]");
    assertThat(open().current().said()).containsExactlyInAnyOrder(STOP, later);
  }

  @Test
  void a_file_that_was_put_back_brings_no_stop_back_that_was_lifted() throws IOException {
    ConsentFile file = open();
    file.put(STOP);
    String older = Files.readString(file());
    file.lift(RESUME);

    Files.writeString(file(), older);

    assertThat(open().current().said()).isEmpty();
  }

  @Test
  void a_stop_that_the_file_alone_has_stands() throws IOException {
    ConsentFile file = open();
    file.put(stop("somebody", 3));
    store.fail();
    assertThatThrownBy(() -> file.put(STOP)).hasMessageContaining("store");
    store.mend();

    assertThat(open().current().said()).contains(STOP);
    Files.delete(file());
    assertThat(open().current().said()).contains(STOP);
  }

  @Test
  void a_resume_that_the_file_alone_has_lifts_nothing() throws IOException {
    ConsentFile file = open();
    file.put(STOP);
    store.fail();
    assertThatThrownBy(() -> file.lift(RESUME)).hasMessageContaining("store");
    store.mend();

    assertThat(file.current().said()).containsExactly(STOP);
    assertThat(open().current().said()).containsExactly(STOP);
  }

  @Test
  void what_a_version_before_kept_in_the_file_alone_is_taken_over() throws IOException {
    open().put(STOP);
    store.forgetAll();

    assertThat(open().current().said()).containsExactly(STOP);
    Files.delete(file());
    assertThat(open().current().said()).containsExactly(STOP);
  }

  @Test
  void a_store_that_does_not_say_what_stands_is_no_store_without_a_stop() {
    store.fail();

    assertThatThrownBy(this::open).hasMessageContaining("the store does not say");
  }

  private Path file() {
    return data.resolve("governance").resolve("consent.json");
  }

  private static ConsentRegister.Said stop(String source, long atMicros) {
    return new ConsentRegister.Said(
        new ConsentSignal(ConsentSignal.Kind.STOP, source, atMicros, 0, ConsentScope.ALL),
        "ops",
        "",
        true);
  }
}
