package dev.reeve.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
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
/// the rest. Safe on any thread.
final class RoutePolicyKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RoutePolicyKeeper.class);

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
  private volatile String trouble = "";

  @GuardedBy("this")
  private Optional<WatchedPolicies> watched = Optional.empty();

  @GuardedBy("this")
  private Optional<FolderWatch> watch = Optional.empty();

  @GuardedBy("this")
  private boolean pending;

  /// The policies in force, by id and hash.
  @GuardedBy("this")
  private Set<String> warned = Set.of();

  RoutePolicyKeeper(Optional<Path> folder, Target target) {
    this.folder = folder;
    this.target = target;
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
      look();
    } else if (watched.isPresent() && watched.get().heard(names)) {
      replace(watched.get());
    }
  }

  /// Looks at the whole folder, and takes what is not as it was.
  synchronized void look() {
    if (watched.isEmpty()) {
      return;
    }
    try {
      if (watched.get().look() || pending) {
        replace(watched.get());
      }
    } catch (IOException e) {
      say(reason(e));
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
