package dev.reeve.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.routing.PolicyError;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.server.route.RoutePolicyFolder;
import dev.reeve.server.route.WatchedPolicies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the routing policies of a folder in force. At start an unreadable file stops the server;
/// later what was in force for it stays, and health says what is wrong.
///
/// What the file system tells is taken at once; [#look], called some fifty times a second, finds
/// the rest. It costs a stat for each file, so in a folder of many it looks less often than it is
/// called: where nothing changes, the looks take no more than a fiftieth of a core. Safe on any
/// thread.
final class RoutePolicyKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RoutePolicyKeeper.class);

  /// How much longer than a look the pause after it is.
  private static final long PAUSE_TO_LOOK = 50;

  /// Takes what a folder holds.
  @FunctionalInterface
  interface Target {
    /// @param files its policies
    /// @param unusable ids of those whose files cannot be used; what is in force for them stays
    /// @throws ProblemException when they cannot be put in force now
    void replace(List<RoutePolicy> files, Set<String> unusable);
  }

  private final Optional<Path> folder;
  private final Target target;
  private final MonotonicClock clock;
  private volatile String trouble = "";

  @GuardedBy("this")
  private Optional<WatchedPolicies> watched = Optional.empty();

  @GuardedBy("this")
  private Optional<FolderWatch> watch = Optional.empty();

  @GuardedBy("this")
  private boolean pending;

  /// No look before it while nothing changed.
  @GuardedBy("this")
  private Optional<Long> pauseUntilNanos = Optional.empty();

  /// The policies in force, by id and hash.
  @GuardedBy("this")
  private Set<String> warned = Set.of();

  RoutePolicyKeeper(Optional<Path> folder, Target target, MonotonicClock clock) {
    this.folder = folder;
    this.target = target;
    this.clock = clock;
  }

  /// Puts in force what the folder says, and begins to watch it. After the writer has started.
  ///
  /// @throws ProblemException naming file and reason
  synchronized void open() {
    if (folder.isEmpty()) {
      return;
    }
    watched = Optional.of(new WatchedPolicies(folder.get()));
    watch = FolderWatch.start(folder.get(), this::heard);
    try {
      List<RoutePolicy> read = new RoutePolicyFolder(folder.get()).read();
      target.replace(read, Set.of());
      warn(read);
      boolean _ = watched.get().look();
      pending = true;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// What the server says at start about policies that cannot be read.
  static ProblemException unreadable(IOException e) {
    return ServerProblems.ROUTE_POLICIES_UNREADABLE
        .because("routing policies: " + reason(e) + " (expected: files that can be read)")
        .toException();
  }

  /// Why the policies in force are not those of the folder; empty when they are.
  String trouble() {
    return trouble;
  }

  /// Takes files that have changed.
  private synchronized void heard(Set<String> names) {
    if (names.isEmpty()) {
      lookNow();
    } else if (watched.isPresent() && watched.get().heard(names)) {
      replace(watched.get());
    }
  }

  /// Looks at the whole folder when it is time to, and takes what is not as it was.
  synchronized void look() {
    long begin = clock.nanos();
    if (pauseUntilNanos.isPresent() && begin - pauseUntilNanos.get() < 0) {
      return;
    }
    boolean changed = lookNow();
    long end = clock.nanos();
    pauseUntilNanos = changed ? Optional.empty() : Optional.of(end + PAUSE_TO_LOOK * (end - begin));
  }

  /// @return whether anything was not as it was
  @GuardedBy("this")
  private boolean lookNow() {
    if (watched.isEmpty()) {
      return false;
    }
    try {
      boolean changed = watched.get().look() || pending;
      if (changed) {
        replace(watched.get());
      }
      return changed;
    } catch (IOException e) {
      say(reason(e));
      return false;
    }
  }

  @GuardedBy("this")
  private void replace(WatchedPolicies now) {
    pending = true;
    try {
      target.replace(now.policies(), now.unusable());
      warn(now.policies());
      pending = false;
      say(now.trouble());
    } catch (ProblemException e) {
      say(e.problem().message());
    }
  }

  /// Once for each form of a policy.
  @GuardedBy("this")
  private void warn(List<RoutePolicy> policies) {
    Set<String> forms = new HashSet<>();
    for (RoutePolicy policy : policies) {
      String form = policy.policyId() + " " + policy.hash();
      forms.add(form);
      if (!warned.contains(form)) {
        for (PolicyError warning : policy.warnings()) {
          log.warn("routing policy doubtful policy_id={} warning={}", policy.policyId(), warning);
        }
      }
    }
    warned = forms;
  }

  private void say(String now) {
    if (!now.isEmpty() && !now.equals(trouble)) {
      log.warn("routing policies not loaded, those before stay reason={}", now);
    }
    trouble = now;
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  @Override
  public synchronized void close() {
    watch.ifPresent(FolderWatch::close);
  }
}
