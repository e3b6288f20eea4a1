package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.routing.ExtensionReply;
import dev.reeve.routing.ExtensionType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what an extension answered: `payload` and `metadata`, or the verdict of a validator by
/// `status` or by `valid`. One of both that says no is enough; a validator that says neither has
/// failed, since silence is no consent.
final class ExtensionReplies {
  static final int METADATA_BYTES_MAX = 64 * 1024;
  private static final int BYTES_MAX = 1024 * 1024 + METADATA_BYTES_MAX;

  private ExtensionReplies() {}

  static ExtensionReply read(ExtensionType type, String id, Bytes bytes) {
    try {
      RouteMembers reply = RouteMembers.of("", RouteJson.parse(bytes, BYTES_MAX));
      if (reply.has("error")) {
        return failed(id, "answered with an error: " + error(reply));
      }
      Map<String, Object> metadata = members(reply, "metadata");
      if (RouteJson.text(metadata).length() > METADATA_BYTES_MAX) {
        return failed(id, "answered with too much metadata (expected: at most 64 KiB)");
      }
      return new ExtensionReply.Answered(
          reply.value("payload").map(RouteJson::plain),
          metadata,
          type == ExtensionType.VALIDATOR && isRejection(reply),
          reply.text("reason"),
          members(reply, "details"));
    } catch (ProblemException e) {
      return failed(id, "answered something else: " + e.problem().message());
    }
  }

  private static boolean isRejection(RouteMembers reply) {
    boolean valid = reply.has("valid") && reply.truth("valid");
    boolean invalid = reply.has("valid") && !valid;
    boolean rejected =
        switch (reply.text("status").toLowerCase(Locale.ROOT)) {
          case "ok" -> false;
          case "reject" -> true;
          case "" -> {
            if (!valid && !invalid) {
              throw RouteMembers.wrong("status", "ok or reject, or valid: true or false");
            }
            yield false;
          }
          default -> throw RouteMembers.wrong("status", "ok or reject");
        };
    return rejected || invalid;
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
