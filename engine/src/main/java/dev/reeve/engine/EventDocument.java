package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.engine.port.JobLog;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobEventCodec;
import java.util.ArrayList;
import java.util.List;

/// All events that one commit made for one job, as stored: in the job's row for its first commit,
/// in a segment for each later one.
///
/// It numbers its receipt and leaves the hash to the tree, which keeps it for ever; in logs of
/// [JobLog#FORMAT_WHOLE] it has the hash too. Both are read.
///
/// @param firstSeq sequence number of the first visible event in it
/// @param events in order
/// @param leafIndex the receipt committed with them; -1 for none
/// @param leafHash its hash; empty for none, and where it was not stored
public record EventDocument(long firstSeq, List<JobEvent> events, long leafIndex, Bytes leafHash) {
  public EventDocument {
    events = List.copyOf(events);
  }

  /// The stored form, which numbers its receipt.
  public Bytes write() {
    return write(false);
  }

  /// The stored form that has the hash of its receipt too.
  public Bytes writeWhole() {
    return write(true);
  }

  private Bytes write(boolean whole) {
    CanonicalWriter out = new CanonicalWriter(256).beginObject().key("events").beginArray();
    for (JobEvent event : events) {
      JobEventCodec.write(event, out);
    }
    out.endArray().member("first_seq", firstSeq);
    if (leafIndex >= 0) {
      out.member("leaf", leafIndex);
      if (whole) {
        out.member("leaf_hash", leafHash);
      }
    }
    return out.endObject().toBytes();
  }

  public static EventDocument read(Bytes bytes) {
    CanonicalObject in = CanonicalReader.object(bytes);
    List<JobEvent> events = new ArrayList<>();
    for (CanonicalObject event : in.objects("events")) {
      events.add(JobEventCodec.read(event));
    }
    return new EventDocument(
        in.number("first_seq"),
        events,
        in.has("leaf") ? in.number("leaf") : -1,
        in.has("leaf_hash") ? in.bytes("leaf_hash") : Bytes.EMPTY);
  }

  /// The visible events with their sequence numbers; a run of heartbeats becomes one each.
  public List<SequencedEvent> sequenced() {
    List<SequencedEvent> out = new ArrayList<>(events.size());
    long seq = firstSeq;
    for (JobEvent event : events) {
      for (int i = 0; i < event.visibleCount(); i++) {
        out.add(new SequencedEvent(seq++, event, leafIndex, leafHash));
      }
    }
    return out;
  }
}
