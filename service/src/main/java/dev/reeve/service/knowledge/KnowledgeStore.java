package dev.reeve.service.knowledge;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Keeps lines in their order. Called by one thread at a time; blocks.
public interface KnowledgeStore {
  /// Reads all that was kept.
  void read(Consumer<Bytes> line) throws IOException;

  /// Keeps further lines, all or none: on disk when it returns.
  void append(List<Bytes> lines) throws IOException;

  /// Keeps these in place of all others: on disk when it returns.
  void replace(List<Bytes> lines) throws IOException;
}
