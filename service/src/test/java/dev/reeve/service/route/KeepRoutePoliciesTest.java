package dev.reeve.service.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.FaultyJobLog;
import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicies;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.Router;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.service.Caller;
import dev.reeve.service.DrainingThread;
import dev.reeve.service.ServiceProblems;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A version of a policy and its receipt: both, or none.
class KeepRoutePoliciesTest {
  private static final String POLICY =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":%d}]}";
  private static final Caller CALLER = Caller.localOperator("t1", "", "beamline", "", "127.0.0.1");

  private final FakeClock clock = new FakeClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final List<Node> nodes = new ArrayList<>();
  private Node node;

  /// A server on the store, its writer on a thread of its own.
  private static final class Node {
    private final FaultyJobLog log;
    private final Writer writer;
    private final KeepRoutePolicies policies;
    private final DrainingThread draining;

    private Node(InMemoryStore store, FakeClock clock) throws StoreException, IOException {
      log = new FaultyJobLog(store.open());
      writer =
          Writer.open(
              new WriterPorts(
                  log,
                  clock,
                  clock::nanoTime,
                  new Random(1),
                  Runnable::run,
                  Runnable::run,
                  () -> 0),
              EngineLimits.DEFAULT,
              new Tail(1 << 20));
      Router router = new PolicyRouter(RoutingSettings.DEFAULTS, clock, clock::nanoTime);
      RoutePolicyBook book =
          sink -> store.documents("").forEach(document -> sink.accept(document.content()));
      policies = new KeepRoutePolicies(router, book, writer, clock);
      policies.open();
      draining = new DrainingThread(writer);
      draining.start();
    }

    private void close() {
      draining.close();
    }
  }

  KeepRoutePoliciesTest() throws StoreException, IOException {
    node = new Node(store, clock);
  }

  @BeforeEach
  void remember() {
    nodes.add(node);
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
  }

  @Test
  void versions_come_back_after_a_restart_with_who_changed_what_when() throws Exception {
    node.policies.put(CALLER, "a/../b", policy("p", 1));
    clock.advance(Duration.ofMillis(5));
    node.policies.put(CALLER, "a/../b", policy("p", 2));
    node.policies.delete(CALLER, "a/../b", "p");
    node.policies.rollBack(CALLER, "a/../b", "p", 1);
    node.policies.put(CALLER, "a/../b", policy("p", 1));
    List<PolicyVersion> before = history("a/../b", "p");

    restart();

    assertThat(history("a/../b", "p"))
        .extracting(
            PolicyVersion::number,
            PolicyVersion::changedAtMs,
            PolicyVersion::changedBy,
            PolicyVersion::note)
        .containsExactlyElementsOf(
            before.stream()
                .map(version ->
                    tuple(
                        version.number(),
                        version.changedAtMs(),
                        version.changedBy(),
                        version.note()))
                .toList())
        .extracting(version -> version.toList().getLast())
        .containsExactly("", "", "", "rollback to 1");
    assertThat(node.policies.current().find("a/../b", "p").orElseThrow().hash())
        .isEqualTo(policy("p", 1).hash());
    assertThat(node.log.head().leafCount()).as("the same again is no change").isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST", "DISK_FULL", "OWNERSHIP_LOST"})
  void a_receipt_that_cannot_be_written_changes_nothing_now_or_after_a_restart(Fault fault)
      throws Exception {
    node.policies.put(CALLER, "t1", policy("p", 1));
    long leaves = node.log.head().leafCount();

    node.log.failCommit(fault);
    assertThatThrownBy(() -> node.policies.put(CALLER, "t1", policy("p", 2)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(ServiceProblems.ROUTE_POLICY_NOT_KEPT));

    assertThat(history("t1", "p")).hasSize(1);
    restart();
    assertThat(history("t1", "p")).hasSize(1);
    assertThat(node.log.head().leafCount()).isEqualTo(leaves);
    assertThat(node.policies.put(CALLER, "t1", policy("p", 2)).number()).isEqualTo(2);
  }

  @Test
  void a_file_that_cannot_be_kept_is_not_in_force_and_is_taken_when_it_can() throws Exception {
    List<RoutePolicy> files = List.of(policy("f", 1));
    node.log.failCommit(Fault.LOST);

    assertThatThrownBy(() -> node.policies.replaceFiles(files, Set.of()))
        .hasMessageContaining("receipt cannot be written");
    assertThat(history("", "f")).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    Await.until("the log is back", () -> node.writer.health().state().name().equals("WRITING"));
    node.policies.replaceFiles(files, Set.of());

    assertThat(history("", "f")).hasSize(1);
    restart();
    node.policies.replaceFiles(files, Set.of());
    assertThat(history("", "f")).as("its file did not change").hasSize(1);
    node.policies.replaceFiles(List.of(), Set.of("f"));
    assertThat(history("", "f")).as("its file cannot be read").hasSize(1);
    node.policies.replaceFiles(List.of(), Set.of());
    assertThat(history("", "f").getLast().policy()).isEmpty();
  }

  @Test
  void versions_beyond_the_hundredth_leave_the_store_with_the_change_that_supersedes_them()
      throws Exception {
    for (int i = 1; i <= RoutePolicies.VERSIONS_MAX + 2; i++) {
      node.policies.put(CALLER, "t1", policy("p", i % 100));
    }

    assertThat(store.documents(RoutePolicyDocuments.PREFIX)).hasSize(RoutePolicies.VERSIONS_MAX);
    restart();
    assertThat(history("t1", "p"))
        .extracting(PolicyVersion::number)
        .hasSize(RoutePolicies.VERSIONS_MAX)
        .startsWith(3L, 4L)
        .endsWith(102L);
  }

  @Test
  void deleted_policies_that_are_forgotten_leave_the_store_too() throws Exception {
    for (int i = 0; i <= RoutePolicies.DELETED_MAX; i++) {
      node.policies.put(CALLER, "t1", policy("p" + i, 1));
      node.policies.delete(CALLER, "t1", "p" + i);
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(history("t1", "p0")).isEmpty();
    assertThat(store.documents(RoutePolicyDocuments.PREFIX)).hasSize(2 * RoutePolicies.DELETED_MAX);
    restart();
    assertThat(history("t1", "p0")).isEmpty();
    assertThat(history("t1", "p1")).hasSize(2);
  }

  @Test
  void what_an_older_server_kept_is_taken_in_once_without_a_receipt() throws Exception {
    RoutePolicyHistory older = older(1, 2, 3);

    assertThat(node.policies.takeIn(older)).isTrue();

    assertThat(node.log.head().leafCount()).isZero();
    restart();
    assertThat(history("t1", "p")).extracting(PolicyVersion::number).containsExactly(1L, 2L, 3L);
    long position = node.log.head().position();
    assertThat(node.policies.takeIn(older)).isTrue();
    assertThat(node.log.head().position()).isEqualTo(position);
  }

  @Test
  void what_was_taken_in_by_half_goes_on() throws Exception {
    assertThat(node.policies.takeIn(older(1, 2))).isTrue();

    restart();
    assertThat(node.policies.takeIn(older(1, 2, 3, 4))).isTrue();

    assertThat(history("t1", "p")).hasSize(4);
  }

  @Test
  void an_older_history_puts_nothing_out_of_force_that_was_changed_later() throws Exception {
    clock.advance(Duration.ofDays(1));
    PolicyVersion held = node.policies.put(CALLER, "t1", policy("p", 77));

    assertThat(node.policies.takeIn(older(1, 2, 3))).isFalse();

    assertThat(history("t1", "p")).containsExactly(held);
  }

  @Test
  void much_is_taken_in_by_several_commits() throws Exception {
    long before = node.log.head().position();
    String large = POLICY.formatted(1).replace("}]}", "}],\"description\":\"%s\"}");
    List<PolicyVersion> versions = new ArrayList<>();
    for (int i = 1; i <= RoutePolicies.VERSIONS_MAX; i++) {
      RoutePolicy policy =
          RoutePolicyReader.read("p", large.formatted(i + "-" + "x".repeat(4_000))).orThrow("p");
      versions.add(new PolicyVersion(i, Optional.of(policy), i, "alice", ""));
    }

    assertThat(node.policies.takeIn(new RoutePolicyHistory("t1", "p", versions))).isTrue();

    assertThat(node.log.head().position() - before).isEqualTo(2);
    assertThat(history("t1", "p")).hasSize(RoutePolicies.VERSIONS_MAX);
  }

  @Test
  void a_version_that_is_not_understood_stops_the_start() throws Exception {
    node.policies.put(CALLER, "t1", policy("p", 1));
    Router router = new PolicyRouter(RoutingSettings.DEFAULTS, clock, clock::nanoTime);

    for (String broken : List.of("{", "{}", "{\"at\":1}")) {
      KeepRoutePolicies policies =
          new KeepRoutePolicies(
              router, sink -> sink.accept(Bytes.utf8(broken)), node.writer, clock);
      assertThatThrownBy(policies::open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("a version in the store: ");
    }
  }

  @Test
  void names_tell_policies_and_tenants_apart() throws Exception {
    node.policies.put(CALLER, "t1", policy("p", 1));
    node.policies.put(CALLER, "t2", policy("p", 2));
    node.policies.put(CALLER, "", policy("p", 3));

    assertThat(store.documents(RoutePolicyDocuments.PREFIX))
        .extracting(DocumentChange.Put::name)
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("route-policy/[0-9a-f]{32}/000000000001"));
  }

  /// Versions of the first second of time.
  private static RoutePolicyHistory older(int... weights) {
    List<PolicyVersion> versions = new ArrayList<>();
    for (int weight : weights) {
      versions.add(
          new PolicyVersion(
              versions.size() + 1,
              Optional.of(policy("p", weight)),
              versions.size() + 1,
              "alice",
              ""));
    }
    return new RoutePolicyHistory("t1", "p", versions);
  }

  private static RoutePolicy policy(String id, int weight) {
    return RoutePolicyReader.read(id, POLICY.formatted(weight)).orThrow(id);
  }

  private List<PolicyVersion> history(String tenant, String policyId) {
    return node.policies.current().history(tenant, policyId);
  }

  private void restart() throws StoreException, IOException {
    node.close();
    node = new Node(store, clock);
    nodes.add(node);
  }
}
