package dev.reeve.simulation;

import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.WriterView;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The end of a history: no more trouble and no more calls. Every job must end, everybody be
/// answered, and nothing be left over.
final class Calm {
  private static final int ROUNDS_MAX = 4_000;
  private static final int GROUPS_MAX = 20;
  private static final int GROUPS_MIN = 3;

  private final World world;
  private final Clients clients;
  private final List<SimWorker> retired = new ArrayList<>();

  Calm(World world, Clients clients) {
    this.world = world;
    this.clients = clients;
  }

  /// Compares what the writer counts and lists with the same made anew from the jobs.
  static void audit(World world) {
    if (world.node().isSettled()) {
      world.look(view -> {
        List<String> differences = view.audit();
        Promise.holds(differences.isEmpty(), "indexes: %s", differences);
      });
    }
  }

  void comeToRest() throws StoreException {
    world.trace.step("calm", null);
    world.node().log.calm();
    world.rules.calm();
    for (SimWorker worker : world.workers.subList(1, world.workers.size())) {
      if (world.random.nextBoolean()) {
        retired.add(worker);
        worker.retire();
      }
    }
    for (int i = 0; i < ROUNDS_MAX && !isAtRest(); i++) {
      round();
      world.oracle.look(world.node());
    }
    List<Job> stuck = world.oracle.unfinished();
    Promise.holds(stuck.isEmpty(), "still unfinished: %s", stuck);
    for (Pending<?> question : world.questions) {
      Promise.holds(!question.isOpen(), "%s: never answered", question);
    }
    audit(world);
    world.look(this::checkNothingLeft);
    world.oracle.checkNothingLost();
    world.oracle.look(world.node());
  }

  private boolean isAtRest() {
    return !world.node().hasWork()
        && world.node().isSettled()
        && world.oracle.unfinished().isEmpty()
        && !world.node().asker.hasWork()
        && world.questions.stream().noneMatch(Pending::isOpen);
  }

  private void round() {
    for (SimWorker worker : world.workers) {
      if (!retired.contains(worker)) {
        worker.wakeUp();
        if (!worker.isConnected()) {
          worker.connect();
        }
        worker.renew();
        worker.finishAll();
        worker.grant(2);
      }
    }
    for (Job job : world.oracle.unfinished()) {
      clients.decideAbout(job);
    }
    world.pass(Duration.ofMillis(300));
    for (int i = 0; i < GROUPS_MAX && (i < GROUPS_MIN || world.node().hasWork()); i++) {
      world.drain();
      world.node().load(world.random);
      world.node().asker.act();
      world.node().deliver(100);
    }
  }

  /// At rest nothing waits or runs, and every credit is either used or known to the writer.
  private void checkNothingLeft(WriterView view) {
    Promise.holds(view.unfinished() == 0, "unfinished: %s", view.unfinished());
    for (String tenant : Cast.TENANTS) {
      Promise.holds(view.unfinished(tenant) == 0, "%s: %s", tenant, view.unfinished(tenant));
    }
    for (String route : Cast.ROUTES) {
      Promise.holds(view.queued(route) == 0, "%s: %s wait", route, view.queued(route));
    }
    for (ExecutorView executor : view.executors()) {
      Promise.holds(
          executor.attempts() == 0, "%s: %s run", executor.workerId(), executor.attempts());
      for (SimWorker worker : world.workers) {
        boolean same = worker.id.equals(executor.workerId()) && executor.connected();
        Promise.holds(
            !same || retired.contains(worker) || executor.credit() == worker.creditLeft(),
            "%s: credit %s (expected: %s)",
            worker.id,
            executor.credit(),
            worker.creditLeft());
      }
    }
  }
}
