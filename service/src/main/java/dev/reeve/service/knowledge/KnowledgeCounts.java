package dev.reeve.service.knowledge;

import dev.reeve.service.knowledge.KnowledgeItem.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// How often a knowledge base was used since the start. Safe on any thread.
final class KnowledgeCounts {
  private final LongAdder calls = new LongAdder();
  private final Map<Kind, LongAdder> hits = adders();
  private final Map<Kind, LongAdder> misses = adders();

  private static Map<Kind, LongAdder> adders() {
    Map<Kind, LongAdder> adders = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      adders.put(kind, new LongAdder());
    }
    return adders;
  }

  void written() {
    calls.increment();
  }

  /// @param found whether there was anything
  void asked(Kind kind, boolean found) {
    calls.increment();
    LongAdder adder = (found ? hits : misses).get(kind);
    if (adder != null) {
      adder.increment();
    }
  }

  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    all.put("contract_requests", calls.sum());
    hits.forEach((kind, adder) -> {
      String label = "{kind=\"" + kind.name().toLowerCase(Locale.ROOT) + "\"}";
      LongAdder missed = misses.get(kind);
      long without = missed == null ? 0 : missed.sum();
      all.put("hits" + label, adder.sum());
      all.put("misses" + label, without);
      all.put("queries" + label, adder.sum() + without);
    });
    return all;
  }
}
