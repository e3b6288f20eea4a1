package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.routing.ExtensionReply;
import java.util.Map;
import java.util.Optional;

/// Reads what an extension answered: `payload` and `metadata`, or the verdict of a validator by
/// `status` or by `valid`. One of both that says no is enough.
final class ExtensionReplies {
  private static final int BYTES_MAX = 1024 * 1024 + 64 * 1024;

  private ExtensionReplies() {}

  static ExtensionReply read(String id, Bytes bytes) {
    try {
      RouteMembers reply = RouteMembers.of("", RouteJson.parse(bytes, BYTES_MAX));
      if (reply.has("error")) {
        return failed(id, "answered with an error: " + error(reply));
      }
      boolean rejected =
          reply.text("status").equals("reject") || (reply.has("valid") && !reply.truth("valid"));
      return new ExtensionReply.Answered(
          reply.value("payload").map(RouteJson::plain),
          members(reply, "metadata"),
          rejected,
          reply.text("reason"),
          members(reply, "details"));
    } catch (ProblemException e) {
      return failed(id, "answered something else: " + e.problem().message());
    }
  }

  private static Map<String, Object> members(RouteMembers reply, String name) {
    return reply.members(name).map(members -> RouteJson.plain(members.values())).orElseGet(Map::of);
  }

  private static String error(RouteMembers reply) {
    Optional<JsonValue> error = reply.value("error");
    return error
        .map(value ->
            value instanceof JsonValue.Members members
                    && members.values().get("message") instanceof JsonValue.Text message
                ? message.value()
                : RouteMembers.asText(value))
        .map(
            text -> text.length() > 200 ? text.substring(0, text.offsetByCodePoints(0, 100)) : text)
        .orElse("");
  }

  private static ExtensionReply failed(String id, String why) {
    return new ExtensionReply.Failed(ExtensionReply.Failure.ERROR, "extension " + id + " " + why);
  }
}
