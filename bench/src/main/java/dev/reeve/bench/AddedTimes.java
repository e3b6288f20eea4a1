package dev.reeve.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What gateways add to the time of direct calls, round by round; the median of the rounds counts.
/// The limit is what bytes handed on unread take.
final class AddedTimes {
  /// One turn of each.
  record Round(
      ModelCalls.Times direct,
      ModelCalls.Times ours,
      ModelCalls.Times limit,
      Optional<ModelCalls.Times> theirs) {}

  private final List<Round> rounds = new ArrayList<>();

  void add(Round round) {
    rounds.add(round);
  }

  /// Until the end of an answer.
  void reportWhole(Report report, String name) {
    for (int percent : new int[] {50, 99}) {
      report.add(
          figure(
              name + ".added_p" + percent, "ms", times -> times.whole().millis(percent / 100.0)));
    }
    for (int percent : new int[] {50, 99}) {
      report.add(
          Figure.of(
              name + ".direct.p" + percent,
              median(round -> round.direct().whole().millis(percent / 100.0)),
              "ms"));
    }
  }

  /// Until the first piece of a stream, and for each piece.
  void reportStreams(Report report, String name) {
    for (int percent : new int[] {50, 99}) {
      report.add(
          figure(
              name + ".first_added_p" + percent,
              "ms",
              times -> times.first().millis(percent / 100.0)));
    }
    report.add(figure(name + ".chunk_added", "us", ModelCalls.Times::microsPerChunk));
  }

  private Figure figure(String name, String unit, ToDoubleFunction<ModelCalls.Times> time) {
    Figure ours =
        Figure.of(name, added(Round::ours, time), unit).withLimit(added(Round::limit, time));
    return rounds.getFirst().theirs().isEmpty()
        ? ours
        : ours.withPeer(added(round -> round.theirs().orElseThrow(), time));
  }

  private double added(
      Function<Round, ModelCalls.Times> of, ToDoubleFunction<ModelCalls.Times> time) {
    return median(
        round -> time.applyAsDouble(of.apply(round)) - time.applyAsDouble(round.direct()));
  }

  private double median(ToDoubleFunction<Round> value) {
    double[] values = rounds.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
