package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LeafLines;
import dev.reeve.ledger.PackedLeaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a commit keeps besides its rows: which jobs got which sequence numbers, and the receipts of
/// the group in leaf order. Cursors over the journal read this.
///
/// Stored as a line, one canonical object for the jobs; where there are leaves, a line feed and
/// these. Version 1 has each leaf as it was hashed on a line of its own; version 2 has them as
/// [LeafLines], version 3 as [PackedLeaves]. Canonical JSON holds no line feed.
public final class JournalDocument {
  private static final int WHOLE = 1;
  private static final int SHORT = 2;
  private static final int PACKED = 3;
  private static final int NUMBERS_PER_JOB = 3;

  private final List<Sequences> jobs;
  private final int version;
  private final byte[] bytes;
  private final int leavesFrom;

  /// What one job got.
  ///
  /// @param jobNo the job
  /// @param firstSeq first sequence number of the commit
  /// @param count how many; 0 when only internal facts were added
  public record Sequences(long jobNo, long firstSeq, int count) {}

  private JournalDocument(List<Sequences> jobs, int version, byte[] bytes, int leavesFrom) {
    this.jobs = List.copyOf(jobs);
    this.version = version;
    this.bytes = bytes;
    this.leavesFrom = leavesFrom;
  }

  /// Version 1, for logs that a reader of only that version may have to read.
  ///
  /// @param jobs changed jobs in the order of the group
  /// @param leaves receipts in leaf order, as hashed
  public static Bytes writeWhole(List<Sequences> jobs, List<Bytes> leaves) {
    return lines(header(jobs, WHOLE), leaves);
  }

  /// Version 2, for logs that a reader of no later version may have to read.
  ///
  /// @param jobs changed jobs in the order of the group
  /// @param leaves receipts in leaf order
  public static Bytes writeShort(List<Sequences> jobs, List<Leaf> leaves) {
    return lines(
        header(jobs, SHORT),
        leaves.isEmpty() ? List.of() : LeafLines.write(leaves, leaves.getFirst().toBytes()));
  }

  /// Version 3.
  ///
  /// @param jobs changed jobs in the order of the group
  /// @param leaves receipts in leaf order
  public static Bytes write(List<Sequences> jobs, List<Leaf> leaves) {
    return lines(
        header(jobs, PACKED), leaves.isEmpty() ? List.of() : List.of(PackedLeaves.write(leaves)));
  }

  /// @throws CanonicalFormatException when the bytes are no such document; a damaged leaf is found
  ///   by [#leaves()]
  public static JournalDocument read(Bytes bytes) {
    byte[] all = bytes.unsafeArray();
    int end = headerEnd(all);
    CanonicalObject header = header(all, end);
    return new JournalDocument(jobs(header), (int) header.number("v"), all, end + 1);
  }

  /// The changed jobs alone, in the order of the group.
  ///
  /// @throws CanonicalFormatException as [#read]
  public static List<Sequences> readJobs(Bytes bytes) {
    byte[] all = bytes.unsafeArray();
    return List.copyOf(jobs(header(all, headerEnd(all))));
  }

  private static int headerEnd(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static CanonicalObject header(byte[] bytes, int end) {
    CanonicalObject header = CanonicalReader.object(Bytes.wrap(Arrays.copyOf(bytes, end)));
    long version = header.number("v");
    if (version < WHOLE || version > PACKED) {
      throw new CanonicalFormatException("journal: version " + version);
    }
    return header;
  }

  private static List<Sequences> jobs(CanonicalObject header) {
    List<Long> numbers = header.numbers("jobs");
    if (numbers.size() % NUMBERS_PER_JOB != 0) {
      throw new CanonicalFormatException("jobs: " + numbers.size() + " numbers");
    }
    List<Sequences> jobs = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += NUMBERS_PER_JOB) {
      jobs.add(
          new Sequences(numbers.get(i), numbers.get(i + 1), Math.toIntExact(numbers.get(i + 2))));
    }
    return jobs;
  }

  /// Changed jobs in the order of the group.
  public List<Sequences> jobs() {
    return jobs;
  }

  /// Receipts in leaf order, as hashed. Worked out at each call.
  ///
  /// @throws CanonicalFormatException when they are not as written
  public List<Bytes> leaves() {
    if (leavesFrom > bytes.length) {
      return List.of();
    }
    return switch (version) {
      case WHOLE -> lines(bytes, leavesFrom);
      case SHORT -> LeafLines.read(lines(bytes, leavesFrom));
      default -> PackedLeaves.read(bytes, leavesFrom);
    };
  }

  private static Bytes header(List<Sequences> jobs, int version) {
    CanonicalWriter out = new CanonicalWriter(64 + 16 * jobs.size()).beginObject();
    out.key("jobs").beginArray();
    for (Sequences job : jobs) {
      out.value(job.jobNo()).value(job.firstSeq()).value(job.count());
    }
    return out.endArray().member("v", version).endObject().toBytes();
  }

  private static Bytes lines(Bytes header, List<Bytes> rest) {
    int size = header.size();
    for (Bytes line : rest) {
      size += 1 + line.size();
    }
    byte[] lines = Arrays.copyOf(header.unsafeArray(), size);
    int at = header.size();
    for (Bytes line : rest) {
      lines[at++] = '\n';
      System.arraycopy(line.unsafeArray(), 0, lines, at, line.size());
      at += line.size();
    }
    return Bytes.wrap(lines);
  }

  private static List<Bytes> lines(byte[] bytes, int from) {
    List<Bytes> lines = new ArrayList<>();
    int start = from;
    for (int i = from; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        lines.add(Bytes.wrap(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return lines;
  }
}
