package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.ResultInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/// Receives the bytes of one result and checks that they are those the server announced.
final class ResultReader {
  private final Connection connection;
  private final String jobId;

  ResultReader(Connection connection, String jobId) {
    this.connection = connection;
    this.jobId = jobId;
  }

  /// Where the bytes go.
  interface Sink {
    /// Called once, first.
    default void info(ResultInfo info) {}

    void chunk(ByteString chunk) throws IOException;

    /// A sink that writes to a stream.
    static Sink to(OutputStream out) {
      return chunk -> chunk.writeTo(out);
    }
  }

  /// Passes the result on as it arrives. Throws when its size or hash is not as announced.
  void readTo(Sink sink) throws IOException {
    GetJobResultRequest request = GetJobResultRequest.newBuilder().setJobId(jobId).build();
    Iterator<GetJobResultResponse> parts = connection.jobStreams().getJobResult(request);
    ResultInfo info = ResultInfo.getDefaultInstance();
    MessageDigest digest = sha256();
    long size = 0;
    while (connection.call(parts::hasNext)) {
      GetJobResultResponse part = parts.next();
      if (part.hasInfo()) {
        info = part.getInfo();
        sink.info(info);
      } else {
        ByteString chunk = part.getChunk();
        digest.update(chunk.asReadOnlyByteBuffer());
        size += chunk.size();
        sink.chunk(chunk);
      }
    }
    check(info, size, HexFormat.of().formatHex(digest.digest()));
  }

  private void check(ResultInfo info, long size, String hash) {
    boolean sameHash = info.getSha256().isEmpty() || info.getSha256().equals(hash);
    if (info.getSizeBytes() != size || !sameHash) {
      throw CliProblems.RESULT_DAMAGED
          .because("the result of job " + jobId + " is not what the server announced")
          .with("announced", info.getSizeBytes() + " bytes, sha256 " + info.getSha256())
          .with("received", size + " bytes, sha256 " + hash)
          .toException();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
