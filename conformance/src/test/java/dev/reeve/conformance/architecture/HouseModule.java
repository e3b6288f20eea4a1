package dev.reeve.conformance.architecture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Every module the house has or will have, inner rings first, and what each may know. A new module
/// is built only after it got its place here.
enum HouseModule {
  BASE(Ring.FOUNDATION),
  SCAN(Ring.FOUNDATION),
  LEDGER(Ring.FOUNDATION),
  WIRE(Ring.FOUNDATION),
  JOB(Ring.DOMAIN),
  POLICY(Ring.DOMAIN),
  GOVERNANCE(Ring.DOMAIN),
  QUANTUM(Ring.DOMAIN),
  ROUTING(Ring.DOMAIN),
  MEMORY(Ring.DOMAIN),
  ENVELOPE(Ring.DOMAIN),
  ENGINE(Ring.ENGINE),
  SERVICE(Ring.ENGINE),
  STORE(Ring.ADAPTER),
  BUS(Ring.ADAPTER),
  SEARCH(Ring.ADAPTER),
  PROVIDERS(Ring.ADAPTER),
  KERNELS(Ring.ADAPTER),
  GATEWAY(Ring.ADAPTER),
  CLI(Ring.APP),
  SERVER(Ring.APP),
  CONSOLE(Ring.APP),
  TESTING(Ring.PROOF),
  SIMULATION(Ring.PROOF),
  CONFORMANCE(Ring.PROOF),
  BENCH(Ring.PROOF);

  private final Ring ring;

  HouseModule(Ring ring) {
    this.ring = ring;
  }

  Ring ring() {
    return ring;
  }

  /// The folder, the last part of the artifact's name and of the package.
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The modules whose classes this one may mention, itself aside.
  Set<HouseModule> mayKnow() {
    return Arrays.stream(values())
        .filter(other -> other != this && knows(other))
        .collect(Collectors.toSet());
  }

  private boolean knows(HouseModule other) {
    boolean inner = other.ring.compareTo(ring) < 0 && other != WIRE;
    return switch (this) {
      case BASE, WIRE -> false;
      case SCAN, LEDGER -> other == BASE;
      case JOB, POLICY, GOVERNANCE, QUANTUM, ROUTING, MEMORY, ENVELOPE -> inner;
      case ENGINE -> other == BASE || other == LEDGER || other == JOB;
      case SERVICE -> inner || other == ENGINE;
      case STORE, BUS, SEARCH, PROVIDERS, KERNELS -> inner;
      case GATEWAY -> inner || other == WIRE;
      case CLI -> other == WIRE || other.ring == Ring.FOUNDATION || other.ring == Ring.DOMAIN;
      case SERVER -> other.ring != Ring.PROOF;
      case CONSOLE -> false;
      case TESTING -> other.ring != Ring.PROOF && other.ring != Ring.APP;
      case SIMULATION, CONFORMANCE, BENCH -> true;
    };
  }
}
