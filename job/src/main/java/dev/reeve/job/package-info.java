/// The job: its states, the commands it takes, the events it makes, and the two pure functions that
/// relate them, [JobDecider] and [JobEvolution].
///
/// Knows nothing of dialects, stores, workers or clocks: time and random draws come in as numbers.
/// All times are microseconds since 1970 UTC. Everything is immutable and safe on any thread, but
/// for [SharedParts], which belongs to one.
@NullMarked
package dev.reeve.job;

import org.jspecify.annotations.NullMarked;
