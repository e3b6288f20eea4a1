package dev.reeve.gateway.beamline;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.service.bus.BusMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Subjects that the contract reserves and nothing here answers: they are refused by name, so that
/// a client need not wait for nothing.
final class LaterSubjects {
  private static final String CONTROL = "beamline.router.control.v1.";

  /// What is listened to for them.
  static final List<String> PATTERNS =
      List.of(CONTROL + ">", "beamline.router.v1.stream", "beamline.router.v1.cancel");

  private static final String EVENTS = CONTROL + "events.inbox.";
  private static final Set<String> CONTROLS =
      Set.of(
          "project.open",
          "project.close",
          "index.start",
          "index.status",
          "index.cancel",
          "task.submit",
          "task.status",
          "task.cancel",
          "chat.start",
          "chat.send",
          "chat.cancel",
          "events.subscribe");

  private LaterSubjects() {}

  /// The refusal of a message; empty for what no answer belongs to.
  static Optional<String> refusal(BusMessage message) {
    String subject = message.subject();
    if (subject.startsWith(EVENTS)) {
      return Optional.empty();
    }
    boolean known =
        !subject.startsWith(CONTROL) || CONTROLS.contains(subject.substring(CONTROL.length()));
    RouteFailure failure = known ? notImplemented(subject) : invalidSubject(subject);
    return Optional.of(RouteReply.failure(address(message), failure));
  }

  private static RouteFailure notImplemented(String subject) {
    Problem problem =
        BeamlineProblems.SUBJECT_NOT_IMPLEMENTED
            .because(subject + ": nothing answers this subject in this version")
            .with("subject", subject);
    return RouteFailures.of(problem);
  }

  private static RouteFailure invalidSubject(String subject) {
    String nearest = Text.nearest(subject.substring(CONTROL.length()), CONTROLS);
    String hint = nearest.isEmpty() ? "" : " (did you mean " + CONTROL + nearest + "?)";
    return new RouteFailure(
        "invalid_subject",
        Text.quoteForMessage(subject) + ": no such subject" + hint,
        Map.of("subject", subject),
        "");
  }

  private static RouteCall.Address address(BusMessage message) {
    try {
      RouteMembers members =
          RouteMembers.of("", RouteJson.parse(message.bytes(), RouteIntake.BYTES_MAX));
      return RouteForms.address(members, RouteHeaders.of(message.headers()));
    } catch (ProblemException e) {
      return RouteCall.Address.NONE;
    }
  }
}
