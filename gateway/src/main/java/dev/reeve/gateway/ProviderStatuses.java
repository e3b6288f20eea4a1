package dev.reeve.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.service.provider.ProviderErrorClass;

/// In which way a call of a provider service failed, by the status that it was closed with.
public final class ProviderStatuses {
  private ProviderStatuses() {}

  /// What the other side says of it, if it is one of this house, else what its code means.
  public static ProviderErrorClass errorClass(Status status) {
    String word = info(status).getMetadataOrDefault("error_class", "");
    for (ProviderErrorClass known : ProviderErrorClass.values()) {
      if (known.status().equals(word)) {
        return known;
      }
    }
    return switch (ProblemJson.code(status)) {
      case DEADLINE_EXCEEDED -> ProviderErrorClass.TIMEOUT;
      case UNAVAILABLE -> ProviderErrorClass.CONNECTION_ERROR;
      case RESOURCE_EXHAUSTED -> ProviderErrorClass.RATE_LIMITED;
      case UNAUTHENTICATED, PERMISSION_DENIED -> ProviderErrorClass.UNAUTHORIZED;
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE ->
          ProviderErrorClass.REFUSED;
      case OK, CANCELLED, UNKNOWN, ABORTED, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
          ProviderErrorClass.SERVER_ERROR;
    };
  }

  /// The reason and its facts; the name of the code where there is no reason.
  public static ErrorInfo info(Status status) {
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it says no more than its code.
    }
    return ErrorInfo.newBuilder().setReason(ProblemJson.code(status).name()).build();
  }
}
