package dev.reeve.service.route;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.ledger.Receipt;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicies;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.Router;
import dev.reeve.routing.RoutingProblems;
import dev.reeve.service.Caller;
import dev.reeve.service.ChangeReceipts;
import dev.reeve.service.ServiceProblems;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The routing policies in force, and every change of them.
///
/// A change is worked out, then its version and its receipt are written in one commit of the log,
/// then it is in force; when they cannot be written, the change is refused and everything is as it
/// was. When the log does not answer in time, the change is refused as well, though it may be
/// written a little later: then it is in force after a restart, and until then the next change of
/// the policy is written under the same number in its place. One change at a time; reading never
/// waits. Safe on any thread.
public final class KeepRoutePolicies {
  private static final String PUT = "action:route:write_policy";
  private static final String DELETE = "action:route:delete_policy";

  /// Who put a policy that came from a file.
  private static final String FILE = "file ";

  /// A policy by its tenant, empty for everybody, and its id.
  private record Name(String tenant, String policyId) {}

  private final Router router;
  private final RoutePolicyBook book;
  private final ChangeReceipts receipts;
  private final InstantSource clock;

  /// What files gave last.
  @GuardedBy("this")
  private final Map<Name, String> fileHashes = new HashMap<>();

  public KeepRoutePolicies(
      Router router, RoutePolicyBook book, Writer writer, InstantSource clock) {
    this.router = router;
    this.book = book;
    this.receipts = new ChangeReceipts(writer);
    this.clock = clock;
  }

  /// Puts in force what is kept.
  ///
  /// @throws IOException when it cannot be read
  public synchronized void open() throws IOException {
    RoutePolicies policies = RoutePolicies.EMPTY;
    for (RoutePolicyHistory kept : RoutePolicyDocuments.read(book)) {
      policies = policies.withHistory(kept.tenantId(), kept.policyId(), kept.versions());
      noteFile(new Name(kept.tenantId(), kept.policyId()), kept.versions());
    }
    router.use(policies);
  }

  /// Takes in what an older server kept elsewhere of a policy: the versions that come after those
  /// in the store, and were not made before them. No receipt is written, they have theirs. Blocks.
  /// After [#open]; may be done again, also when it was done in part.
  ///
  /// @return whether the store has everything of it; not when it has another history of the policy
  public synchronized boolean takeIn(RoutePolicyHistory older) {
    Name name = new Name(older.tenantId(), older.policyId());
    List<PolicyVersion> kept = current().history(name.tenant(), name.policyId());
    List<PolicyVersion> later =
        older.versions().stream()
            .filter(version -> kept.isEmpty() || follows(kept.getLast(), version))
            .toList();
    if (!later.isEmpty()) {
      add(name, later);
    }
    return hasAll(current().history(name.tenant(), name.policyId()), older.versions());
  }

  @GuardedBy("this")
  private void add(Name name, List<PolicyVersion> later) {
    RoutePolicies before = current();
    List<PolicyVersion> all = new ArrayList<>(before.history(name.tenant(), name.policyId()));
    all.addAll(later);
    RoutePolicies after = before.withHistory(name.tenant(), name.policyId(), all);
    List<DocumentChange> changes =
        RoutePolicyDocuments.ofChange(before, after, name.tenant(), name.policyId());
    for (List<DocumentChange> part : parts(changes)) {
      receipts.write(List.of(), part, KeepRoutePolicies::notWritten);
    }
    router.use(after);
    noteFile(name, all);
  }

  /// Whether all of some versions are kept, but for those that are too old to be.
  private static boolean hasAll(List<PolicyVersion> kept, List<PolicyVersion> versions) {
    return versions.stream()
        .filter(version -> version.number() >= kept.getFirst().number())
        .allMatch(version -> kept.stream().anyMatch(one -> isSame(one, version)));
  }

  private static boolean follows(PolicyVersion newest, PolicyVersion version) {
    return version.number() > newest.number() && version.changedAtMs() >= newest.changedAtMs();
  }

  /// As much as a commit may well bring; a hundred large versions would be too much for one.
  private static List<List<DocumentChange>> parts(List<DocumentChange> changes) {
    List<List<DocumentChange>> parts = new ArrayList<>();
    List<DocumentChange> part = new ArrayList<>();
    int bytes = 0;
    for (DocumentChange change : changes) {
      if (bytes >= Writer.GROUP_BYTES_MAX) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(change);
      bytes += change.sizeBytes();
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private static boolean isSame(PolicyVersion one, PolicyVersion other) {
    return one.number() == other.number()
        && one.changedAtMs() == other.changedAtMs()
        && one.policy().map(RoutePolicy::hash).equals(other.policy().map(RoutePolicy::hash));
  }

  private synchronized void noteFile(Name name, List<PolicyVersion> versions) {
    versions.reversed().stream()
        .filter(version -> version.changedBy().startsWith(FILE))
        .findFirst()
        .flatMap(PolicyVersion::policy)
        .ifPresent(policy -> fileHashes.put(name, policy.hash()));
  }

  /// The policies in force and their history.
  public RoutePolicies current() {
    return router.policies();
  }

  /// Puts a policy for a tenant. The same source as before changes nothing. Blocks.
  ///
  /// @return the version in force
  public synchronized PolicyVersion put(Caller caller, String tenant, RoutePolicy policy) {
    Name name = new Name(tenant, policy.policyId());
    String by = caller.principal();
    change(by, name, PUT, now -> now.put(tenant, policy, clock.millis(), by, ""));
    return last(name);
  }

  /// Deletes a tenant's own policy. Blocks.
  public synchronized PolicyVersion delete(Caller caller, String tenant, String policyId) {
    Name name = new Name(tenant, policyId);
    String by = caller.principal();
    change(by, name, DELETE, now -> now.delete(tenant, policyId, clock.millis(), by));
    return last(name);
  }

  /// Puts an older version of a tenant's policy in force again. Blocks.
  ///
  /// @param number 0 for the one before that in force
  public synchronized PolicyVersion rollBack(
      Caller caller, String tenant, String policyId, long number) {
    Name name = new Name(tenant, policyId);
    String by = caller.principal();
    long to = number == 0 ? before(name) : number;
    change(by, name, PUT, now -> now.rollback(tenant, policyId, to, clock.millis(), by));
    return last(name);
  }

  /// The policies of a folder as they are now. What came from the folder before and is not in it
  /// any more is deleted; a file that did not change leaves alone what somebody put since. Blocks.
  /// When it throws, it may be called again with the same.
  ///
  /// @param unusable ids of policies whose files cannot be read now; they stay as they are
  public synchronized void replaceFiles(Collection<RoutePolicy> files, Set<String> unusable) {
    Map<Name, String> gone = new HashMap<>(fileHashes);
    gone.keySet().removeIf(name -> unusable.contains(name.policyId()));
    for (RoutePolicy file : files) {
      Name name = new Name(file.tenantId(), file.policyId());
      gone.remove(name);
      if (!file.hash().equals(fileHashes.get(name))) {
        String by = FILE + file.policyId();
        change(by, name, PUT, now -> now.put(name.tenant(), file, clock.millis(), by, ""));
        fileHashes.put(name, file.hash());
      }
    }
    gone.forEach((name, hash) -> {
      Optional<RoutePolicy> held = last(name).policy();
      if (held.isPresent() && held.get().hash().equals(hash)) {
        String by = FILE + name.policyId();
        change(
            by,
            name,
            DELETE,
            now -> now.delete(name.tenant(), name.policyId(), clock.millis(), by));
      }
      fileHashes.remove(name);
    });
  }

  private PolicyVersion last(Name name) {
    return current().history(name.tenant(), name.policyId()).getLast();
  }

  /// The newest version before the one in force that is a policy.
  private long before(Name name) {
    List<PolicyVersion> history = current().history(name.tenant(), name.policyId());
    return history.reversed().stream()
        .skip(1)
        .filter(version -> version.policy().isPresent())
        .findFirst()
        .map(PolicyVersion::number)
        .orElseThrow(() ->
            RoutingProblems.ROUTE_POLICY_NOT_FOUND
                .because("version: none before (expected: a policy that was changed)")
                .toException());
  }

  private void change(String by, Name name, String action, UnaryOperator<RoutePolicies> how) {
    RoutePolicies before = current();
    RoutePolicies after = how.apply(before);
    if (after == before) {
      return;
    }
    receipts.write(
        List.of(receipt(by, name, action, after)),
        RoutePolicyDocuments.ofChange(before, after, name.tenant(), name.policyId()),
        KeepRoutePolicies::notWritten);
    router.use(after);
  }

  private static Receipt receipt(String by, Name name, String action, RoutePolicies after) {
    PolicyVersion version = after.history(name.tenant(), name.policyId()).getLast();
    String words = "version " + version.number() + (version.note().isEmpty() ? "" : ", ");
    return Receipt.of(action, "allow")
        .withSubject(name.tenant(), "", by)
        .withRule(
            name.policyId(),
            words + version.note(),
            version.policy().map(RoutePolicy::hash).orElse(""));
  }

  private static ProblemException notWritten(String why) {
    return ServiceProblems.ROUTE_POLICY_NOT_KEPT.because("policy: " + why).toException();
  }
}
