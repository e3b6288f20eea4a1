package dev.reeve.service;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Which device takes a job that leaves the choice to the server, and why no other one does: of
/// those that can, the one on which it starts soonest; of equals, the one with fewer jobs before
/// it, then a simulator of this server, then any simulator.
///
/// @param deviceId the device
/// @param reasons codes, as schedulers of quantum jobs name them
/// @param candidates every device with how it stood and what spoke for it or against it: a JSON
///   list in canonical form
public record DeviceChoice(String deviceId, List<String> reasons, String candidates) {
  /// The target of a job that leaves the choice.
  public static final String TARGET = "cluster:auto";

  private static final Comparator<DeviceView> LOAD =
      Comparator.comparingInt(DeviceView::estimatedWaitSeconds)
          .thenComparingInt(DeviceView::queueDepth);
  private static final Comparator<DeviceView> BEST =
      LOAD.thenComparing(view -> !isOfThisServer(view))
          .thenComparing(view -> !isSimulator(view))
          .thenComparing(DeviceView::id);
  private static final int SHOWN_MAX = 32;

  public DeviceChoice {
    Objects.requireNonNull(deviceId, "deviceId");
    reasons = List.copyOf(reasons);
    Objects.requireNonNull(candidates, "candidates");
  }

  /// Whether a device is a simulator.
  public static boolean isSimulator(DeviceView view) {
    return view.device().backendType().equals("simulator");
  }

  /// Whether a device is a simulator of this server, which takes all programs.
  public static boolean isOfThisServer(DeviceView view) {
    return DeviceModels.IDS.contains(NoisySimulators.base(view.id()));
  }

  /// The best of the devices.
  ///
  /// @param devices as they stand
  /// @param shots that the job asks for
  /// @param against what speaks against a device that is online, from what the job asks for; empty
  ///   for nothing
  /// @throws dev.reeve.base.ProblemException `DEVICE_NOT_CHOSEN` when no device can
  public static DeviceChoice of(
      List<DeviceView> devices, int shots, Function<DeviceView, String> against) {
    List<String> reasons = new ArrayList<>();
    List<DeviceView> able = new ArrayList<>();
    for (DeviceView view : devices) {
      String reason = reason(view, shots, against);
      reasons.add(reason);
      if (reason.isEmpty()) {
        able.add(view);
      }
    }
    if (able.isEmpty()) {
      throw none(devices, reasons).toException();
    }
    able.sort(BEST);
    DeviceView best = able.getFirst();
    List<String> codes = new ArrayList<>();
    boolean tie = able.size() > 1 && LOAD.compare(best, able.get(1)) == 0;
    codes.add(tie ? "DeviceScoreTieBreak" : "DeviceScore");
    if (best.queueDepth() == 0) {
      codes.add("QueueEmpty");
    }
    return new DeviceChoice(best.id(), codes, candidates(devices, reasons, best, tie));
  }

  private static String reason(DeviceView view, int shots, Function<DeviceView, String> against) {
    if (!view.online()) {
      return "it is " + view.standing().word();
    }
    if (view.id().equals(NoisySimulators.ID)) {
      return "it needs a model of noise in its id";
    }
    if (shots > view.device().shotsMax()) {
      return "it runs at most " + view.device().shotsMax() + " shots";
    }
    return against.apply(view);
  }

  private static Problem none(List<DeviceView> devices, List<String> reasons) {
    List<String> whys = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN_MAX, devices.size()); i++) {
      whys.add(devices.get(i).id() + ": " + reasons.get(i));
    }
    return ServiceProblems.DEVICE_NOT_CHOSEN
        .because("target: no device can take the job (" + String.join("; ", whys) + ")")
        .with("device_id", TARGET);
  }

  private static String candidates(
      List<DeviceView> devices, List<String> reasons, DeviceView best, boolean tie) {
    CanonicalWriter out = new CanonicalWriter(512).beginArray();
    for (int i = 0; i < Math.min(SHOWN_MAX, devices.size()); i++) {
      DeviceView view = devices.get(i);
      boolean selected = view.id().equals(best.id());
      String reason = reasons.get(i);
      if (selected) {
        reason =
            tie
                ? "selected: it starts as soon as another, and comes first"
                : "selected: it starts first";
      } else if (reason.isEmpty()) {
        reason = LOAD.compare(view, best) == 0 ? "another comes first" : "another starts sooner";
      }
      out.beginObject()
          .member("device_id", view.id())
          .member("estimated_wait_sec", view.estimatedWaitSeconds())
          .member("queue_depth", view.queueDepth())
          .member("reason", reason)
          .endObject();
    }
    return out.endArray().toBytes().utf8();
  }
}
