package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.testing.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobEventCodecTest {
  private static final List<Class<?>> TYPES =
      Arrays.asList(JobEvent.class.getPermittedSubclasses());

  @Test
  void every_type_has_a_stored_form_and_stored_forms_never_change() {
    assertThat(EventSamples.all().stream().<Class<?>>map(Object::getClass).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(TYPES);

    List<String> lines = EventSamples.all().stream().map(event -> write(event).utf8()).toList();

    Golden.holdAppendOnly("events.txt", lines);
  }

  @Test
  void every_stored_form_reads_back_as_the_event_it_was() {
    List<String> stored =
        Golden.read(Path.of("src", "test", "resources", "golden", "events.txt")).lines().toList();

    assertThat(stored.stream().map(line -> read(Bytes.utf8(line))).toList())
        .containsAll(EventSamples.all());
  }

  @Test
  void random_events_of_every_type_read_back_equal() {
    RandomValues values = new RandomValues(new Random(11));
    Set<Class<?>> seen = new HashSet<>();

    for (int i = 0; i < 5_000; i++) {
      JobEvent event = values.event();
      seen.add(event.getClass());
      Bytes stored = write(event);

      assertThat(read(stored)).as(stored.utf8()).isEqualTo(event);
      assertThat(write(read(stored))).isEqualTo(stored);
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(TYPES);
  }

  @Test
  void another_version_of_any_type_is_refused_by_name() {
    for (JobEvent event : EventSamples.all()) {
      String newer = write(event).utf8().replaceAll("\"v\":[12]", "\"v\":3");

      assertThatThrownBy(() -> read(Bytes.utf8(newer)))
          .isInstanceOf(CanonicalFormatException.class)
          .hasMessageMatching("[a-z_]+: version 3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"at\":1,\"t\":\"started\"}",
        "{\"at\":1,\"v\":1}",
        "{\"t\":\"started\",\"v\":1}",
        "{\"at\":1,\"t\":\"exploded\",\"v\":1}",
        "{\"at\":1,\"t\":\"STARTED\",\"v\":1}",
        "{\"at\":1,\"t\":\"started\",\"v\":\"1\"}",
        "{\"at\":\"1\",\"t\":\"started\",\"v\":1}",
        "{\"at\":1,\"t\":\"waiting\",\"v\":1}",
        "{\"at\":1,\"parents\":[1],\"t\":\"waiting\",\"v\":1}",
        "{\"at\":1,\"ppm\":0,\"t\":\"heartbeat\",\"times\":0,\"v\":1}",
        "{\"at\":1,\"ppm\":0,\"t\":\"heartbeat\",\"times\":4294967297,\"v\":1}",
        "{\"at\":1,\"ppm\":1000001,\"t\":\"progressed\",\"v\":1}",
        "{\"at\":1,\"ppm\":4294967296,\"t\":\"progressed\",\"v\":1}",
        "{\"at\":1,\"result\":{\"sha256\":\"00\",\"size\":1},\"t\":\"completed\",\"v\":1}",
        "{\"at\":1,\"result\":{\"sha256\":\"zz\",\"size\":1},\"t\":\"completed\",\"v\":1}",
        "{\"at\":1,\"attempt\":4294967297,\"epoch\":1,\"job_no\":1,\"t\":\"dispatched\",\"v\":1,"
            + "\"worker\":\"w\"}"
      })
  void what_no_writer_of_ours_wrote_is_refused(String document) {
    assertThatThrownBy(() -> read(Bytes.utf8(document)))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void a_missing_member_is_refused_or_was_optional_and_never_a_crash() {
    for (JobEvent event : EventSamples.all()) {
      String stored = write(event).utf8();
      for (String member : List.of("at", "code", "message", "parents", "result", "why", "times")) {
        String cut = stored.replaceFirst("\"" + member + "\":(\\d+|\"[^\"]*\"|\\[[^\\]]*\\]),", "");
        if (!cut.equals(stored) && !(member.equals("message") && stored.contains("ppm"))) {
          assertThatThrownBy(() -> read(Bytes.utf8(cut)))
              .as(cut)
              .isInstanceOf(CanonicalFormatException.class)
              .hasMessageContaining(member);
        }
      }
    }
  }

  @Test
  void no_damage_crashes_the_reader() {
    Random random = new Random(5);
    for (JobEvent event : EventSamples.all()) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = write(event).toArray();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(read(Bytes.wrap(damaged)).visibleCount()).isNotNegative();
        } catch (CanonicalFormatException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      }
    }
  }

  static Bytes write(JobEvent event) {
    CanonicalWriter out = new CanonicalWriter();
    JobEventCodec.write(event, out);
    return out.toBytes();
  }

  static JobEvent read(Bytes stored) {
    return JobEventCodec.read(CanonicalReader.object(stored));
  }
}
