package dev.reeve.cli;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The world as commands see it.
///
/// @param console where they read and write
/// @param environment variables by name
/// @param clock the time of day
/// @param random for waits and names
/// @param stopSignals how a long command learns that it should end
/// @param defaultConfiguration the commented default configuration, when a server is built in
/// @param audit opens stored audit logs, when stores are built in
/// @param policies opens what a store has kept of policies, when stores are built in
record CliContext(
    Console console,
    Map<String, String> environment,
    InstantSource clock,
    RandomGenerator random,
    StopSignals stopSignals,
    Optional<Supplier<String>> defaultConfiguration,
    Optional<AuditSource> audit,
    Optional<PolicyTexts.Source> policies) {
  CliContext {
    environment = Map.copyOf(environment);
  }

  static CliContext system(
      Console console, Map<String, String> environment, CliAdditions additions) {
    return new CliContext(
        console,
        environment,
        InstantSource.system(),
        RandomGenerator.getDefault(),
        StopSignals.system(),
        additions.defaultConfiguration(),
        additions.audit(),
        additions.policies());
  }
}
