package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.store.KeptPolicies.Bounds;
import dev.reeve.store.PolicyRows.Entry;
import dev.reeve.store.PolicyRows.File;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every database keeps of the policies that were in force.
abstract class KeptPoliciesContract extends StoreContract {
  private static final Bounds WIDE = new Bounds(1_000, 1L << 30);

  @Test
  void a_policy_is_there_with_its_files_after_a_restart() throws StoreException {
    byte[] large = new byte[2 * 1024 * 1024];
    new Random(7).nextBytes(large);
    List<File> files =
        List.of(
            new File("a/10.yaml", Bytes.wrap(large), false, true),
            new File("a/20 \u00e4.yaml", Bytes.EMPTY, false, false),
            new File("floor.yaml", text("rules: []\n"), true, false));
    assertThat(store().policies().newestFirst()).isEmpty();
    assertThat(store().policies().files("v1:ab")).isEmpty();

    commit(next().job());
    store().policies().put("v1:ab", 7, "a, floor.yaml", files, WIDE);
    commit(next().job());
    restart();

    assertThat(store().policies().newestFirst())
        .containsExactly(new Entry("v1:ab", 7, 7, "a, floor.yaml", 3, large.length + 10));
    assertThat(store().policies().files("v1:ab")).contains(files);
    assertThat(archive().find(2)).isPresent();
  }

  @Test
  void a_policy_that_comes_back_is_kept_once_and_is_the_newest() throws StoreException {
    put("one", 5, "x", WIDE);
    put("two", 9, "y", WIDE);
    restart();

    // The clock may have been set back meanwhile; what came last is the newest all the same.
    List<Entry> now =
        store()
            .policies()
            .put("one", 3, "elsewhere", List.of(new File("other", text("x"), false, true)), WIDE);

    assertThat(now)
        .containsExactly(
            new Entry("one", 5, 3, "elsewhere", 1, 1), new Entry("two", 9, 9, "source", 1, 1));
    assertThat(store().policies().newestFirst()).isEqualTo(now);
    assertThat(store().policies().files("one"))
        .contains(List.of(new File("one.yaml", text("x"), false, false)));
  }

  @Test
  void the_oldest_go_when_there_are_too_many() throws StoreException {
    for (int i = 0; i < 5; i++) {
      put("p" + i, i, "x", new Bounds(3, 1_000));
    }

    assertThat(snapshots()).containsExactly("p4", "p3", "p2");
    assertThat(store().policies().files("p1")).isEmpty();
    assertThat(store().policies().files("p2")).isPresent();
  }

  @Test
  void the_oldest_go_when_they_are_too_large_and_the_newest_stays_whatever_its_size()
      throws StoreException {
    Bounds bounds = new Bounds(100, 10);
    put("a", 1, "x".repeat(4), bounds);
    put("b", 2, "x".repeat(4), bounds);
    put("c", 3, "x".repeat(6), bounds);
    assertThat(snapshots()).containsExactly("c", "b");

    put("b", 4, "x".repeat(4), bounds);
    assertThat(snapshots()).containsExactly("b", "c");

    put("huge", 5, "x".repeat(11), bounds);
    assertThat(snapshots()).containsExactly("huge");

    put("a", 6, "x", bounds);
    assertThat(snapshots()).containsExactly("a");
  }

  @Test
  void the_absence_of_a_policy_is_kept_like_one() throws StoreException {
    put("", 1, "", WIDE);

    assertThat(store().policies().newestFirst())
        .containsExactly(new Entry("", 1, 1, "source", 1, 0));
    assertThat(store().policies().files(""))
        .contains(List.of(new File(".yaml", Bytes.EMPTY, false, false)));
  }

  @Test
  void a_policy_of_a_thousand_files_comes_back_in_order() throws StoreException {
    List<File> files =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new File("f" + i, text("x" + i), false, false))
            .toList();

    store().policies().put("many", 1, "folder", files, WIDE);

    assertThat(store().policies().files("many")).contains(files);
  }

  @Test
  void an_owner_of_before_keeps_no_policy() throws StoreException {
    OpenStore before = store();
    restart();

    assertThatThrownBy(() -> before.policies().put("late", 7, "source", List.of(), WIDE))
        .isInstanceOf(StoreException.class);

    assertThat(store().policies().newestFirst()).isEmpty();
  }

  private void put(String snapshot, long atMicros, String content, Bounds bounds)
      throws StoreException {
    File file = new File(snapshot + ".yaml", text(content), false, false);
    store().policies().put(snapshot, atMicros, "source", List.of(file), bounds);
  }

  private List<String> snapshots() throws StoreException {
    return store().policies().newestFirst().stream().map(Entry::snapshot).toList();
  }
}
