package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a commit keeps besides its rows: which jobs got which sequence numbers, and the receipts of
/// the group in leaf order. Cursors over the journal read this.
///
/// Stored as lines: one canonical object for the jobs, then each leaf as it was hashed. Canonical
/// JSON holds no line feed.
///
/// @param jobs changed jobs in the order of the group
/// @param leaves receipts in leaf order, as hashed
public record JournalDocument(List<Sequences> jobs, List<Bytes> leaves) {
  private static final int VERSION = 1;
  private static final int NUMBERS_PER_JOB = 3;

  /// What one job got.
  ///
  /// @param jobNo the job
  /// @param firstSeq first sequence number of the commit
  /// @param count how many; 0 when only internal facts were added
  public record Sequences(long jobNo, long firstSeq, int count) {}

  public JournalDocument {
    jobs = List.copyOf(jobs);
    leaves = List.copyOf(leaves);
  }

  public Bytes write() {
    CanonicalWriter out = new CanonicalWriter(64 + 16 * jobs.size()).beginObject();
    out.key("jobs").beginArray();
    for (Sequences job : jobs) {
      out.value(job.jobNo()).value(job.firstSeq()).value(job.count());
    }
    Bytes header = out.endArray().member("v", VERSION).endObject().toBytes();
    int size = header.size();
    for (Bytes leaf : leaves) {
      size += 1 + leaf.size();
    }
    byte[] lines = Arrays.copyOf(header.unsafeArray(), size);
    int at = header.size();
    for (Bytes leaf : leaves) {
      lines[at++] = '\n';
      System.arraycopy(leaf.unsafeArray(), 0, lines, at, leaf.size());
      at += leaf.size();
    }
    return Bytes.wrap(lines);
  }

  /// @throws CanonicalFormatException when the bytes were not written by [#write()]
  public static JournalDocument read(Bytes bytes) {
    List<Bytes> lines = lines(bytes.unsafeArray());
    CanonicalObject header = CanonicalReader.object(lines.getFirst());
    if (header.number("v") != VERSION) {
      throw new CanonicalFormatException("journal: version " + header.number("v"));
    }
    List<Long> numbers = header.numbers("jobs");
    if (numbers.size() % NUMBERS_PER_JOB != 0) {
      throw new CanonicalFormatException("jobs: " + numbers.size() + " numbers");
    }
    List<Sequences> jobs = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += NUMBERS_PER_JOB) {
      jobs.add(
          new Sequences(numbers.get(i), numbers.get(i + 1), Math.toIntExact(numbers.get(i + 2))));
    }
    return new JournalDocument(jobs, lines.subList(1, lines.size()));
  }

  private static List<Bytes> lines(byte[] bytes) {
    List<Bytes> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        lines.add(Bytes.wrap(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return lines;
  }
}
