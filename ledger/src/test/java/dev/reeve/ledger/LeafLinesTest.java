package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Sha256;
import dev.reeve.testing.Golden;
import dev.reeve.testing.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@Seeded
class LeafLinesTest {
  private static final List<String> TEXTS =
      List.of(
          "", "", "a", "b", "local-operator", "\u00e4\u20ac\uD83D\uDE00", "quote\"back\\", "\n");

  @Test
  void what_is_read_back_is_what_was_hashed(RandomGenerator random) {
    for (int round = 0; round < 300; round++) {
      List<Leaf> leaves = random(random, 1 + random.nextInt(20));

      List<Bytes> lines = LeafLines.write(leaves, leaves.getFirst().toBytes());

      assertThat(LeafLines.read(lines)).isEqualTo(hashed(leaves));
    }
  }

  @Test
  void a_leaf_that_is_like_another_costs_little_more_than_its_job_and_its_hash() {
    List<Leaf> leaves = mixed();

    List<Bytes> lines = LeafLines.write(leaves, leaves.getFirst().toBytes());

    assertThat(leaves.getLast().toBytes().size()).isGreaterThan(300);
    assertThat(lines.getLast().size()).isLessThan(110);
    Golden.hold(
        "leaf-lines.jsonl",
        lines.stream().map(Bytes::utf8).collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void the_members_of_a_leaf_may_come_and_go() {
    Receipt little = Receipt.of("a", "allow");
    Receipt much =
        new Receipt("t", "j", "p", "a", "allow", "r", "why", "s", "g", hash("in"), hash("out"));
    List<Leaf> leaves =
        List.of(
            new Leaf(1, 0, 5, List.of(), little),
            new Leaf(1, 1, 5, List.of(1L, 2L), much),
            new Leaf(2, 9, 6, List.of(), little),
            new Leaf(2, 10, 6, List.of(3L), Receipt.of("b", "deny")));

    List<Bytes> lines = LeafLines.write(leaves, leaves.getFirst().toBytes());

    assertThat(LeafLines.read(lines)).isEqualTo(hashed(leaves));
  }

  @Test
  void every_flipped_bit_is_found() {
    List<Leaf> leaves = mixed().subList(0, 3);
    List<Bytes> lines = LeafLines.write(leaves, leaves.getFirst().toBytes());

    List<String> undetected = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      byte[] bytes = lines.get(line).toArray();
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        List<Bytes> damaged = new ArrayList<>(lines);
        damaged.set(line, Bytes.copyOf(bytes));
        if (readsAs(damaged, hashed(leaves))) {
          undetected.add(line + "/" + bit);
        }
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
    }

    assertThat(undetected).isEmpty();
  }

  @Test
  void another_way_to_write_a_leaf_is_refused_and_the_leaf_named() {
    List<Leaf> leaves = mixed();
    List<Bytes> lines = LeafLines.write(leaves, leaves.getFirst().toBytes());

    for (String other :
        List.of(
            "{\"actor\":\"operator\"}",
            "{\"index\":8}",
            "{\"job\":\"\"}",
            "{\"less\":[]}",
            "{\"less\":[\"in\",\"actor\"]}",
            "{\"less\":[\"nothing\"]}",
            "{\"of\":0}",
            "{\"of\":2}",
            "{\"of\":9}",
            "{\"in\":\"AAAA\"}",
            "{\"more\":1}",
            "{\"v\":1}",
            "[]",
            "")) {
      List<Bytes> damaged = List.of(lines.getFirst(), Bytes.utf8(other));
      assertThatThrownBy(() -> LeafLines.read(damaged))
          .as(other)
          .isInstanceOf(CanonicalFormatException.class)
          .hasMessageStartingWith("index 8: ");
    }
  }

  @Test
  void a_first_line_alone_is_handed_on_as_it_is() {
    List<Bytes> damaged = List.of(Bytes.utf8("not a leaf"));

    assertThat(LeafLines.read(damaged)).isEqualTo(damaged);
    assertThat(LeafLines.read(List.of())).isEmpty();
  }

  /// Submits and ends as they come.
  private static List<Leaf> mixed() {
    List<Leaf> leaves = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      boolean isSubmit = i % 3 != 1;
      Receipt receipt =
          isSubmit
              ? Receipt.of("action:job:submit", "allow")
                  .withSubject("default", "01a20030-e4f7-7bff-a4ab-00000000000" + i, "operator")
                  .withRule("default-work", "", "1:" + hash("policy").hex())
                  .withInput(hash("in " + i))
              : Receipt.of("action:job:finish", "release")
                  .withSubject("default", "01a20030-e4f7-7bff-a4ab-00000000000" + i, "w1")
                  .withOutput(hash("out " + i));
      leaves.add(
          new Leaf(
              3,
              7 + i,
              1_795_299_534_071_434L,
              isSubmit ? List.of(1L, 2L) : List.of(3L, 4L),
              receipt.withGenome(hash("genome").hex())));
    }
    return leaves;
  }

  private static List<Leaf> random(RandomGenerator random, int count) {
    List<Leaf> leaves = new ArrayList<>();
    long index = random.nextInt(1_000);
    for (int i = 0; i < count; i++) {
      index += random.nextInt(10) == 0 ? 2 : 1;
      leaves.add(
          new Leaf(
              random.nextInt(5) == 0 ? random.nextInt(100) : 12,
              index,
              random.nextInt(5) == 0 ? random.nextInt(100) : 1_795_299_534_071_434L,
              random.nextBoolean() ? List.of() : List.of(1L, 2L + random.nextInt(3)),
              new Receipt(
                  text(random),
                  random.nextBoolean() ? text(random) : "job-" + random.nextInt(),
                  text(random),
                  random.nextInt(3) == 0 ? "action:job:finish" : "action:job:submit",
                  random.nextInt(5) == 0 ? "deny" : "allow",
                  text(random),
                  text(random),
                  text(random),
                  text(random),
                  random.nextBoolean() ? Bytes.EMPTY : hash("h" + random.nextInt(20)),
                  random.nextBoolean() ? Bytes.EMPTY : hash("h" + random.nextInt(20)))));
    }
    return leaves;
  }

  private static String text(RandomGenerator random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static Bytes hash(String of) {
    return Sha256.of(Bytes.utf8(of));
  }

  private static List<Bytes> hashed(List<Leaf> leaves) {
    return leaves.stream().map(Leaf::toBytes).toList();
  }

  private static boolean readsAs(List<Bytes> lines, List<Bytes> hashed) {
    try {
      return LeafLines.read(lines).equals(hashed);
    } catch (CanonicalFormatException e) {
      return false;
    }
  }
}
