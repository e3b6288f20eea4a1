package dev.reeve.service.optimizer;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLifting;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.service.ServiceProblems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// One request, worked on: compiles with several levels and seeds, scores each, ranks them. On one
/// thread.
final class MappingSearch {
  private static final int OPERATIONS_MAX = 100_000;

  /// The order of the contract: the total, then confidence, then the id.
  private static final Comparator<MappingCandidate> ORDER =
      Comparator.comparingDouble((MappingCandidate candidate) -> -candidate.score().total())
          .thenComparingDouble(candidate -> -candidate.confidence())
          .thenComparing(MappingCandidate::id);

  /// A good one soon, then the best, then a plain one; then again with other seeds.
  private static final List<CompileLevel> LEVELS =
      List.of(CompileLevel.MEDIUM, CompileLevel.HIGH, CompileLevel.LIGHT);

  private final MappingRequest request;
  private final Function<String, Optional<DeviceModel>> models;
  private final MonotonicClock clock;
  private final CancelSignal cancel;
  private final long endNanos;
  private final TreeMap<String, MappingCandidate> found = new TreeMap<>();
  private boolean timedOut;
  private int rejected;
  private int unsure;
  private long mappingNanos;
  private long scoringNanos;

  /// @param models devices by name
  MappingSearch(
      MappingRequest request,
      Function<String, Optional<DeviceModel>> models,
      MonotonicClock clock,
      CancelSignal cancel) {
    this.models = models;
    this.request = request;
    this.clock = clock;
    this.cancel = cancel;
    this.endNanos = clock.nanos() + request.timeout().toNanos();
  }

  MappingAnswer run() {
    Circuit source = AqoLowering.circuit(request.document());
    DeviceModel device = device(source.qubits());
    if (source.operations().size() > OPERATIONS_MAX) {
      throw ServiceProblems.CIRCUIT_TOO_LONG
          .field(
              "input_aqo",
              source.operations().size() + " operations",
              "at most " + OPERATIONS_MAX + " operations")
          .toException();
    }
    if (source.qubits() > device.couplings().qubits()) {
      throw QuantumProblems.CIRCUIT_TOO_WIDE
          .field(
              "input_aqo.qubits",
              Integer.toString(source.qubits()),
              "at most " + device.couplings().qubits() + " on " + device.name())
          .toException();
    }
    Optional<AllowedDevice> allowed =
        AllowedDevice.of(device, request.policy())
            .filter(piece -> piece.qubits().size() >= source.qubits());
    if (allowed.isEmpty()) {
      return none(
          MappingAnswer.Reason.POLICY_REJECTED,
          "what is not forbidden of "
              + device.name()
              + " has no piece of "
              + source.qubits()
              + " qubits");
    }
    search(source, allowed.get());
    return answer();
  }

  /// A simulator has no couplings of its own.
  private DeviceModel device(int qubits) {
    String name =
        request.device().startsWith("sim:")
            ? "full_" + Math.min(DeviceModels.FULL_QUBITS_MAX, qubits)
            : request.device();
    DeviceModel device =
        models
            .apply(name)
            .orElseThrow(() ->
                ServiceProblems.OPTIMIZER_BACKEND_UNSUPPORTED
                    .field("topology.topology_ref", request.device(), DeviceModels.NAMES)
                    .toException());
    String digest = AllowedDevice.digest(device);
    if (!request.topologyDigest().isEmpty() && !request.topologyDigest().equals(digest)) {
      throw ServiceProblems.OPTIMIZER_TOPOLOGY_MISSING
          .field("topology.topology_digest_sha256", request.topologyDigest(), digest)
          .toException();
    }
    return device;
  }

  private void search(Circuit source, AllowedDevice allowed) {
    CircuitCompiler compiler = new CircuitCompiler(allowed.model());
    CircuitMetrics metrics = CircuitMetrics.of(source);
    for (int i = 0; i < request.budget(); i++) {
      CompileLevel level = level(i);
      long seed = request.seed() + i / LEVELS.size();
      long begun = clock.nanos();
      CompiledCircuit compiled;
      try {
        compiled = compiler.compile(source, level, seed, ProgressListener.NONE, this::isOver);
      } catch (ProblemException e) {
        if (!e.problem().code().equals(QuantumProblems.QUANTUM_CANCELLED) || cancel.isCancelled()) {
          throw e;
        }
        timedOut = true;
        return;
      } finally {
        mappingNanos += clock.nanos() - begun;
      }
      long scored = clock.nanos();
      consider(metrics, compiled, allowed, level, seed);
      scoringNanos += clock.nanos() - scored;
      if (isOver() && i + 1 < request.budget()) {
        timedOut = true;
        return;
      }
    }
  }

  private boolean isOver() {
    return cancel.isCancelled() || clock.nanos() - endNanos > 0;
  }

  private static CompileLevel level(int candidate) {
    return LEVELS.get(candidate % LEVELS.size());
  }

  private void consider(
      CircuitMetrics source,
      CompiledCircuit compiled,
      AllowedDevice allowed,
      CompileLevel level,
      long seed) {
    Optional<Double> confidence = CandidateScore.confidence(compiled.certificate());
    if (confidence.isEmpty()) {
      throw new IllegalStateException("a compile was seen not to do what its source does");
    }
    if (!request.policy().allowsDepth(compiled.depth())
        || !request.policy().allowsSwaps(compiled.swaps())) {
      rejected++;
      return;
    }
    if (confidence.get() < request.policy().confidenceMin()) {
      unsure++;
      return;
    }
    AqoDocument mapped = AqoLifting.document(allowed.onDevice(compiled.circuit()));
    String id = "cand_" + mapped.sha256().substring(0, 12);
    found.putIfAbsent(
        id,
        new MappingCandidate(
            id,
            mapped,
            CandidateScore.of(
                source,
                compiled,
                confidence.get(),
                request.objective(),
                allowed.model().calibration()),
            confidence.get(),
            summary(source, compiled, level),
            facts(compiled, allowed, level, seed)));
  }

  private static String summary(
      CircuitMetrics source, CompiledCircuit compiled, CompileLevel level) {
    return "level %d: %d two-qubit gates (source %d), depth %d (source %d), %d swaps, %.1f us, %s"
        .formatted(
            level.number(),
            compiled.twoQubitGates(),
            source.twoQubitGates(),
            compiled.depth(),
            source.depth(),
            compiled.swaps(),
            CandidateScore.micros(compiled),
            compiled.certificate().equivalent().isPresent()
                ? "equal to the source by " + method(compiled)
                : "not compared with the source");
  }

  private static String method(CompiledCircuit compiled) {
    return compiled.certificate().method().name().toLowerCase(Locale.ROOT);
  }

  private static SortedMap<String, String> facts(
      CompiledCircuit compiled, AllowedDevice allowed, CompileLevel level, long seed) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("depth", Integer.toString(compiled.depth()));
    facts.put("swaps", Integer.toString(compiled.swaps()));
    facts.put("two_qubit_gates", Integer.toString(compiled.twoQubitGates()));
    facts.put("two_qubit_depth", Integer.toString(compiled.twoQubitDepth()));
    facts.put(
        "estimated_duration_us",
        String.format(Locale.ROOT, "%.3f", CandidateScore.micros(compiled)));
    facts.put("estimated_success", String.format(Locale.ROOT, "%.6f", compiled.success()));
    facts.put("noise_figures", allowed.model().calibration().source());
    facts.put("optimization_level", Integer.toString(level.number()));
    facts.put("seed", Long.toString(seed));
    facts.put("certificate.method", method(compiled));
    facts.put(
        "certificate.equivalent",
        compiled.certificate().equivalent().map(Object::toString).orElse("unknown"));
    facts.put("layout.initial", text(compiled.initial(), allowed.qubits()));
    facts.put("layout.final", text(compiled.last(), allowed.qubits()));
    return facts;
  }

  private static String text(Indexes layout, Indexes qubits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < layout.size(); i++) {
      text.append(i == 0 ? "" : ",").append(qubits.get(layout.get(i)));
    }
    return text.toString();
  }

  private MappingAnswer answer() {
    if (!found.isEmpty()) {
      return answer(found.values().stream().sorted(ORDER).toList(), MappingAnswer.Reason.NONE, "");
    }
    if (unsure > 0) {
      return none(
          MappingAnswer.Reason.CONFIDENCE_TOO_LOW,
          unsure + " candidates below policy.minimum_confidence");
    }
    if (rejected > 0) {
      return none(
          MappingAnswer.Reason.POLICY_REJECTED,
          rejected + " candidates over policy.max_depth or policy.max_swaps");
    }
    return none(
        MappingAnswer.Reason.TIMEOUT,
        "no candidate within " + request.timeout().toMillis() + " ms");
  }

  private MappingAnswer none(MappingAnswer.Reason reason, String message) {
    return answer(List.of(), reason, message);
  }

  private MappingAnswer answer(
      List<MappingCandidate> candidates, MappingAnswer.Reason reason, String message) {
    return new MappingAnswer(
        candidates,
        reason,
        message,
        timedOut,
        digest(candidates, reason),
        mappingNanos / 1_000,
        scoringNanos / 1_000);
  }

  private String digest(List<MappingCandidate> candidates, MappingAnswer.Reason reason) {
    List<String> ids = new ArrayList<>();
    candidates.forEach(candidate -> ids.add(candidate.mapped().sha256()));
    CanonicalWriter json =
        new CanonicalWriter()
            .beginObject()
            .member("budget", request.budget())
            .member("candidates", ids)
            .member("device", request.device())
            .member("input_sha256", request.document().sha256())
            .member("objective", request.objective().toString())
            .member("policy_confidence", Double.toString(request.policy().confidenceMin()))
            .member("policy_depth", request.policy().depthMax())
            .member("policy_swaps", request.policy().swapsMax())
            .member("reason", reason.name())
            .member("seed", Long.toString(request.seed()))
            .endObject();
    return Sha256.of(json.toBytes()).hex();
  }
}
