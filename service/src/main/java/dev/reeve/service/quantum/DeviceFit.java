package dev.reeve.service.quantum;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.service.DeviceChoice;
import dev.reeve.service.DeviceView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What speaks against devices for the program of a job. The simulators of this server take all
/// programs. Reads the program when it is first needed; not thread-safe.
public final class DeviceFit {
  private static final String SPLIT = "option.distributed.enabled";
  private static final Set<String> NOTHING = Set.of("", "auto", "none", "ideal");

  private final Bytes payload;
  private final Work work;
  private final CancelSignal cancel;
  private Optional<String> trouble = Optional.empty();
  private int qubits;

  /// @param payload the program
  public DeviceFit(Bytes payload, Work work, CancelSignal cancel) {
    this.payload = payload;
    this.work = work;
    this.cancel = cancel;
  }

  /// Empty when nothing does.
  ///
  /// @throws dev.reeve.base.ProblemException `QUANTUM_CANCELLED`
  public String against(DeviceView view) {
    if (DeviceChoice.isOfThisServer(view)) {
      return "";
    }
    String why = trouble.orElseGet(this::read);
    if (!why.isEmpty()) {
      return why;
    }
    String stated = view.device().capabilities().getOrDefault("qubits", "");
    return stated.matches("[1-9][0-9]{0,8}") && qubits > Integer.parseInt(stated)
        ? "it has %s qubits, the program %d".formatted(stated, qubits)
        : "";
  }

  /// What speaks against all devices that only count outcomes.
  private String read() {
    String why;
    try {
      CountedProgram program = CountedProgram.of(payload, work, DeviceChoice.TARGET, cancel);
      qubits = program.circuit().qubits();
      why =
          work.attributes().getOrDefault(SPLIT, "").equals("true")
              ? "distributed: simulators of this server split shots"
              : simulated(program.settings());
    } catch (ProblemException e) {
      if (cancel.isCancelled()) {
        throw e;
      }
      why = e.problem().message();
    }
    trouble = Optional.of(why);
    return why;
  }

  private static String simulated(Map<String, String> settings) {
    for (String key : List.of("method", "noise_model")) {
      if (!NOTHING.contains(settings.getOrDefault(key, ""))) {
        return key + ": for simulators of this server";
      }
    }
    return "";
  }
}
