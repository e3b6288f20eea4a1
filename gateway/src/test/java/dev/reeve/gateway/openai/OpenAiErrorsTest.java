package dev.reeve.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;

class OpenAiErrorsTest {
  @Test
  void the_first_member_at_fault_is_the_param() {
    StatusRuntimeException refusal =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("model: \"\" (expected: the name of a model)")
                .addDetails(
                    Any.pack(ErrorInfo.newBuilder().setReason("MODEL_REQUEST_INVALID").build()))
                .addDetails(
                    Any.pack(
                        BadRequest.newBuilder()
                            .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder().setField("model"))
                            .build()))
                .build());

    assertThat(event(refusal))
        .isEqualTo(
            "data: {\"error\":{\"message\":\"model: \\\"\\\" (expected: the name of a model)\","
                + "\"type\":\"invalid_request_error\",\"param\":\"model\","
                + "\"code\":\"MODEL_REQUEST_INVALID\"}}\n\n");
  }

  @Test
  void what_is_not_about_a_member_has_no_param() {
    StatusRuntimeException refusal =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.PERMISSION_DENIED_VALUE)
                .setMessage("no")
                .build());

    assertThat(event(refusal)).contains("\"type\":\"permission_error\",\"param\":null");
  }

  private static String event(StatusRuntimeException refusal) {
    Metadata trailers = refusal.getTrailers();
    return new AnswerForm.AsItCame()
        .broken(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
