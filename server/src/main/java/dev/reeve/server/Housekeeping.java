package dev.reeve.server;

import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.Gateway;
import dev.reeve.gateway.beamline.RouterAlerts;
import dev.reeve.gateway.beamline.RouterFigures;
import dev.reeve.gateway.beamline.RouterLoad;
import dev.reeve.gateway.beamline.worker.BeamlineWorkers;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.Times;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.store.OpenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done at intervals: the lease of a shared store, the policy file, health, counted
/// receipts.
///
/// Three kinds, so that none waits for another of its kind that takes longer: files that policy
/// comes from, which may wait for a receipt; short looks; and what is seldom done and may write. A
/// server at rest wakes up for each kind, not for each task.
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private static final Duration UNUSED_BLOBS_KEPT = Duration.ofHours(24);
  private static final int REMOVED_AT_ONCE_MAX = 256;

  private final Beat policyFiles = new Beat("policy-files", Duration.ofMillis(20));
  private final Beat looks = new Beat("looks", Duration.ofMillis(50));
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("housekeeping-", 0).daemon(true).factory());

  /// Starts all intervals.
  ///
  /// @param lookAtPolicy takes over what has changed of it
  void start(
      OpenStore store,
      Runnable lookAtPolicy,
      Governance governance,
      ShadowKeeper shadows,
      Gateway gateway,
      Writer writer,
      InstantSource clock,
      Duration retention) {
    policyFiles.each(lookAtPolicy);
    looks.each(governance::look);
    looks.every(
        2,
        () ->
            gateway.serving(
                writer.health().state() == WriterHealth.State.WRITING
                    && governance.state().serving()));
    looks.every(4, shadows::look);
    looks.every(4, governance::beatWhenDue);
    looks.every(5, gateway::endStreamsOfLostKeys);
    every(1_000, () -> renew(store));
    every(5_000, gateway::flushReceipts);
    every(10_000, () -> removeOld(writer, clock, retention));
    every(600_000, () -> sweepBlobs(store, clock));
  }

  /// Asks about jobs again when a stop or pause has expired.
  void expireConsent(ConsentFile consent, RulesInForce rules, InstantSource clock) {
    looks.every(
        5,
        () -> {
          if (consent.expire(Times.micros(clock.instant()))) {
            rules.changed();
          }
        });
  }

  /// Fetches a policy at its interval, on a thread that may wait.
  void fetchPolicy(PolicyMirror mirror, Executor blocking) {
    every(mirror.interval().toMillis(), () -> blocking.execute(mirror::fetch));
  }

  /// Loads the policy again when the bus asks for it.
  void watch(PolicyReload reload) {
    looks.each(reload::look);
  }

  /// Keeps looking at the folder of routing policies, and keeps what is used of quotas.
  void watch(RoutePolicyKeeper routes, RouteQuotaFile quotas) {
    policyFiles.each(routes::look);
    every(5_000, quotas::save);
  }

  /// Keeps looking at what BeamLine workers have.
  void watch(BeamlineWorkers workers) {
    every(1_000, workers::look);
  }

  /// Keeps telling operators of BeamLine what needs a look.
  void watch(RouterAlerts alerts) {
    every(1_000, alerts::look);
  }

  /// Keeps counting when the router has too much to do.
  void watch(RouterLoad load, RouterFigures figures) {
    every(1_000, () -> load.look(figures));
  }

  /// Lets go of silent workers of the bus, reads the pools again, remembers topics, asks whether
  /// the store of pointers answers.
  void look(AgentBus agents, Executor blocking) {
    every(2_000, () -> blocking.execute(agents::probe));
    looks.every(4, agents::look);
    every(1_000, agents::save);
  }

  /// Reads the keys of callers again.
  void look(CallerKeysFile keys) {
    looks.every(4, keys::look);
  }

  /// Keeps asking the drivers of devices how they stand.
  void look(Devices devices, Executor blocking) {
    every(1_000, () -> devices.look(blocking));
  }

  /// Gives slots of devices back whose reservation is over.
  void look(DeviceReservations reservations) {
    looks.every(5, reservations::look);
  }

  /// Looks again after results that are held in review, now and then.
  void reviewAgain(Runnable review) {
    every(5_000, review);
  }

  @Override
  public void close() {
    policyFiles.close();
    looks.close();
    timer.shutdownNow();
  }

  private void every(long millis, Runnable task) {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> Beat.guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void renew(OpenStore store) {
    try {
      store.renewLease();
    } catch (StoreException e) {
      log.warn("lease not renewed reason={}", e.getMessage());
    }
  }

  private static void removeOld(Writer writer, InstantSource clock, Duration retention) {
    long before = Times.micros(clock.instant().minus(retention));
    writer.offer(new LogCommand.RemoveFinished(before, REMOVED_AT_ONCE_MAX, Answer.none()));
  }

  private static void sweepBlobs(OpenStore store, InstantSource clock) {
    try {
      long before = Times.micros(clock.instant().minus(UNUSED_BLOBS_KEPT));
      store.blobs().removeUnused(before, REMOVED_AT_ONCE_MAX);
    } catch (StoreException e) {
      log.warn("unused blobs not removed reason={}", e.getMessage());
    }
  }
}
