package dev.reeve.server.offline;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.gateway.GateMethods;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.beamline.BeamlineDialect;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.mathison.MathisonProblems;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.provider.ProviderDialect;
import dev.reeve.gateway.reeve.ReeveDialect;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CdiAction;
import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.OutputCheck;
import dev.reeve.governance.cif.CifEgress;
import dev.reeve.governance.cif.CifIngress;
import dev.reeve.governance.cif.CifProblems;
import dev.reeve.governance.cif.ClientRates;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.governance.cif.EgressResult;
import dev.reeve.governance.cif.IngressResult;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import dev.reeve.server.offline.GateLine.Station;
import dev.reeve.service.ActionNames;
import dev.reeve.service.Caller;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Answers lines as the gate of a server would: the same functions, without a server. What is
/// costly to make is made when a line needs it. Confined to one run.
final class GateCheck {
  private static final int KEY_BYTES = 32;

  private final MonotonicClock clock;
  private final ClientRates rates = new ClientRates();
  private final ActionCheck actions = new ActionCheck(GateSetup.PACK);
  private final OutputCheck outputs = new OutputCheck(GateSetup.PACK);
  private final Supplier<GateMethods> methods = new Once<>(GateCheck::methods);
  private final Supplier<ContentScanner> scanner =
      new Once<>(() -> new ContentScanner(ScanRules.builtIn()));
  private final Supplier<DataKey> key = new Once<>(GateCheck::randomKey);

  GateCheck(MonotonicClock clock) {
    this.clock = clock;
  }

  private static GateMethods methods() {
    return GateMethods.of(
        List.of(
            MathisonDialect.actions(),
            EigenDialect.actions(),
            BeamlineDialect.actions(),
            OpenAiDialect.actions(),
            ProviderDialect.actions(),
            CordumDialect.actions(),
            CapDialect.actions(),
            ReeveDialect.actions()));
  }

  private static DataKey randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new DataKey(Bytes.wrap(key));
  }

  String answer(GateLine line) {
    GateAnswer answer =
        line.station()
            .map(station ->
                switch (station) {
                  case CIF_INGRESS -> ingress(line);
                  case CDI_ACTION -> action(line);
                  case CDI_OUTPUT -> output(line);
                  case CIF_EGRESS -> egress(line);
                  case ACTION -> throw new IllegalStateException("no station of a line");
                })
            .orElseGet(() -> whole(line));
    return answer.toJson();
  }

  private GateAnswer ingress(GateLine line) {
    CifIngress ingress = new CifIngress(line.pack());
    Optional<String> tooLarge = ingress.tooLarge(line.request());
    if (tooLarge.isPresent()) {
      return refused(Station.CIF_INGRESS, CifProblems.CIF_INGRESS_BLOCKED, tooLarge.get());
    }
    if (isTooFast(line)) {
      return tooFast();
    }
    return answer(ingress.look(line.request()));
  }

  private static GateAnswer answer(IngressResult result) {
    return result
        .refusal()
        .map(code ->
            GateAnswer.refused(Station.CIF_INGRESS, code, result.violations(), result.findings()))
        .orElseGet(
            () -> GateAnswer.passed(Station.CIF_INGRESS, result.payload(), result.findings()));
  }

  private boolean isTooFast(GateLine line) {
    return line.rate().isPresent() && !rates.take(line.client(), line.rate().get(), clock.nanos());
  }

  private static GateAnswer tooFast() {
    return refused(
        Station.CIF_INGRESS, CifProblems.CIF_RATE_LIMITED, "rate: too many requests of the client");
  }

  private static GateAnswer refused(Station station, ProblemCode code, String why) {
    return GateAnswer.refused(station, code, List.of(why), List.of());
  }

  private GateAnswer action(GateLine line) {
    Members input =
        Members.of("request.", line.request())
            .allow(
                Set.of(
                    "actor",
                    "action",
                    "action_id",
                    "target",
                    "payload",
                    "metadata",
                    "tenant",
                    "purpose",
                    "genome_id",
                    "genome_version",
                    "route",
                    "method",
                    "request_hash"));
    String action = input.text("action");
    String id = input.text("action_id");
    CdiResult result =
        actions.check(
            new CdiAction(
                input.text("actor"),
                action.startsWith("action:") ? ActionNames.of(action) : List.of(action),
                new ConsentScope(
                    tenant(line, input), input.text("actor"), id.isEmpty() ? action : id),
                () -> input.value("payload").orElseGet(JsonValue.Absent::new),
                () -> input.value("metadata").orElseGet(JsonValue.Absent::new)),
            line.standing(),
            nowMicros());
    if (result.allowed() && !id.isEmpty() && !isRegistered(id)) {
      return refused(
              Station.CDI_ACTION,
              CdiProblems.CDI_ACTION_DENIED,
              "action_id: not registered (expected: a registered action)")
          .withVerdict("deny");
    }
    return answer(result, line.request());
  }

  private boolean isRegistered(String actionId) {
    return ActionNames.CONTRACT_IDS.contains(actionId)
        || methods.get().actionIds().contains(actionId);
  }

  private static String tenant(GateLine line, Members input) {
    String tenant = input.text("tenant");
    String selected = line.metadata().text("x-tenant-id");
    return !tenant.isEmpty() ? tenant : selected.isEmpty() ? Caller.TENANT_DEFAULT : selected;
  }

  /// Wall time, for signals that expire.
  private static long nowMicros() {
    return System.currentTimeMillis() * 1_000;
  }

  private static GateAnswer answer(CdiResult result, JsonValue payload) {
    String verdict = result.verdict().name().toLowerCase(Locale.ROOT);
    return result
        .refusal()
        .map(code ->
            GateAnswer.refused(
                Station.CDI_ACTION,
                code,
                List.of(result.rule() + ": " + result.reason()),
                List.of()))
        .orElseGet(() -> GateAnswer.passed(Station.CDI_ACTION, payload, List.of()))
        .withVerdict(verdict);
  }

  private GateAnswer output(GateLine line) {
    List<String> claims =
        outputs.check(line.request()).stream()
            .map(claim -> claim.treaty() + ": " + claim.rule())
            .distinct()
            .toList();
    return claims.isEmpty() || !line.standing().conscience()
        ? GateAnswer.passed(Station.CDI_OUTPUT, line.request(), List.of())
        : GateAnswer.refused(Station.CDI_OUTPUT, CdiProblems.CDI_OUTPUT_BLOCKED, claims, List.of());
  }

  private GateAnswer egress(GateLine line) {
    EgressResult result =
        new CifEgress(line.pack(), scanner.get(), key.get()).check(line.request());
    return result
        .refusal()
        .map(code ->
            GateAnswer.refused(Station.CIF_EGRESS, code, result.violations(), result.findings()))
        .orElseGet(() -> GateAnswer.passed(Station.CIF_EGRESS, result.payload(), result.findings()))
        .withCounts(result.counts());
  }

  private GateAnswer whole(GateLine line) {
    Optional<GateMethods.Method> method = methods.get().find(line.dialect(), line.method());
    if (method.isEmpty()) {
      return refused(
          Station.ACTION,
          GatewayProblems.UNREGISTERED_ACTION,
          "method: not registered (expected: PACKAGE.SERVICE/METHOD)");
    }
    GateMethods.Request request;
    try {
      JsonValue json =
          line.request() instanceof JsonValue.Absent
              ? new JsonValue.Members(Map.of())
              : line.request();
      request = method.get().read(JsonText.write(json));
    } catch (ProblemException e) {
      return refused(
          Station.CIF_INGRESS, MathisonProblems.MALFORMED_REQUEST, e.problem().message());
    }
    return whole(line, method.get(), request);
  }

  private GateAnswer whole(GateLine line, GateMethods.Method method, GateMethods.Request request) {
    JsonValue tree = request.tree();
    Optional<String> tooLarge = new CifIngress(line.pack()).tooLarge(tree);
    if (tooLarge.isPresent()) {
      return refused(Station.CIF_INGRESS, CifProblems.CIF_INGRESS_BLOCKED, tooLarge.get());
    }
    if (isTooFast(line)) {
      return tooFast();
    }
    IngressResult screened = request.screen(line.pack());
    if (!screened.allowed()) {
      return answer(screened);
    }
    String actor = line.client().isEmpty() ? Caller.LOCAL_OPERATOR : line.client();
    CdiResult result =
        actions.check(
            new CdiAction(
                actor,
                ActionNames.of(method.action().id()),
                new ConsentScope(
                    tenant(line, new Members("", Map.of())), actor, method.action().id()),
                () -> tree,
                () -> new JsonValue.Members(line.metadata().values())),
            line.standing(),
            nowMicros());
    GateAnswer answer = answer(result, screened.payload());
    Optional<Problem> malformed =
        answer.allowed()
            ? MathisonDialect.malformed(method.fullName(), request.toBytes())
            : Optional.empty();
    if (malformed.isPresent()) {
      return refused(
          Station.CIF_INGRESS, MathisonProblems.MALFORMED_REQUEST, malformed.get().message());
    }
    return answer.allowed()
        ? GateAnswer.passed(Station.CDI_ACTION, screened.payload(), screened.findings())
        : answer;
  }
}
