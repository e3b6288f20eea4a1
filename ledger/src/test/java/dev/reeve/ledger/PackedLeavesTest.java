package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Sha256;
import dev.reeve.testing.Golden;
import dev.reeve.testing.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

@Seeded
class PackedLeavesTest {
  private static final List<String> TEXTS =
      List.of("", "", "a", "b", "\u00e4\u20ac", "q\"b\\", "\n");

  @Test
  void what_is_read_back_is_what_was_hashed(RandomGenerator random) {
    int packed = 0;
    int lines = 0;
    for (int round = 0; round < 500; round++) {
      List<Leaf> leaves = random(random, 1 + random.nextInt(30));

      byte[] written = PackedLeaves.write(leaves).toArray();

      assertThat(read(written)).isEqualTo(hashed(leaves));
      int asLines =
          LeafLines.write(leaves, leaves.getFirst().toBytes()).stream()
              .mapToInt(line -> line.size() + 1)
              .sum();
      packed += written.length < asLines ? 1 : 0;
      lines += written.length == asLines ? 1 : 0;
    }
    assertThat(packed).as("groups with packed leaves").isGreaterThan(100);
    assertThat(lines).as("groups without any").isPositive();
  }

  @Test
  void a_leaf_that_is_like_another_costs_its_job_and_its_hash_and_a_byte() {
    List<Leaf> leaves = mixed();
    int withoutLast = PackedLeaves.write(leaves.subList(0, leaves.size() - 1)).size();

    Bytes written = PackedLeaves.write(leaves);

    assertThat(written.size() - withoutLast).isEqualTo(1 + 16 + 32);
    Golden.hold("packed-leaves.hex", HexFormat.of().formatHex(written.unsafeArray()) + "\n");
  }

  @Test
  void every_flipped_bit_is_found() {
    List<Leaf> leaves = mixed();
    byte[] bytes = PackedLeaves.write(leaves).toArray();

    List<Integer> undetected = new ArrayList<>();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      if (readsAs(bytes, hashed(leaves))) {
        undetected.add(bit);
      }
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }

    assertThat(undetected).isEmpty();
  }

  @Test
  void whatever_is_missing_at_the_end_is_missed() {
    List<Leaf> leaves = mixed();
    byte[] bytes = PackedLeaves.write(leaves).toArray();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(readsAs(cut, hashed(leaves))).as("%s of %s bytes", length, bytes.length).isFalse();
    }
  }

  @Test
  void another_way_to_write_a_leaf_is_refused_and_the_leaf_named() {
    List<Leaf> leaves = mixed();
    Bytes first = leaves.getFirst().toBytes();
    String job = "\"job\":\"01a20030-e4f7-7bff-a4ab-00000000000a\"";
    byte[] packed = new byte[1 + 16 + 32];
    packed[0] = 2;

    for (byte[] other :
        List.of(
            // What could be packed, as a line.
            line("{" + job + "}"),
            line("{\"in\":\"" + "A".repeat(43) + "\"," + job + "}"),
            // As many up as there are none, and none up.
            packed,
            new byte[] {0},
            new byte[] {9},
            new byte[] {-1},
            // Too short, and lines that are none.
            new byte[] {1, 2, 3},
            Bytes.utf8("{}").toArray(),
            line("{\"of\":1}"),
            line(""))) {
      byte[] whole = new byte[first.size() + 1 + other.length];
      System.arraycopy(first.unsafeArray(), 0, whole, 0, first.size());
      whole[first.size()] = '\n';
      System.arraycopy(other, 0, whole, first.size() + 1, other.length);

      assertThatThrownBy(() -> read(whole))
          .as(HexFormat.of().formatHex(other))
          .isInstanceOf(CanonicalFormatException.class)
          .hasMessageStartingWith("index 8: ");
    }
  }

  @Test
  void a_job_whose_id_is_no_uuid_in_small_letters_is_kept_as_it_is() {
    for (String job :
        List.of(
            "job-1",
            "01A20030-E4F7-7BFF-A4AB-000000000001",
            "01a20030-e4f7-7bff-a4ab-00000000000g",
            "01a20030-e4f7-7bff-a4ab.000000000001",
            "01a20030e4f7-7bff-a4ab--000000000001",
            "\u00e41a20030-e4f7-7bff-a4ab-00000000001",
            "{1a20030-e4f7-7bff-a4ab-00000000001}")) {
      List<Leaf> leaves = new ArrayList<>(mixed());
      Leaf last = leaves.removeLast();
      leaves.add(
          new Leaf(
              last.position(),
              last.index(),
              last.atMicros(),
              last.eventSeqs(),
              last.receipt().withSubject("default", job, last.receipt().actor())));

      assertThat(read(PackedLeaves.write(leaves).toArray())).as(job).isEqualTo(hashed(leaves));
    }
  }

  private static byte[] line(String text) {
    return Bytes.utf8(text + "\n").toArray();
  }

  private static List<Bytes> read(byte[] bytes) {
    return PackedLeaves.read(bytes, 0);
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
    int noise = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      index += random.nextInt(20) == 0 ? 2 : 1;
      boolean isOdd = noise > 0 && random.nextInt(4 - noise) == 0;
      leaves.add(
          new Leaf(
              isOdd ? random.nextInt(100) : 12,
              index,
              1_795_299_534_071_434L,
              isOdd ? List.of() : List.of(1L, 2L),
              new Receipt(
                  isOdd ? text(random) : "default",
                  isOdd ? text(random) : new UUID(random.nextLong(), random.nextLong()).toString(),
                  isOdd ? text(random) : "operator",
                  random.nextInt(3) == 0 ? "action:job:finish" : "action:job:submit",
                  random.nextInt(5) == 0 ? "deny" : "allow",
                  isOdd ? text(random) : "",
                  isOdd ? text(random) : "",
                  isOdd ? text(random) : "1:abc",
                  isOdd ? text(random) : "genome",
                  isOdd && random.nextBoolean() ? Bytes.EMPTY : hash("h" + random.nextInt(20)),
                  isOdd && random.nextBoolean() ? hash("h" + random.nextInt(20)) : Bytes.EMPTY)));
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

  private static boolean readsAs(byte[] bytes, List<Bytes> hashed) {
    try {
      return read(bytes).equals(hashed);
    } catch (CanonicalFormatException e) {
      return false;
    }
  }
}
