package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.DispatchId;
import java.util.ArrayList;
import java.util.List;

/// An executor that notes what it is told.
final class Worker implements ExecutorSession {
  /// Something it was told to stop.
  record Cancel(DispatchId dispatch, String reason) {}

  private final String id;
  final List<Assignment> assigned = new ArrayList<>();
  final List<Cancel> cancelled = new ArrayList<>();

  Offer offer = Offer.ANYTHING;
  double load = -1;

  Worker(String id) {
    this.id = id;
  }

  /// Says what it takes, before it attaches.
  Worker offering(Offer what) {
    offer = what;
    return this;
  }

  /// Measures its load.
  Worker loaded(double load) {
    this.load = load;
    return this;
  }

  @Override
  public Offer offer() {
    return offer;
  }

  @Override
  public boolean measuresLoad() {
    return load >= 0;
  }

  @Override
  public double load() {
    return load;
  }

  @Override
  public String workerId() {
    return id;
  }

  @Override
  public void assign(Assignment assignment) {
    assigned.add(assignment);
  }

  @Override
  public void cancel(DispatchId dispatch, String reason) {
    cancelled.add(new Cancel(dispatch, reason));
  }

  /// Ids of the jobs it got, in order.
  List<String> jobIds() {
    return assigned.stream().map(assignment -> assignment.job().key().jobId()).toList();
  }

  /// Its one and only assignment.
  Assignment only() {
    assertThat(assigned).as("assignments of %s", id).hasSize(1);
    return assigned.getFirst();
  }

  /// Its newest attempt.
  DispatchId last() {
    return assigned.getLast().dispatch();
  }
}
