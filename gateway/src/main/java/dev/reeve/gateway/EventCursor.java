package dev.reeve.gateway;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.base.ProblemException;
import java.util.Optional;

/// Where a stream of events goes on: finds `event_seq` in what is sent, and puts the last one that
/// a client has into its next request. Works on any message with the house's field names.
final class EventCursor {
  private static final String SENT = "event_seq";
  private static final String KNOWN = "last_event_seq";
  private static final String KNOWN_OF_ONE = "after_event_seq";
  private static final int DIGITS_MAX = 18;

  private EventCursor() {}

  /// Sequence number of the event in a response, its own or that of a part; 0 when it has none.
  static long of(Message response) {
    long own = number(response, SENT);
    if (own != 0) {
      return own;
    }
    for (Object part : response.getAllFields().values()) {
      long inner = part instanceof Message message ? number(message, SENT) : 0;
      if (inner != 0) {
        return inner;
      }
    }
    return 0;
  }

  /// Whether one number says where this stream is: it follows one job.
  static boolean isResumable(Message request) {
    return integerField(request, KNOWN).isPresent() || onlyCursor(request).isPresent();
  }

  /// The request for what follows the event that the client has.
  ///
  /// @param lastEventId value of the header, which is one of our own ids
  static Message resume(Message request, String lastEventId) {
    long sequence = parse(lastEventId);
    Optional<FieldDescriptor> direct = integerField(request, KNOWN);
    if (direct.isPresent()) {
      return request.toBuilder().setField(direct.get(), sequence).build();
    }
    FieldDescriptor cursors =
        onlyCursor(request).orElseThrow(() -> refused(lastEventId, "only on a stream of one job"));
    Message cursor = (Message) request.getRepeatedField(cursors, 0);
    FieldDescriptor field = integerField(cursor, KNOWN_OF_ONE).orElseThrow();
    return request.toBuilder()
        .setRepeatedField(cursors, 0, cursor.toBuilder().setField(field, sequence).build())
        .build();
  }

  private static long parse(String lastEventId) {
    boolean digits =
        !lastEventId.isEmpty()
            && lastEventId.length() <= DIGITS_MAX
            && lastEventId.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw refused(lastEventId, "the id of an event of this stream");
    }
    return Long.parseLong(lastEventId);
  }

  private static ProblemException refused(String value, String expected) {
    return GatewayProblems.HEADER_INVALID.field("last-event-id", value, expected).toException();
  }

  private static long number(Message message, String name) {
    return integerField(message, name).map(field -> (Long) message.getField(field)).orElse(0L);
  }

  private static Optional<FieldDescriptor> integerField(Message message, String name) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name))
        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.LONG)
        .filter(field -> !field.isRepeated());
  }

  /// The one list of cursors that the request has set, when it has one member and nothing else
  /// selects jobs.
  private static Optional<FieldDescriptor> onlyCursor(Message request) {
    if (request.getAllFields().size() != 1) {
      return Optional.empty();
    }
    FieldDescriptor field = request.getAllFields().keySet().iterator().next();
    boolean one =
        field.isRepeated()
            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && !field.isMapField()
            && request.getRepeatedFieldCount(field) == 1
            && integerField((Message) request.getRepeatedField(field, 0), KNOWN_OF_ONE).isPresent();
    return one ? Optional.of(field) : Optional.empty();
  }
}
