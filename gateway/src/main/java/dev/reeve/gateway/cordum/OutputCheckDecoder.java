package dev.reeve.gateway.cordum;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.policy.OutputFacts;
import dev.reeve.service.CheckOutput;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;

/// Reads an output check. Labels, artifacts and who made it are not what output rules look at.
final class OutputCheckDecoder {
  private OutputCheckDecoder() {}

  /// The question that the message asks.
  ///
  /// @param tenant for which it is checked; blank for the policy's default
  static CheckOutput.Request decode(OutputCheckRequest request, String tenant) {
    OutputFacts facts =
        new OutputFacts(
            tenant,
            request.getTopic(),
            request.getCapabilitiesList(),
            request.getRiskTagsList(),
            request.getContentType(),
            Math.max(0, request.getOutputSizeBytes()),
            !request.getErrorMessage().isEmpty() || !request.getErrorCode().isEmpty());
    return new CheckOutput.Request(
        facts,
        bytes(request.getOutputContent()),
        request.getResultPtr(),
        request.getErrorMessage());
  }

  private static Bytes bytes(ByteString content) {
    return content.isEmpty() ? Bytes.EMPTY : Bytes.wrap(content.toByteArray());
  }
}
