package dev.reeve.service.knowledge;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.service.Times;
import dev.reeve.service.knowledge.KnowledgeItem.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The knowledge base of every tenant. Safe on any thread; writes block until they are on disk.
public final class KnowledgeBase {
  /// Most records, and most decisions, of one tenant.
  public static final int TENANT_ITEMS_MAX = 50_000;

  /// Most bytes of all that is kept.
  static final long BYTES_MAX = 128L << 20;

  /// Most bytes of one tenant, so that none can take all the room.
  public static final long TENANT_BYTES_MAX = 32L << 20;

  private static final Logger log = LoggerFactory.getLogger(KnowledgeBase.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// Bytes that were written over, beside as many as are alive, before the store is written anew:
  /// what is written over again and again must not fill the disk.
  static final long STALE_BYTES_MAX = 16L << 20;

  /// @param tenant whose
  private record ShelfKey(String tenant, Kind kind) {}

  /// Items by id, and in the order of their first write.
  private static final class Shelf {
    private final Map<String, Long> sequences = new HashMap<>();
    private final TreeMap<Long, KnowledgeLine> lines = new TreeMap<>();
  }

  /// What became of a write.
  public sealed interface Outcome {}

  /// It is kept.
  ///
  /// @param created whether the id is new
  /// @param atMicros when it was kept
  public record Written(boolean created, long atMicros) implements Outcome {}

  /// It is not: `KNOWLEDGE_EXISTS` or `KNOWLEDGE_FULL`.
  public record Refused(Problem problem) implements Outcome {}

  /// A line in memory that is not on disk yet.
  private record Taken(KnowledgeLine line, @Nullable KnowledgeLine before) {}

  /// A page of items in the order of their first write.
  ///
  /// @param next sequence after which the next page begins; empty when there is none
  public record Page(List<KnowledgeItem> items, Optional<Long> next) {}

  private final KnowledgeCounts counts = new KnowledgeCounts();
  private final KnowledgeStore store;
  private final InstantSource clock;
  private final Map<ShelfKey, Shelf> shelves = new HashMap<>();

  /// Of what is alive, by tenant.
  private final Map<String, Long> tenantBytes = new HashMap<>();

  private long lastSequence;

  /// Of what is alive.
  private long bytes;

  /// Of what the store holds, what was written over included.
  private long storedBytes;

  public KnowledgeBase(KnowledgeStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Takes up what was kept before a restart.
  ///
  /// @throws IOException when it cannot be read, or is not what was written
  public synchronized void open() throws IOException {
    try {
      store.read(line -> {
        Taken _ = take(KnowledgeLine.parse(line));
        storedBytes += line.size();
      });
    } catch (CanonicalFormatException | IllegalArgumentException e) {
      throw new IOException("no line of a knowledge base: " + e.getMessage(), e);
    }
    dropStale();
  }

  private void dropStale() throws IOException {
    if (storedBytes - bytes <= Math.max(STALE_BYTES_MAX, bytes)) {
      return;
    }
    store.replace(
        shelves.values().stream()
            .flatMap(shelf -> shelf.lines.values().stream())
            .map(KnowledgeLine::bytes)
            .toList());
    storedBytes = bytes;
  }

  /// Writes an item; on disk when it returns.
  ///
  /// @param over whether a record may be written over
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_EXISTS`, `KNOWLEDGE_FULL`,
  ///   `KNOWLEDGE_NOT_KEPT`
  public Written write(String tenant, KnowledgeItem item, boolean over) {
    return switch (writeAll(tenant, List.of(item), over).getFirst()) {
      case Written written -> written;
      case Refused refused -> throw refused.problem().toException();
    };
  }

  /// Writes items in their order, each for itself, and all that may be written at once: when it
  /// returns they are on disk, when it throws none of them is.
  ///
  /// @return what became of each
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_NOT_KEPT`
  public synchronized List<Outcome> writeAll(
      String tenant, List<KnowledgeItem> items, boolean over) {
    long now = Times.micros(clock.instant());
    List<Outcome> outcomes = new ArrayList<>(items.size());
    List<Taken> taken = new ArrayList<>(items.size());
    for (KnowledgeItem item : items) {
      counts.written();
      Shelf shelf = shelf(tenant, item.kind());
      Long known = shelf.sequences.get(item.id());
      KnowledgeLine line =
          KnowledgeLine.of(tenant, known == null ? lastSequence + 1 : known, now, item);
      Optional<Problem> refusal = refusal(shelf, known, line, over);
      if (refusal.isPresent()) {
        outcomes.add(new Refused(refusal.get()));
      } else {
        taken.add(take(line));
        outcomes.add(new Written(known == null, now));
      }
    }
    if (!taken.isEmpty()) {
      keep(taken);
    }
    return List.copyOf(outcomes);
  }

  private void keep(List<Taken> taken) {
    List<Bytes> lines = taken.stream().map(one -> one.line().bytes()).toList();
    try {
      store.append(lines);
    } catch (IOException e) {
      taken.reversed().forEach(this::giveBack);
      log.error("the knowledge base could not be written", e);
      throw KnowledgeProblems.KNOWLEDGE_NOT_KEPT
          .because("the write could not be kept (expected: a disk that takes it)")
          .withRetryAfter(RETRY)
          .toException();
    }
    storedBytes += lines.stream().mapToLong(Bytes::size).sum();
    try {
      dropStale();
    } catch (IOException e) {
      // The write itself is kept; the next one tries again.
      log.warn("what was written over in the knowledge base could not be dropped", e);
    }
  }

  private Optional<Problem> refusal(
      Shelf shelf, @Nullable Long known, KnowledgeLine line, boolean over) {
    KnowledgeItem item = line.item();
    if (known == null) {
      return shelf.lines.size() < TENANT_ITEMS_MAX
          ? fullOfBytes(line, 0)
          : full("items: " + shelf.lines.size(), TENANT_ITEMS_MAX, "");
    }
    if (over && item.kind() == Kind.RECORD) {
      return fullOfBytes(line, Objects.requireNonNull(shelf.lines.get(known)).bytes().size());
    }
    String expected = item.kind() == Kind.DECISION ? "a new one" : "a new one, or allow_overwrite";
    return Optional.of(
        KnowledgeProblems.KNOWLEDGE_EXISTS.because(
            "id: " + Text.quoteForMessage(item.id()) + " is taken (expected: " + expected + ")"));
  }

  /// @param freed bytes that the line is written over
  private Optional<Problem> fullOfBytes(KnowledgeLine line, long freed) {
    long more = line.bytes().size() - freed;
    long ofTenant = tenantBytes.getOrDefault(line.tenant(), 0L);
    if (ofTenant + more > TENANT_BYTES_MAX) {
      return full("bytes: " + ofTenant, TENANT_BYTES_MAX, " of a tenant");
    }
    return bytes + more > BYTES_MAX
        ? full("bytes: " + bytes, BYTES_MAX, " of all tenants")
        : Optional.empty();
  }

  private static Optional<Problem> full(String what, long most, String ofWhom) {
    return Optional.of(
        KnowledgeProblems.KNOWLEDGE_FULL.because(
            what + " (expected: at most " + most + ofWhom + ")"));
  }

  private Taken take(KnowledgeLine line) {
    Shelf shelf = shelf(line.tenant(), line.item().kind());
    shelf.sequences.put(line.item().id(), line.sequence());
    KnowledgeLine before = shelf.lines.put(line.sequence(), line);
    count(line.tenant(), line.bytes().size() - (before == null ? 0 : before.bytes().size()));
    lastSequence = Math.max(lastSequence, line.sequence());
    return new Taken(line, before);
  }

  private void giveBack(Taken taken) {
    KnowledgeLine line = taken.line();
    if (taken.before() != null) {
      Taken _ = take(taken.before());
      return;
    }
    Shelf shelf = shelf(line.tenant(), line.item().kind());
    shelf.sequences.remove(line.item().id());
    shelf.lines.remove(line.sequence());
    count(line.tenant(), -line.bytes().size());
  }

  private void count(String tenant, long more) {
    bytes += more;
    tenantBytes.merge(tenant, more, Long::sum);
  }

  /// The record of an id.
  ///
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_NOT_FOUND`
  public synchronized KnowledgeItem record(String tenant, String id) {
    Shelf shelf = shelf(tenant, Kind.RECORD);
    Long sequence = shelf.sequences.get(id);
    counts.asked(Kind.RECORD, sequence != null);
    if (sequence == null) {
      throw KnowledgeProblems.KNOWLEDGE_NOT_FOUND
          .because("record_id: " + Text.quoteForMessage(id) + " (expected: one that was written)")
          .with("record_id", id)
          .toException();
    }
    return Objects.requireNonNull(shelf.lines.get(sequence)).item();
  }

  /// Items that fit, in the order of their first write, which a write over an item does not change.
  ///
  /// @param after sequence after which to begin; 0 for the first page
  /// @param most items of the page
  public synchronized Page query(
      String tenant, Kind kind, Predicate<KnowledgeItem> fits, long after, int most) {
    Page page = page(tenant, kind, fits, after, most);
    counts.asked(kind, !page.items().isEmpty());
    return page;
  }

  /// What was asked for and written since the start, by name, with `{kind="..."}` behind it where a
  /// name is counted by kind.
  public Map<String, Long> counts() {
    return counts.all();
  }

  private Page page(String tenant, Kind kind, Predicate<KnowledgeItem> fits, long after, int most) {
    List<KnowledgeItem> found = new ArrayList<>();
    long last = after;
    for (Map.Entry<Long, KnowledgeLine> one :
        shelf(tenant, kind).lines.tailMap(after, false).entrySet()) {
      if (!fits.test(one.getValue().item())) {
        continue;
      }
      if (found.size() == most) {
        return new Page(List.copyOf(found), Optional.of(last));
      }
      found.add(one.getValue().item());
      last = one.getKey();
    }
    return new Page(List.copyOf(found), Optional.empty());
  }

  private Shelf shelf(String tenant, Kind kind) {
    return shelves.computeIfAbsent(new ShelfKey(tenant, kind), _ -> new Shelf());
  }
}
