package dev.reeve.engine;

import dev.reeve.job.Needs;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The executors that serve one route. Writer's thread only.
///
/// A job that anybody may take goes to them in turn while none measures its load. Else the job goes
/// to the one with the least load among those that fit, and in turn among equals.
///
/// Strict needs: labels must match. What a job requires is had by those that declare all of it;
/// where nobody on the route does, by those whose declaration is not whole. A wish narrows the
/// choice to those that fulfil it when there are any, and keeps no job waiting.
final class ExecutorLine {
  /// What the line must know of an executor.
  interface Member {
    ExecutorSession session();

    /// Jobs in its hands.
    int inHand();

    /// Whether it would take a job now.
    boolean takesJobs();

    /// Whether nothing was heard of it for longer than its lease.
    boolean isSilent();
  }

  private final ArrayDeque<Member> members = new ArrayDeque<>();

  /// Members that take only some jobs.
  private int choosy;

  /// Members that measure their load.
  private int weighing;

  void add(Member member) {
    members.addLast(member);
    choosy += isChoosy(member) ? 1 : 0;
    weighing += member.session().measuresLoad() ? 1 : 0;
  }

  void remove(Member member) {
    if (members.remove(member)) {
      choosy -= isChoosy(member) ? 1 : 0;
      weighing -= member.session().measuresLoad() ? 1 : 0;
    }
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  int silent() {
    return (int) members.stream().filter(Member::isSilent).count();
  }

  /// Whether one of them would take a job now.
  boolean hasCredit() {
    for (Member member : members) {
      if (member.takesJobs()) {
        return true;
      }
    }
    return false;
  }

  /// Whether one of them would take a job with these needs now.
  boolean takes(Needs needs) {
    return isForAll(needs) ? hasCredit() : members.stream().anyMatch(fitting(needs, true));
  }

  /// Whether one of them could take such a job at all.
  boolean serves(Needs needs) {
    return isForAll(needs) ? !members.isEmpty() : members.stream().anyMatch(fitting(needs, false));
  }

  /// The one that gets the job; its turn goes on.
  @Nullable Member next(Needs needs) {
    return weighing == 0 && isForAll(needs) ? inTurn() : leastLoaded(needs);
  }

  private boolean isForAll(Needs needs) {
    return choosy == 0 || needs.areNone();
  }

  private @Nullable Member inTurn() {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.removeFirst();
      members.addLast(member);
      if (member.takesJobs()) {
        return member;
      }
    }
    return null;
  }

  private @Nullable Member leastLoaded(Needs needs) {
    Predicate<Member> fits = fitting(needs, true);
    fits = narrowed(fits, member -> isOfPool(member, needs));
    fits = narrowed(fits, member -> hasCapability(member, needs));
    Member best = null;
    double least = Double.MAX_VALUE;
    for (Member member : members) {
      if (fits.test(member)) {
        boolean wanted = member.session().workerId().equals(needs.worker());
        double load = wanted ? -1 : member.inHand() + Math.max(0, member.session().load());
        if (load < least) {
          best = member;
          least = load;
        }
      }
    }
    if (best != null) {
      members.remove(best);
      members.addLast(best);
    }
    return best;
  }

  /// Those that fit and fulfil the wish, or all that fit when none does.
  private Predicate<Member> narrowed(Predicate<Member> fits, Predicate<Member> wish) {
    Predicate<Member> both = fits.and(wish);
    return members.stream().anyMatch(both) ? both : fits;
  }

  private Predicate<Member> fitting(Needs needs, boolean now) {
    boolean declared =
        members.stream().anyMatch(member -> offer(member).declares(needs.requires()));
    return member -> {
      Offer offer = offer(member);
      boolean has = declared ? offer.declares(needs.requires()) : !offer.whole();
      return (!now || member.takesJobs()) && has && offer.hasLabels(needs);
    };
  }

  private static boolean isOfPool(Member member, Needs needs) {
    return needs.pool().isEmpty() || offer(member).pool().equals(needs.pool());
  }

  private static boolean hasCapability(Member member, Needs needs) {
    return needs.capability().isEmpty() || offer(member).declared().contains(needs.capability());
  }

  private static boolean isChoosy(Member member) {
    return !offer(member).equals(Offer.ANYTHING);
  }

  private static Offer offer(Member member) {
    return member.session().offer();
  }
}
