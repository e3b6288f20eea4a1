package dev.reeve.gateway.mathison;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.JobEnd;
import dev.reeve.job.JobState;
import dev.reeve.service.JsonDocuments;
import java.util.Base64;
import java.util.Optional;

/// The outputs of a job: always a UTF-8 JSON object, or nothing while there are none.
final class MathisonOutputs {
  private MathisonOutputs() {}

  /// A result that is an object as it is; other JSON and text as `{"result": ...}`, other bytes as
  /// `{"result_base64": ...}`.
  static ByteString ofResult(Bytes result) {
    if (JsonDocuments.isObject(result)) {
      return UnsafeByteOperations.unsafeWrap(result.unsafeArray());
    }
    if (JsonDocuments.isResult(result)) {
      return ByteString.copyFromUtf8("{\"result\":" + result.utf8() + "}");
    }
    Optional<String> text = JsonDocuments.utf8(result);
    String member =
        text.isPresent()
            ? "\"result\":" + JsonDocuments.quoted(text.get())
            : "\"result_base64\":"
                + JsonDocuments.quoted(Base64.getEncoder().encodeToString(result.unsafeArray()));
    return ByteString.copyFromUtf8("{" + member + "}");
  }

  /// Why there is no result, `{"error": {"code": ..., "message": ...}}`; nothing while it runs.
  static ByteString ofEnd(JobState state) {
    return JobEnd.of(state).map(MathisonOutputs::error).orElse(ByteString.EMPTY);
  }

  private static ByteString error(JobEnd end) {
    return ByteString.copyFromUtf8(
        "{\"error\":{\"code\":"
            + JsonDocuments.quoted(end.code())
            + ",\"message\":"
            + JsonDocuments.quoted(end.message())
            + "}}");
  }
}
