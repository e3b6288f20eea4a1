package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.knowledge.KnowledgeStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A knowledge base for tests, kept in memory.
public final class KnowledgeFixture {
  private KnowledgeFixture() {}

  /// One with nothing in it.
  public static KnowledgeBase empty() {
    return new KnowledgeBase(new InMemory(), InstantSource.system());
  }

  /// What a restart finds is what was kept.
  static final class InMemory implements KnowledgeStore {
    private final List<Bytes> lines = new ArrayList<>();

    @Override
    public void read(Consumer<Bytes> line) {
      List.copyOf(lines).forEach(line);
    }

    @Override
    public void append(List<Bytes> more) {
      lines.addAll(more);
    }

    @Override
    public void replace(List<Bytes> others) {
      lines.clear();
      lines.addAll(others);
    }
  }
}
