package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.CdiAction;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.OutputCheck;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.CifEgress;
import dev.reeve.governance.cif.CifIngress;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import java.util.List;
import java.util.Random;

/// What the gate costs a call: the boundary (CIF) on its way in and out, the decision point (CDI)
/// about the action and its output, for requests of three sizes, on one core. The limit of a p95 is
/// what the founding documents allow, that of a rate what they ask for.
final class GateScenario implements Scenario {
  private static final int LARGEST_BYTES = 1024 * 1024;
  private static final List<Size> SIZES =
      List.of(new Size("200B", 200), new Size("16KiB", 16 * 1024), new Size("1MiB", LARGEST_BYTES));
  private static final int RESPONSE_CHARS_MAX = 16 * 1024 * 1024;
  private static final long BYTES_TO_MEASURE = 200_000_000;
  private static final int ROUNDS_MAX = 20_000;
  private static final double CIF_MILLIS = 5;
  private static final double CIF_PER_SECOND = 2_000;
  private static final double CDI_MILLIS = 10;
  private static final double CDI_PER_SECOND = 1_000;
  private static final List<String> WORDS =
      List.of(
          "summarise the quarterly report of the northern region and list open questions for review"
              .split(" ", -1));

  private record Size(String name, int bytes) {}

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public void run(Report report) {
    Stations gate = new Stations();
    for (Size size : SIZES) {
      if (report.wants(name() + "." + size.name())) {
        measure(report, gate, name() + "." + size.name(), size.bytes());
      }
    }
  }

  private static void measure(Report report, Stations gate, String name, int size) {
    String text = request(size);
    JsonValue payload = JsonText.parse(text).orElseThrow();
    boolean passes =
        gate.ingress.check(payload).allowed()
            && gate.cdi(payload)
            && gate.outputs.check(payload).isEmpty()
            && gate.egress.check(payload).allowed();
    if (!passes) {
      throw new IllegalStateException(name + ": refused (expected: a request that passes)");
    }
    add(
        report,
        name + ".cif_ingress",
        size,
        CIF_MILLIS,
        CIF_PER_SECOND,
        _ -> gate.ingress.check(JsonText.parse(text).orElseThrow()).findings().size());
    add(
        report,
        name + ".cdi_action",
        size,
        CDI_MILLIS,
        CDI_PER_SECOND,
        _ -> gate.cdi(payload) ? 1 : 0);
    add(
        report,
        name + ".cdi_output",
        size,
        CDI_MILLIS,
        CDI_PER_SECOND,
        _ -> gate.outputs.check(payload).size());
    add(
        report,
        name + ".cif_egress",
        size,
        CIF_MILLIS,
        CIF_PER_SECOND,
        _ -> gate.egress.check(payload).findings().size());
  }

  private static void add(
      Report report, String name, int size, double millis, double perSecond, CoreTime.Work work) {
    int rounds = Math.clamp(BYTES_TO_MEASURE / size, 100, ROUNDS_MAX);
    long[] _ = CoreTime.nanosOfEach(work, rounds);
    long[] nanos = CoreTime.nanosOfEach(work, rounds);
    double sum = 0;
    for (long one : nanos) {
      sum += one;
    }
    report.add(
        Figure.of(name + ".p95", nanos[(int) (nanos.length * 0.95)] / 1e6, "ms").withLimit(millis));
    report.add(Figure.of(name, nanos.length * 1e9 / sum, "calls/s").withLimit(perSecond));
  }

  /// The stations, made when they are measured.
  private static final class Stations {
    private final CifIngress ingress;
    private final CifEgress egress;
    private final ActionCheck actions;
    private final OutputCheck outputs;
    private final ActionCheck.Standing standing;

    Stations() {
      BoundaryPack pack = BoundaryPack.builtIn();
      BoundaryPack boundary =
          pack.withLimits(pack.limits().withSizes(2 * LARGEST_BYTES, RESPONSE_CHARS_MAX));
      ingress = new CifIngress(boundary);
      egress =
          new CifEgress(
              boundary,
              new ContentScanner(ScanRules.builtIn()),
              new DataKey(Bytes.wrap(new byte[32])));
      ConsciencePack conscience = ConsciencePack.builtIn();
      actions = new ActionCheck(conscience);
      outputs = new OutputCheck(conscience);
      standing =
          new ActionCheck.Standing(
              Consent.of(List.of(), conscience.anchors()), CapabilityCeiling.NONE, true, true);
    }

    boolean cdi(JsonValue payload) {
      return actions
          .check(
              new CdiAction(
                  "svc-orders",
                  List.of("action:job:submit", "submit_job"),
                  new ConsentScope("tenant0", "svc-orders", "action:job:submit"),
                  () -> payload,
                  JsonValue.Absent::new),
              standing,
              0)
          .allowed();
    }
  }

  /// Prompts of some 100 characters with a few facts each.
  private static String request(int size) {
    Random random = new Random(size);
    StringBuilder text = new StringBuilder(size + 200).append("{\"messages\":[");
    do {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",");
      text.append("{\"role\":\"user\",\"turn\":").append(random.nextInt(1_000));
      text.append(",\"content\":\"");
      for (int i = 0; i < 16; i++) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(i == 15 ? "" : " ");
      }
      text.append("\"}");
    } while (text.length() < size);
    return text.append("]}").toString();
  }
}
