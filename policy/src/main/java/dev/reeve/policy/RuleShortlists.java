package dev.reeve.policy;

import dev.reeve.policy.RuleIndex.Search;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The few rules that come into question for a tenant and a topic, remembered for those that are
/// asked again: nearly all requests repeat the tenant and the topic of an earlier one.
///
/// What is remembered is bounded whatever callers send: so many places, one entry in each, short
/// names and short lists alone. A list is worked out when its names come again, and others take its
/// place only now and then, so that names which never come again cost next to nothing. Safe on any
/// thread; two at once work the same list out twice.
final class RuleShortlists {
  private static final int PLACE_BITS = 11;
  private static final int NAME_LENGTH_MAX = 128;

  /// More rules are found sooner by their other conditions, see [RuleBucket].
  private static final int RULES_MAX = 64;

  /// One in so many of those who find others in their place takes it.
  private static final int TAKEN_ONE_IN = 8;

  /// How many found others in their place. Lost counts do no harm.
  private int strangers;

  private final AtomicReferenceArray<Entry> places = new AtomicReferenceArray<>(1 << PLACE_BITS);

  /// What is known of a tenant and a topic.
  ///
  /// @param isWorkedOut whether they came more than once
  /// @param rules null where there are too many, or not worked out yet
  private record Entry(
      String tenant, String topic, boolean isWorkedOut, @Nullable Shortlist rules) {
    private boolean isOf(Probe probe) {
      return topic.equals(probe.topic()) && tenant.equals(probe.tenant());
    }
  }

  /// Rules, ascending, among which are all that can match.
  static final class Shortlist {
    private final int[] numbers;
    private final RuleFilter filter;

    private Shortlist(int[] numbers, CompiledRule[] rules) {
      this.numbers = numbers;
      this.filter = new RuleFilter(numbers, rules);
    }

    /// The number of the first rule that matches, or [RuleIndex#NONE].
    int firstMatch(Search search) {
      for (int i = RuleBucket.startAfter(numbers, search.after()); i < numbers.length; i++) {
        if (filter.passes(i, search.marks()) && search.matches(numbers[i])) {
          return numbers[i];
        }
      }
      return RuleIndex.NONE;
    }
  }

  /// The rules for the tenant and the topic of a request; null when they are too many, or not known
  /// yet.
  @Nullable Shortlist of(Probe probe, RuleIndex index) {
    int place = placeOf(probe);
    Entry known = places.getAcquire(place);
    if (known == null || !known.isOf(probe)) {
      if (known == null || strangers++ % TAKEN_ONE_IN == 0) {
        remember(place, probe, false, null);
      }
      return null;
    }
    if (known.isWorkedOut()) {
      return known.rules();
    }
    Optional<int[]> numbers = index.fitting(probe, RULES_MAX);
    Shortlist rules = numbers.isEmpty() ? null : new Shortlist(numbers.get(), index.rules());
    remember(place, probe, true, rules);
    return rules;
  }

  private void remember(int place, Probe probe, boolean isWorkedOut, @Nullable Shortlist rules) {
    if (probe.tenant().length() <= NAME_LENGTH_MAX && probe.topic().length() <= NAME_LENGTH_MAX) {
      places.setRelease(place, new Entry(probe.tenant(), probe.topic(), isWorkedOut, rules));
    }
  }

  private static int placeOf(Probe probe) {
    int hash = 31 * probe.tenant().hashCode() + probe.topic().hashCode();
    return (hash * 0x9E3779B9) >>> (Integer.SIZE - PLACE_BITS);
  }
}
