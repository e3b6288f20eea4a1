package dev.reeve.engine.port;

import dev.reeve.job.StateName;
import java.util.Optional;

/// The least one can know of a stored job.
///
/// @param jobNo its number
/// @param endedAs its terminal state; empty while unfinished
public record StoredJobState(long jobNo, Optional<StateName> endedAs) {}
