package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import com.linecorp.armeria.common.MediaType;

/// How a stream of responses is written over HTTP.
enum StreamFormat {
  /// One JSON object a line: `{"result":..}`, and `{"error":..}` last when it failed.
  NDJSON(MediaType.create("application", "x-ndjson")) {
    @Override
    String event(Message message, long sequence) {
      return "{\"result\":" + ProtoJsonWriter.write(message) + "}\n";
    }

    @Override
    String error(Status status) {
      return ProblemJson.writeErrorLine(status) + "\n";
    }

    @Override
    String end() {
      return "";
    }
  },
  /// Server-sent events: `id:` is the sequence number; `event: error` or `event: end` come last.
  SSE(MediaType.EVENT_STREAM) {
    @Override
    String event(Message message, long sequence) {
      String id = sequence == 0 ? "" : "id: " + sequence + "\n";
      return id + "data: " + ProtoJsonWriter.write(message) + "\n\n";
    }

    @Override
    String error(Status status) {
      int httpStatus = ProblemJson.httpStatus(ProblemJson.code(status));
      return "event: error\ndata: " + ProblemJson.write(httpStatus, status) + "\n\n";
    }

    @Override
    String end() {
      return "event: end\ndata: {}\n\n";
    }
  };

  /// A value type of a library that does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final MediaType type;

  StreamFormat(MediaType type) {
    this.type = type;
  }

  MediaType type() {
    return type;
  }

  /// @param sequence sequence number of the event; 0 when the stream cannot be resumed by it
  abstract String event(Message message, long sequence);

  abstract String error(Status status);

  abstract String end();
}
