package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.knowledge.KnowledgeStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The knowledge base in `DATA/knowledge.jsonl`: a line of JSON for each write. Lines that were
/// written at once follow a line that counts them, `{"lines":3}`. What at the end was not written
/// whole, a line or some that are counted, was not answered for and is dropped.
final class KnowledgeFile implements KnowledgeStore {
  private static final int SIZE_MAX = 512 << 20;
  private static final byte END = '\n';
  private static final byte[] COUNT = "{\"lines\":".getBytes(StandardCharsets.US_ASCII);

  private final Path file;

  /// Where the last whole line ends. What a write that failed left behind it is cut off.
  private long end;

  private KnowledgeFile(Path file) {
    this.file = file;
  }

  /// The knowledge base of a data directory, with what was kept before.
  ///
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_UNREADABLE`
  static KnowledgeBase open(Path data, InstantSource clock) {
    KnowledgeFile file = new KnowledgeFile(data.resolve("knowledge.jsonl"));
    KnowledgeBase base = new KnowledgeBase(file, clock);
    try {
      base.open();
      return base;
    } catch (IOException e) {
      throw ServerProblems.KNOWLEDGE_UNREADABLE
          .because(file.file + ": " + e.getMessage() + " (expected: what this server wrote)")
          .toException();
    }
  }

  @Override
  public void read(Consumer<Bytes> line) throws IOException {
    Bytes all = GovernanceFiles.read(file, SIZE_MAX).orElse(Bytes.EMPTY);
    byte[] bytes = all.unsafeArray();
    List<Bytes> group = new ArrayList<>();
    int missing = 1;
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != END) {
        continue;
      }
      if (Arrays.mismatch(bytes, begin, i, COUNT, 0, COUNT.length) == COUNT.length) {
        missing = count(bytes, begin + COUNT.length, i);
      } else {
        group.add(Bytes.wrap(Arrays.copyOfRange(bytes, begin, i)));
        missing--;
      }
      begin = i + 1;
      if (missing == 0) {
        group.forEach(line);
        group.clear();
        missing = 1;
        end = begin;
      }
    }
    if (end < bytes.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  private static int count(byte[] bytes, int from, int to) throws IOException {
    // Without the brace at the end.
    String digits = new String(bytes, from, Math.max(0, to - 1 - from), StandardCharsets.US_ASCII);
    try {
      int count = Integer.parseInt(digits);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new IOException("no count of lines: " + digits);
  }

  @Override
  public void append(List<Bytes> lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Does nothing unless a write has failed half way.
      channel.truncate(end);
      channel.position(end);
      ByteBuffer joined = ByteBuffer.wrap(joined(counted(lines)).unsafeArray());
      while (joined.hasRemaining()) {
        channel.write(joined);
      }
      channel.force(true);
      end = channel.position();
    }
  }

  @Override
  public void replace(List<Bytes> lines) throws IOException {
    Bytes joined = joined(lines);
    GovernanceFiles.writeDurably(file, joined);
    end = joined.size();
  }

  private static List<Bytes> counted(List<Bytes> lines) {
    if (lines.size() == 1) {
      return lines;
    }
    List<Bytes> counted = new ArrayList<>(lines.size() + 1);
    counted.add(Bytes.utf8("{\"lines\":" + lines.size() + "}"));
    counted.addAll(lines);
    return counted;
  }

  private static Bytes joined(List<Bytes> lines) {
    int size = 0;
    for (Bytes line : lines) {
      size += line.size() + 1;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (Bytes line : lines) {
      System.arraycopy(line.unsafeArray(), 0, all, at, line.size());
      at += line.size();
      all[at++] = END;
    }
    return Bytes.wrap(all);
  }
}
