package dev.reeve.gateway;

import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionService;

/// The first version of reflection, which many tools still ask for.
final class ReflectionV1Alpha {
  private ReflectionV1Alpha() {}

  @SuppressWarnings("deprecation")
  static BindableService service() {
    return ProtoReflectionService.newInstance();
  }
}
