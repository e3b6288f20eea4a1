package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys of BeamLine workers.
final class BeamlineWorkerKeys {
  static final ConfigKey TOPICS =
      ConfigKey.of(
          "workers.beamline.topics",
          Kind.LIST,
          "",
          "Topics whose jobs go to workers on caf.exec.assign.v1, beside those that they name"
              + " themselves.");
  static final ConfigKey CONCURRENCY =
      ConfigKey.of(
          "workers.beamline.concurrency",
          Kind.COUNT,
          "8",
          "Jobs that a BeamLine worker takes at once when it does not say.");
  static final ConfigKey ENVELOPE =
      ConfigKey.choice(
          "workers.beamline.envelope",
          "Whether assignments are sent as {version, kind, data}.",
          "off",
          "on");
  static final ConfigKey DEADLINE_MULTIPLIER =
      ConfigKey.of(
          "workers.beamline.deadline_multiplier",
          Kind.COUNT,
          "5",
          "Deadline of decided work, in times of the expected latency.");
  static final ConfigKey DEADLINE_MIN =
      ConfigKey.of(
          "workers.beamline.deadline_min", Kind.DURATION, "5s", "Such a deadline at least.");
  static final ConfigKey DEADLINE_MAX =
      ConfigKey.of(
          "workers.beamline.deadline_max",
          Kind.DURATION,
          "60s",
          "Such a deadline at most, and that of jobs without a time limit of their own.");
  static final ConfigKey DEAD_LETTERS =
      ConfigKey.choice(
          "workers.beamline.dead_letters",
          "Whether dead letters hold the message itself, or facts about it alone.",
          "whole",
          "facts");

  private BeamlineWorkerKeys() {}
}
