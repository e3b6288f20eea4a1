package dev.reeve.cli;

import com.google.protobuf.Timestamp;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ConsentKind;
import dev.reeve.wire.reeve.v1.ConsentScope;
import dev.reeve.wire.reeve.v1.ConsentSignal;
import dev.reeve.wire.reeve.v1.GetConsentRequest;
import dev.reeve.wire.reeve.v1.SignalConsentRequest;
import dev.reeve.wire.reeve.v1.SignalConsentResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve consent stop|pause|resume|show`.
@Command(
    name = "consent",
    description =
        "Say stop, pause or resume for what is done on somebody's behalf; show what stands.")
final class ConsentCommand extends ClientCommand {
  private static final String PREFIX = "CONSENT_KIND_";

  @Parameters(
      index = "0",
      paramLabel = "stop|pause|resume|show",
      description = "What to say, or show what was said.")
  private String word = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "On whose behalf (default: your own; for an admin the anchor admin).")
  private String source = "";

  @Option(
      names = "--of-tenant",
      paramLabel = "T",
      description = "Only what is done for this tenant.")
  private String scopeTenant = "";

  @Option(names = "--principal", paramLabel = "P", description = "Only what is done for them.")
  private String principal = "";

  @Option(
      names = "--purpose",
      paramLabel = "ACTION",
      description = "Only this action; action:job:* for all of an area.")
  private String purpose = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Until this time (RFC 3339).")
  private String until = "";

  @Option(names = "--evidence", paramLabel = "TEXT", description = "Why; kept in the receipt.")
  private String evidence = "";

  ConsentCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    if (word.equals("show")) {
      List<ConsentSignal> signals =
          connection
              .call(() -> connection.consent().getConsent(GetConsentRequest.getDefaultInstance()))
              .getSignalsList();
      show(signals);
      return ExitCodes.OK;
    }
    SignalConsentRequest request = request();
    SignalConsentResponse answer =
        connection.call(() -> connection.consent().signalConsent(request));
    if (request.getKind() == ConsentKind.CONSENT_KIND_RESUME) {
      resumed(answer);
    } else {
      show(List.of(answer.getSignal()));
    }
    return ExitCodes.OK;
  }

  private SignalConsentRequest request() {
    ConsentKind kind =
        switch (word) {
          case "stop" -> ConsentKind.CONSENT_KIND_STOP;
          case "pause" -> ConsentKind.CONSENT_KIND_PAUSE;
          case "resume" -> ConsentKind.CONSENT_KIND_RESUME;
          default ->
              throw CliProblems.ARGUMENT_INVALID
                  .because(
                      "consent: "
                          + Text.quoteForMessage(word)
                          + " (expected: stop, pause, resume or show)")
                  .toException();
        };
    SignalConsentRequest.Builder request =
        SignalConsentRequest.newBuilder()
            .setKind(kind)
            .setSource(source)
            .setScope(
                ConsentScope.newBuilder()
                    .setTenant(scopeTenant)
                    .setPrincipal(principal)
                    .setPurpose(purpose))
            .setEvidence(evidence);
    if (!until.isEmpty()) {
      request.setExpiresAt(time(until));
    }
    return request.build();
  }

  private static Timestamp time(String text) {
    try {
      Instant time = Instant.parse(text);
      return Timestamp.newBuilder()
          .setSeconds(time.getEpochSecond())
          .setNanos(time.getNano())
          .build();
    } catch (DateTimeException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--until: " + Text.quoteForMessage(text) + " (expected: RFC 3339)")
          .toException();
    }
  }

  private void resumed(SignalConsentResponse answer) {
    if (json()) {
      console().say(Json.line(answer));
    } else if (answer.getLiftedCount() == 0) {
      console()
          .note(
              "nothing to take back: "
                  + answer.getSignal().getSource()
                  + " said nothing in this scope");
    } else {
      console().note("taken back:");
      show(answer.getLiftedList());
    }
  }

  private void show(List<ConsentSignal> signals) {
    if (json()) {
      signals.forEach(signal -> console().say(Json.line(signal)));
      return;
    }
    if (signals.isEmpty()) {
      console().note("nobody said stop or pause");
      return;
    }
    Table table = new Table("SAID", "BY", "TENANT", "PRINCIPAL", "PURPOSE", "SINCE", "UNTIL");
    for (ConsentSignal signal : signals) {
      table.row(
          signal.getKind().name().replace(PREFIX, "").toLowerCase(Locale.ROOT),
          signal.getSource(),
          signal.getScope().getTenant(),
          signal.getScope().getPrincipal(),
          signal.getScope().getPurpose(),
          Words.of(signal.getSaidAt()),
          signal.hasExpiresAt() ? Words.of(signal.getExpiresAt()) : "");
    }
    table.lines().forEach(console().out()::println);
  }
}
