package dev.reeve.gateway.provider;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.ProviderLink.Chunk;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import java.util.ArrayList;
import java.util.List;

/// Messages of a provider's stream in our words.
public final class StreamChunks {
  private StreamChunks() {}

  /// What a message says: its data, and that it was the last. The last may bring data too.
  public static List<Chunk> read(StreamChunk message) {
    List<Chunk> chunks = new ArrayList<>();
    if (!message.getDone() || !message.getData().isEmpty()) {
      chunks.add(new Chunk.Data(Bytes.wrap(message.getData().toByteArray())));
    }
    if (message.getDone()) {
      chunks.add(new Chunk.Done(message.getMetadataMap()));
    }
    return chunks;
  }
}
