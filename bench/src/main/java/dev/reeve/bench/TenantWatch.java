package dev.reeve.bench;

import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.WatchFilter;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A stream of every event of a topic. Its consumer runs on the event loop of the connection.
final class TenantWatch implements StreamObserver<WatchJobsResponse> {
  private final Consumer<JobEvent> consumer;
  private final Failure failure;

  private TenantWatch(Consumer<JobEvent> consumer, Failure failure) {
    this.consumer = consumer;
    this.failure = failure;
  }

  /// Returns when the server tells of jobs that are submitted from now on.
  static void open(Client client, String topic, Consumer<JobEvent> consumer, Failure failure)
      throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    client
        .jobs()
        .watchJobs(
            WatchJobsRequest.newBuilder()
                .setFilter(WatchFilter.newBuilder().setTopic(topic))
                .build(),
            new TenantWatch(
                event -> {
                  seen.countDown();
                  consumer.accept(event);
                },
                failure));
    var probes = client.jobs();
    while (seen.getCount() > 0) {
      failure.check();
      // A watch begins with the call, but nothing says so before its first event.
      Calls.await(probes::submitJob, Client.job(topic));
      boolean _ = seen.await(50, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onNext(WatchJobsResponse response) {
    JobEvent event = response.getEvent();
    if (event.getTerminal() && event.getState() != JobState.JOB_STATE_COMPLETED) {
      failure.is(new IllegalStateException("a job ended otherwise than completed: " + event));
    }
    consumer.accept(event);
  }

  @Override
  public void onError(Throwable thrown) {
    failure.is(thrown);
  }

  @Override
  public void onCompleted() {}
}
