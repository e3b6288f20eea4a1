package dev.reeve.service.route;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Writer;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The routing policies in force, and every change of them.
///
/// A change is kept, then its receipt is written, then it is in force; when the receipt cannot be
/// written, what was kept before is kept again and the change is refused. What a file says is in
/// force as soon as its receipt is on disk, and kept after that: were it lost in between, the file
/// would say it again. One change at a time; reading never waits. Safe on any thread.
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

  /// What is in force because of files and not kept yet.
  @GuardedBy("this")
  private final Set<Name> unkept = new HashSet<>();

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
    for (RoutePolicyBook.Kept kept : book.read()) {
      policies = policies.withHistory(kept.tenantId(), kept.policyId(), kept.versions());
      noteFile(new Name(kept.tenantId(), kept.policyId()), kept.versions());
    }
    router.use(policies);
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
        changeByFile(by, name, PUT, now -> now.put(name.tenant(), file, clock.millis(), by, ""));
        fileHashes.put(name, file.hash());
      }
    }
    gone.forEach((name, hash) -> {
      Optional<RoutePolicy> held = last(name).policy();
      if (held.isPresent() && held.get().hash().equals(hash)) {
        String by = FILE + name.policyId();
        changeByFile(
            by,
            name,
            DELETE,
            now -> now.delete(name.tenant(), name.policyId(), clock.millis(), by));
      }
      fileHashes.remove(name);
    });
    for (Name name : List.copyOf(unkept)) {
      keep(current(), name);
      unkept.remove(name);
    }
  }

  @GuardedBy("this")
  private void changeByFile(String by, Name name, String action, UnaryOperator<RoutePolicies> how) {
    RoutePolicies before = current();
    RoutePolicies after = how.apply(before);
    if (after != before) {
      receipts.write(receipt(by, name, action, after), KeepRoutePolicies::notRecorded);
      router.use(after);
      unkept.add(name);
    }
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
    keep(after, name);
    try {
      receipts.write(receipt(by, name, action, after), KeepRoutePolicies::notRecorded);
    } catch (ProblemException e) {
      keep(before, name);
      throw e;
    }
    router.use(after);
  }

  private void keep(RoutePolicies policies, Name name) {
    try {
      book.write(
          new RoutePolicyBook.Kept(
              name.tenant(), name.policyId(), policies.history(name.tenant(), name.policyId())));
    } catch (IOException e) {
      throw ServiceProblems.ROUTE_POLICY_NOT_KEPT
          .because("policy: not kept (expected: a data directory that can be written)")
          .withDetail(String.valueOf(e.getMessage()))
          .toException();
    }
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

  private static ProblemException notRecorded(String why) {
    return ServiceProblems.ROUTE_POLICY_NOT_KEPT.because("policy: " + why).toException();
  }
}
