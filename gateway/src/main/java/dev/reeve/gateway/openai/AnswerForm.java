package dev.reeve.gateway.openai;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;

/// How an answer is written for the API by which it was asked for. Made for one call; used by one
/// thread at a time.
interface AnswerForm {
  /// An answer that came at once.
  byte[] whole(OpenAiPart part);

  /// What a chunk becomes in a stream of events; empty when there is nothing to tell yet.
  byte[] chunk(OpenAiPart part);

  /// The events after the last chunk.
  String end();

  /// The events that end a stream which broke off.
  String broken(Status closed, Metadata trailers);

  /// Bodies as they come, `[DONE]` when the answer is whole, an `error` event alone when it is not:
  /// `/v1/chat/completions` and its like.
  final class AsItCame implements AnswerForm {
    private static final byte[] NOTHING = {};
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':', ' '};

    @Override
    public byte[] whole(OpenAiPart part) {
      return part.body().toByteArray();
    }

    @Override
    public byte[] chunk(OpenAiPart part) {
      ByteString body = part.body();
      if (body.isEmpty()) {
        return NOTHING;
      }
      byte[] event = new byte[DATA.length + body.size() + 2];
      System.arraycopy(DATA, 0, event, 0, DATA.length);
      body.copyTo(event, DATA.length);
      event[event.length - 2] = '\n';
      event[event.length - 1] = '\n';
      return event;
    }

    @Override
    public String end() {
      return "data: [DONE]\n\n";
    }

    @Override
    public String broken(Status closed, Metadata trailers) {
      return "data: " + OpenAiErrors.body(closed, trailers) + "\n\n";
    }
  }
}
