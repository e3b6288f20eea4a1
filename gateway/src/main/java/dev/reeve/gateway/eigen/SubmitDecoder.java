package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.job.Placement;
import dev.reeve.job.Work;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.service.Caller;
import dev.reeve.service.DeviceChoice;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DistributedSettings;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.circuit.QfsRef;
import dev.reeve.service.reservation.DeviceReservations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Turns a submit of any of the names into the core's. All fields at fault are reported at once;
/// then sizes, then the target, then what is not offered yet.
///
/// Choices where the contract leaves room: a priority that the message cannot tell from an absent
/// one (kernel gateway) is taken as it is; only `envelope.deadline` bounds the job, because the
/// deadline of a call is how long its sender waits for the answer to the submit.
final class SubmitDecoder {
  private static final int NAME_LENGTH_MAX = 128;
  private static final int TARGET_LENGTH_MAX = 128;
  private static final Set<String> QASM_VERSIONS = Set.of("", "2", "2.0", "3", "3.0", "3.1");
  private static final String CAPABILITY = "the quantum stack";

  /// Attributes of a job whose device the server chose: codes with commas between, and what stood
  /// to choose from.
  static final String CHOICE_REASONS = "choice.reason_codes";

  static final String CHOICE_CANDIDATES = "choice.candidates";

  private final DeviceDesk devices;
  private final DeviceReservations reservations;

  SubmitDecoder(DeviceDesk devices, DeviceReservations reservations) {
    this.devices = devices;
    this.reservations = reservations;
  }

  /// A submit for the core, with the caller it is for.
  record Decoded(Caller caller, SubmitRequest request) {}

  /// Whether the target leaves the choice of a device to the server.
  static boolean isOpen(SubmitInput input) {
    return input.target().equals(DeviceChoice.TARGET);
  }

  /// One whose device is still open is decoded for the simulator.
  ///
  /// @throws dev.reeve.base.ProblemException when it is refused
  Decoded decode(CallScope scope, SubmitInput input, EigenProfile profile) {
    return decode(scope, input, profile, Optional.empty());
  }

  /// @param choice of the device, when the server made it
  /// @throws dev.reeve.base.ProblemException when it is refused
  Decoded decode(
      CallScope scope, SubmitInput asked, EigenProfile profile, Optional<DeviceChoice> choice) {
    SubmitInput input =
        isOpen(asked)
            ? asked.to(choice.map(DeviceChoice::deviceId).orElse(DeviceModels.LOCAL_ID))
            : asked;
    Caller caller = caller(scope, input);
    requireFields(scope, input, profile);
    SubmitLimits.require(input, profile);
    RunSettings settings = RunSettings.of(input, profile);
    int shotsMax = devices.shotsMax("target", input.target());
    settings.requireShots(shotsMax, profile.metadataField());
    requireOffered(settings);
    PolicyFacts facts = PolicyFacts.of(CallFacts.of(scope), input);
    Program program = input.program().orElseThrow();
    Payload payload = payload(program);
    Work work =
        new Work(
            input.name(),
            facts.topic(),
            PolicyFacts.CAPABILITY,
            facts.riskTags(),
            List.of(),
            facts.labels(),
            JobSpecFacts.added(input.metadata(), program, profile.metadataField()),
            attributes(input, program, payload, choice));
    SubmitRequest request =
        new SubmitRequest(
            Optional.empty(),
            caller.principal(),
            work,
            new Placement(
                route(input),
                "",
                input.priority().orElse(Placement.PRIORITY_DEFAULT),
                dependencies(input)),
            deadline(input.envelope()),
            Optional.empty(),
            settings.retry(),
            false,
            payload.contentType(),
            payload.bytes(),
            SubmitKeys.idempotency(scope, caller, asked, profile),
            backlogMax(input.quota()),
            scope.action().id(),
            unreserved(caller, input));
    return new Decoded(caller, request);
  }

  private static String route(SubmitInput input) {
    String id = input.reservationId();
    return id.isEmpty() ? DeviceDesk.route(input.target()) : DeviceDesk.route(input.target(), id);
  }

  /// Why the reservation that it names is of no use; a repeat may come after its end.
  private Optional<Problem> unreserved(Caller caller, SubmitInput input) {
    String id = input.reservationId();
    return id.isEmpty() || reservations.active(caller, input.target(), id).isPresent()
        ? Optional.empty()
        : Optional.of(
            EigenProblems.EIGEN_PUBLIC_RESERVATION_CONFLICT.because(
                "reservation_id: "
                    + Text.quoteForMessage(id)
                    + " (expected: an active one of the caller for "
                    + input.target()
                    + ")"));
  }

  private static Caller caller(CallScope scope, SubmitInput input) {
    SubmitInput.Quota quota = input.quota();
    CallGate.Admitted admitted = CallGate.admit(scope, input.envelope());
    CallGate.requireVersion(quota.contractVersion(), "tenant.contract_version");
    return admitted
        .withTenant(quota.tenant(), "tenant.tenant_id")
        .withProject(quota.project(), "tenant.project_id")
        .caller();
  }

  private static void requireFields(CallScope scope, SubmitInput input, EigenProfile profile) {
    Violations violations = new Violations(EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED);
    if (input.name().isBlank()) {
      violations.missing("name", "1 to " + NAME_LENGTH_MAX + " characters");
    } else if (input.name().length() > NAME_LENGTH_MAX) {
      violations.wrong("name", input.name(), "1 to " + NAME_LENGTH_MAX + " characters");
    }
    violations.requireLine("name", input.name());
    requireProgram(input, violations);
    if (input.target().isBlank()) {
      violations.missing("target", "vendor:device, for example sim:local");
    } else if (input.target().length() > TARGET_LENGTH_MAX) {
      violations.wrong("target", input.target(), "at most " + TARGET_LENGTH_MAX + " characters");
    }
    violations.requireLine("target", input.target());
    int priority = input.priority().orElse(Placement.PRIORITY_DEFAULT);
    if (priority < 0 || priority > Placement.PRIORITY_MAX) {
      violations.wrong("priority", priority, "0 to " + Placement.PRIORITY_MAX);
    }
    for (String parent : input.dependencies()) {
      if (!Ids.isGiven(parent) && !QfsRef.isMeant(parent)) {
        violations.wrong("dependencies", parent, "ids of jobs, or references to their files");
      }
    }
    requireDeadline(input.envelope(), violations);
    RunSettings.check(input, profile, violations);
    SubmitKeys.check(scope, input, profile, violations);
    violations.requireMap("compiler_options", input.options());
    violations.requireMap(profile.metadataField(), input.metadata());
    violations.refuseIfAny();
  }

  private static void requireProgram(SubmitInput input, Violations violations) {
    if (!input.programFormat().isEmpty()) {
      violations.wrong(
          "program_format",
          input.programFormat(),
          "qasm_text, qasm3_text, eigen_lang_source, aqo_ref, aqo_json or aqo_proto");
      return;
    }
    if (input.program().isEmpty() || input.program().get().source().isEmpty()) {
      violations.missing("program", "a program");
      return;
    }
    Program program = input.program().get();
    if (!QASM_VERSIONS.contains(program.version())) {
      violations.wrong(program.field() + ".version", program.version(), "2, 2.0, 3, 3.0 or 3.1");
    }
    if (!program.sha256().isEmpty() && !program.digest().hex().equals(program.sha256())) {
      violations.wrong(program.field() + ".sha256", program.sha256(), "digest of the source");
    }
  }

  private static void requireDeadline(CallEnvelope envelope, Violations violations) {
    envelope
        .deadline()
        .filter(deadline ->
            deadline.getSeconds() < 0
                || deadline.getNanos() < 0
                || deadline.getNanos() > 999_999_999
                || (deadline.getSeconds() == 0 && deadline.getNanos() == 0))
        .ifPresent(deadline ->
            violations.wrong(
                envelope.path() + ".deadline",
                deadline.getSeconds() + "s " + deadline.getNanos() + "ns",
                "more than 0"));
  }

  private static Optional<Duration> deadline(CallEnvelope envelope) {
    return envelope
        .deadline()
        .map(deadline -> Duration.ofSeconds(deadline.getSeconds(), deadline.getNanos()));
  }

  /// Refuses what is well formed and not built yet, rather than pretend.
  private static void requireOffered(RunSettings settings) {
    if (settings.asksForBasis()) {
      throw notYet("measurements in another basis than Z");
    }
  }

  private static RuntimeException notYet(String what) {
    return GatewayProblems.CAPABILITY_NOT_YET
        .because(what + " come with " + CAPABILITY)
        .with("capability", CAPABILITY)
        .toException();
  }

  /// Ids of the jobs that must be done first; a reference means the job that it belongs to.
  private static List<String> dependencies(SubmitInput input) {
    return input.dependencies().stream()
        .map(
            parent -> QfsRef.isMeant(parent) ? QfsRef.read("dependencies", parent).jobId() : parent)
        .distinct()
        .toList();
  }

  /// The tighter of both limits: unfinished jobs are counted by tenant, so the limit of a project
  /// is held with the jobs of all projects of its tenant.
  private static int backlogMax(SubmitInput.Quota quota) {
    int tenant = positive(quota.tenantMax());
    int project = positive(quota.projectMax());
    return tenant == 0 || (project != 0 && project < tenant) ? project : tenant;
  }

  /// Unsigned on the wire: what does not fit is larger than any bound of ours.
  private static int positive(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }

  /// What runs, as it is kept.
  private record Payload(String contentType, Bytes bytes, Program.Format format) {}

  /// Documents are kept in one form, whichever they came in; programs as they are.
  private static Payload payload(Program program) {
    return switch (program.format()) {
      case QASM, EIGEN_LANG, AQO_REF ->
          new Payload(program.format().contentType(), program.source(), program.format());
      case AQO_JSON -> aqo(AqoReader.read(program.source(), AqoLimits.DEFAULT));
      case AQO_PROTO -> aqo(AqoDecoder.decode(program.source()));
    };
  }

  private static Payload aqo(AqoDocument document) {
    Program.Format format = Program.Format.AQO_JSON;
    return new Payload(format.contentType(), document.canonical(), format);
  }

  private static Map<String, String> attributes(
      SubmitInput input, Program program, Payload payload, Optional<DeviceChoice> choice) {
    Map<String, String> attributes = new TreeMap<>();
    choice.ifPresent(made -> {
      attributes.put(CHOICE_REASONS, String.join(",", made.reasons()));
      attributes.put(CHOICE_CANDIDATES, made.candidates());
    });
    attributes.put("target", input.target());
    attributes.put("program_format", payload.format().word());
    attributes.put("program_version", program.version());
    attributes.put("entrypoint", program.entrypoint());
    Map<String, String> options = new TreeMap<>(input.options());
    if (input.distributed()) {
      DistributedSettings.into(input.partitions()).forEach(options::putIfAbsent);
    }
    options.forEach((name, value) -> attributes.put("option." + name, value));
    return attributes;
  }
}
