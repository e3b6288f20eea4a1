package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.hybrid.Minimization;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a program says beside its circuit, gathered while it is lowered.
final class Annotations {
  private final SortedMap<String, AqoValue> observables = new TreeMap<>();
  private Optional<AqoValue.Members> expectation = Optional.empty();
  private Optional<Value.Observable> observable = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private Optional<Double> iterationsMax = Optional.empty();
  private boolean minimized;

  /// A search for the best parameters.
  record Search(Minimization plan, Optional<Value.Observable> observable) {}

  /// Notes how many iterations the program asks for when its search does not say.
  void limitIterations(Optional<Double> most) {
    iterationsMax = most;
  }

  Optional<Double> iterationsMax() {
    return iterationsMax;
  }

  /// Notes that an observable has a name now.
  void name(String name, Value.Observable value) {
    observables.put(name, value.terms());
  }

  /// Notes an expectation value. The first that names its observable is annotated.
  ///
  /// @param annotation how the document says it
  void expect(Optional<Value.Observable> of, SortedMap<String, AqoValue> annotation) {
    if (observable.isEmpty()) {
      observable = of;
    }
    boolean better =
        expectation.isEmpty() || (expectation.get().values().size() == 1 && annotation.size() > 1);
    if (better) {
      expectation = Optional.of(AqoValue.Members.of(annotation));
    }
  }

  void minimize(Optional<Search> found) {
    minimized = true;
    search = found;
  }

  boolean isMinimized() {
    return minimized;
  }

  /// What the energy of a run is the mean of.
  Optional<Value.Observable> observable() {
    Optional<Value.Observable> sought = search.flatMap(Search::observable);
    return sought.isPresent() ? sought : observable;
  }

  Optional<Minimization> plan() {
    return search.filter(found -> found.observable().isPresent()).map(Search::plan);
  }

  /// As the document says it all; empty when there is nothing to say.
  Optional<AqoValue.Members> members() {
    SortedMap<String, AqoValue> members = new TreeMap<>();
    if (!observables.isEmpty()) {
      members.put("observables", AqoValue.Members.of(observables));
    }
    expectation.ifPresent(value -> members.put("expectation", value));
    if (minimized) {
      SortedMap<String, String> marker = new TreeMap<>();
      marker.put("kind", "minimize");
      marker.put("expanded_by", "kernel");
      members.put("hybrid_plan_marker", AqoValue.Members.ofTexts(marker));
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(AqoValue.Members.of(members));
  }
}
