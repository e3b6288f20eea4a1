package dev.reeve.bus;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.StreamSpec;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Streams and consumers at the broker: makes what is missing, leaves alone what others made. All
/// methods block for calls to the broker.
final class NatsStreams {
  private static final Logger log = LoggerFactory.getLogger(NatsStreams.class);
  private static final int NOT_FOUND = 404;
  private static final int JETSTREAM_NOT_ENABLED_FOR_ACCOUNT = 10_039;
  private static final int JETSTREAM_OFF = 10_076;
  private static final int REPLICAS_NOT_SUPPORTED = 10_074;
  private static final int PEERS_MISSING = 10_005;

  private NatsStreams() {}

  /// Makes a stream, or gives one that exists the subjects it lacks.
  ///
  /// @throws ProblemException `BUS_STREAM_REFUSED` when the broker never will
  static void ensure(Connection connection, StreamSpec spec)
      throws IOException, JetStreamApiException {
    if (!connection.getServerInfo().isJetStreamAvailable()) {
      throw refused("JetStream is off");
    }
    try {
      JetStreamManagement management = connection.jetStreamManagement();
      Optional<StreamConfiguration> known = find(management, spec.name());
      List<String> wanted = free(management, spec);
      if (known.isEmpty()) {
        if (!wanted.isEmpty()) {
          add(management, spec, wanted, spec.replicas());
        }
        return;
      }
      Set<String> subjects = new LinkedHashSet<>(known.get().getSubjects());
      if (subjects.addAll(wanted)) {
        management.updateStream(
            StreamConfiguration.builder(known.get()).subjects(subjects).build());
        log.info("stream widened name={} subjects={}", spec.name(), subjects);
      }
    } catch (JetStreamApiException e) {
      throw refusedFor(e).orElseThrow(() -> e);
    }
  }

  /// Without JetStream there will never be a stream.
  private static Optional<ProblemException> refusedFor(JetStreamApiException e) {
    return switch (e.getApiErrorCode()) {
      case JETSTREAM_NOT_ENABLED_FOR_ACCOUNT, JETSTREAM_OFF ->
          Optional.of(refused(e.getErrorDescription()));
      default -> Optional.empty();
    };
  }

  private static ProblemException refused(String why) {
    return BusProblems.BUS_STREAM_REFUSED
        .because("the broker has no streams: " + why)
        .toException();
  }

  private static void add(
      JetStreamManagement management, StreamSpec spec, List<String> subjects, int replicas)
      throws IOException, JetStreamApiException {
    StreamConfiguration.Builder stream =
        StreamConfiguration.builder()
            .name(spec.name())
            .subjects(subjects)
            .retentionPolicy(RetentionPolicy.Limits)
            .storageType(StorageType.File)
            .maxAge(spec.ageMax())
            .duplicateWindow(spec.duplicateWindow())
            .replicas(replicas);
    if (spec.sizeMaxBytes() > 0) {
      stream.maxBytes(spec.sizeMaxBytes());
    }
    try {
      management.addStream(stream.build());
      log.info("stream made name={} subjects={} replicas={}", spec.name(), subjects, replicas);
    } catch (JetStreamApiException e) {
      int code = e.getApiErrorCode();
      if (replicas == 1 || (code != REPLICAS_NOT_SUPPORTED && code != PEERS_MISSING)) {
        throw e;
      }
      add(management, spec, subjects, 1);
    }
  }

  private static Optional<StreamConfiguration> find(JetStreamManagement management, String name)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getStreamInfo(name).getConfiguration());
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The subjects that no other stream keeps.
  private static List<String> free(JetStreamManagement management, StreamSpec spec)
      throws IOException, JetStreamApiException {
    List<String> free = new ArrayList<>();
    for (String pattern : spec.patterns()) {
      List<String> others = new ArrayList<>(management.getStreamNames(pattern));
      others.remove(spec.name());
      if (others.isEmpty()) {
        free.add(pattern);
      } else {
        log.info("subject stays with stream={} subject={}", others, pattern);
      }
    }
    return free;
  }

  /// The newest message on a subject.
  ///
  /// @throws ProblemException `BUS_NO_STREAM`
  static Optional<BusMessage> newest(Connection connection, String stream, String subject)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    try {
      MessageInfo info = management.getLastMessage(stream, subject);
      byte[] data = info.getData();
      return Optional.of(BusMessage.of(subject, data == null ? Bytes.EMPTY : Bytes.wrap(data)));
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() != NOT_FOUND) {
        throw e;
      }
      if (find(management, stream).isEmpty()) {
        throw Outgoing.noStream(subject);
      }
      return Optional.empty();
    }
  }

  /// The name of the stream to consume from: this one, or another that keeps the pattern.
  static String keeping(Connection connection, String name, String pattern)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    if (find(management, name).isPresent()) {
      return name;
    }
    return management.getStreamNames(pattern).stream()
        .findFirst()
        .orElseThrow(() -> new IOException("no stream keeps " + pattern));
  }

  /// The wish, adapted to a durable consumer that exists: what cannot be changed stays.
  static ConsumerConfiguration adopted(
      Connection connection, String stream, ConsumerConfiguration wish)
      throws IOException, JetStreamApiException {
    ConsumerConfiguration known;
    try {
      known =
          connection
              .jetStreamManagement()
              .getConsumerInfo(stream, wish.getDurable())
              .getConsumerConfiguration();
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() == NOT_FOUND) {
        return wish;
      }
      throw e;
    }
    if (known.getDeliverSubject() != null) {
      throw new IOException(
          "a push consumer of this name exists (expected: none, or a pull consumer)");
    }
    return ConsumerConfiguration.builder(known)
        .filterSubject(wish.getFilterSubject())
        .ackWait(wish.getAckWait())
        .maxDeliver(wish.getMaxDeliver())
        .maxAckPending(wish.getMaxAckPending())
        .build();
  }
}
