package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.GetPostureRequest;
import dev.reeve.wire.reeve.v1.GetPostureResponse;
import dev.reeve.wire.reeve.v1.GovernanceServiceGrpc.GovernanceServiceBlockingStub;
import dev.reeve.wire.reeve.v1.HeartbeatCheck;
import dev.reeve.wire.reeve.v1.Posture;
import dev.reeve.wire.reeve.v1.PostureState;
import dev.reeve.wire.reeve.v1.SetPostureRequest;
import dev.reeve.wire.reeve.v1.UnlockPostureRequest;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve posture show|set|unlock`: what the server lets pass, and the newest heartbeat.
@Command(name = "posture", description = "Show, set or unlock what a server lets pass.")
final class PostureCommand extends ClientCommand {
  private static final String PREFIX = "POSTURE_";

  @Parameters(
      index = "0",
      paramLabel = "show|set|unlock",
      defaultValue = "show",
      description = "What to do (show).")
  private String action = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "POSTURE",
      defaultValue = "",
      description = "With set: normal, defensive (reads alone) or fail_closed (locked).")
  private String wanted = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the receipt.")
  private String reason = "";

  PostureCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    GovernanceServiceBlockingStub governance = connection.governance();
    switch (action) {
      case "show" -> {
        GetPostureResponse answer =
            connection.call(() -> governance.getPosture(GetPostureRequest.getDefaultInstance()));
        print(answer, shown(answer));
      }
      case "set" -> {
        SetPostureRequest request =
            SetPostureRequest.newBuilder().setPosture(posture()).setReason(reason).build();
        var answer = connection.call(() -> governance.setPosture(request));
        print(answer, facts(answer.getState()).lines());
      }
      case "unlock" -> {
        UnlockPostureRequest request = UnlockPostureRequest.newBuilder().setReason(reason).build();
        var answer = connection.call(() -> governance.unlockPosture(request));
        print(answer, facts(answer.getState()).lines());
      }
      default -> throw refused("posture: " + Text.quoteForMessage(action), "show, set or unlock");
    }
    return ExitCodes.OK;
  }

  private Posture posture() {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "normal" -> Posture.POSTURE_NORMAL;
      case "defensive" -> Posture.POSTURE_DEFENSIVE;
      case "fail_closed", "fail-closed" -> Posture.POSTURE_FAIL_CLOSED;
      default ->
          throw refused(
              "posture set: " + Text.quoteForMessage(wanted), "normal, defensive or fail_closed");
    };
  }

  private static List<String> shown(GetPostureResponse answer) {
    Facts facts = facts(answer.getState());
    for (HeartbeatCheck check : answer.getChecksList()) {
      facts.add(check.getName(), check.getOk() ? "ok" : check.getCode() + ": " + check.getDetail());
    }
    return facts.lines();
  }

  private static Facts facts(PostureState state) {
    Facts facts = new Facts().add("posture", state.getPosture().name().replace(PREFIX, ""));
    if (state.getPosture() != Posture.POSTURE_NORMAL) {
      facts.add("because", state.getTrigger()).add("detail", state.getDetail());
    }
    return facts.add("locked", state.getLocked() ? "yes, `reeve posture unlock` ends it" : "");
  }

  private static RuntimeException refused(String what, String expected) {
    return CliProblems.ARGUMENT_INVALID
        .because(what + " (expected: " + expected + ")")
        .toException();
  }
}
