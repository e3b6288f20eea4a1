package dev.reeve.server;

import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.PostureTrigger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at everything that governance rests on, at intervals, and sets the posture by what it
/// finds. Until the first look there is no report, and nothing governed passes.
///
/// [#beat] is called by one thread at a time; the report may be read on any.
final class Heartbeat {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final Map<String, Supplier<Check>> checks = new LinkedHashMap<>();
  private final PostureKeeper posture;
  private final InstantSource clock;
  private volatile Optional<HeartbeatReport> last = Optional.empty();

  Heartbeat(PostureKeeper posture, InstantSource clock) {
    this.posture = posture;
    this.clock = clock;
  }

  /// Adds a check; before the first beat.
  Heartbeat with(String name, Supplier<Check> check) {
    checks.put(name, check);
    return this;
  }

  /// The newest report; empty before the first.
  Optional<HeartbeatReport> last() {
    return last;
  }

  /// Makes every check.
  void beat() {
    List<Check> results = new ArrayList<>();
    checks.forEach((name, check) -> results.add(guarded(name, check)));
    HeartbeatReport report = new HeartbeatReport(clock.instant(), results);
    for (Check failed : report.failed()) {
      log.warn(
          "check failed name={} code={} detail={}", failed.name(), failed.code(), failed.detail());
      if (locks(failed.trigger())) {
        posture.trigger(failed.trigger(), failed.name() + ": " + failed.detail());
      }
    }
    if (report.ok()) {
      posture.recover();
    }
    last = Optional.of(report);
  }

  /// A root of governance that fell stands again once its files are repaired; it locks nothing.
  private static boolean locks(PostureTrigger trigger) {
    return trigger != PostureTrigger.GENOME_INVALID
        && trigger != PostureTrigger.PREREQUISITE_FAILURE;
  }

  private static Check guarded(String name, Supplier<Check> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      log.error("check ended by a defect name={}", name, e);
      return Check.failed(name, "CANARY_ERROR", e.toString(), PostureTrigger.CANARY_FAILURE);
    }
  }
}
