package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.knowledge.KnowledgeStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The knowledge base in `DATA/knowledge.jsonl`: a line of JSON for each write. A last line that
/// was not written whole was not answered for, and is dropped.
final class KnowledgeFile implements KnowledgeStore {
  private static final int SIZE_MAX = 512 << 20;
  private static final byte END = '\n';

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
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == END) {
        line.accept(Bytes.wrap(Arrays.copyOfRange(bytes, begin, i)));
        begin = i + 1;
      }
    }
    end = begin;
    if (begin < bytes.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  @Override
  public void append(List<Bytes> lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Does nothing unless a write has failed half way.
      channel.truncate(end);
      channel.position(end);
      ByteBuffer joined = ByteBuffer.wrap(joined(lines).unsafeArray());
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
