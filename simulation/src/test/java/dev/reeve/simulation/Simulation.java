package dev.reeve.simulation;

import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One made-up history. The same seed makes the same one.
final class Simulation {
  private static final int WATCHERS_MAX = 12;
  private static final int AUDIT_STEPS = 25;

  /// How often something goes wrong, out of 1,000 steps. Drawn for each history: quiet ones let
  /// much happen in between, stormy ones let troubles meet.
  private static final List<Integer> TROUBLE_PER_MILLE = List.of(2, 10, 10, 80);

  private final World world;
  private final RandomGenerator random;
  private final Clients clients;
  private final Trouble trouble;
  private final List<Watcher> watchers = new ArrayList<>();
  private final int logTrouble;
  private final int workerTrouble;

  Simulation(long seed, Happened happened) {
    world = new World(seed, happened);
    random = world.random;
    clients = new Clients(world);
    trouble = new Trouble(world);
    logTrouble = world.pick(TROUBLE_PER_MILLE);
    workerTrouble = world.pick(TROUBLE_PER_MILLE);
  }

  /// Lets so many things happen, then gives the world time to come to rest. What must hold is
  /// checked after every step; what takes long, after some.
  ///
  /// @throws SimulationFailure with the newest steps, when a promise was broken
  void run(int steps) {
    try {
      for (int i = 0; i < steps; i++) {
        act();
        world.oracle.look(world.node());
        if (i % AUDIT_STEPS == 0) {
          Calm.audit(world);
          world.oracle.checkNothingLost();
        }
      }
      new Calm(world, clients).comeToRest();
      for (Watcher watcher : watchers) {
        watcher.readToTheEnd(world);
      }
    } catch (StoreException | RuntimeException | AssertionError e) {
      throw new SimulationFailure(world.trace.toString(), e);
    }
  }

  /// Tells this history from others: what is in the log, and how it got there.
  String digest() {
    return world.node().log.head() + "\n" + world.trace;
  }

  private void act() throws StoreException {
    if (random.nextInt(1_000) < logTrouble) {
      trouble.withLog();
    }
    if (random.nextInt(1_000) < workerTrouble) {
      trouble.withWorker();
    }
    int what = random.nextInt(100);
    if (what < 22) {
      clients.act(what);
    } else if (what < 28) {
      connectSomebody();
    } else if (what < 42) {
      world.anyWorker().report();
    } else if (what < 47) {
      world.anyWorker().grant(1 + random.nextInt(3));
    } else if (what < 51) {
      world.anyWorker().renew();
    } else if (what < 57) {
      watch();
    } else if (what < 62) {
      passTime(what);
    } else if (what < 68) {
      world.node().load(random);
    } else if (what < 73) {
      world.node().asker.act();
    } else if (what < 82) {
      world.node().deliver(1 + random.nextInt(4));
    } else {
      world.drain();
    }
  }

  private void passTime(int what) {
    boolean longer = what == 61;
    world.pass(
        longer ? Duration.ofSeconds(random.nextInt(40)) : Duration.ofMillis(random.nextInt(400)));
    if (random.nextInt(50) == 0) {
      Duration shift = Duration.ofSeconds(random.nextInt(20) - 10);
      world.trace.step("the wall clock is set", shift);
      world.clock.shiftWall(shift);
    }
  }

  private void connectSomebody() {
    SimWorker worker = world.anyWorker();
    if (!worker.isConnected()) {
      worker.connect();
    }
  }

  private void watch() throws StoreException {
    @Nullable Job job = clients.anyJob();
    if (job != null && watchers.size() < WATCHERS_MAX) {
      watchers.add(new Watcher(job.jobNo()));
    }
    if (!watchers.isEmpty()) {
      Watcher watcher = world.pick(watchers);
      watcher.read(world);
      if (watcher.hasSeenTheEnd()) {
        watchers.remove(watcher);
      }
    }
  }
}
