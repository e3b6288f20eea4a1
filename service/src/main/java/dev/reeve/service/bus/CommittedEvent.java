package dev.reeve.service.bus;

import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.JobKey;

/// A visible event of a job, as committed.
///
/// @param position the commit
/// @param index its place in the commit, from 0
/// @param atMicros when it was committed
/// @param jobNo the job
/// @param key its tenant and id
/// @param topic what policy matched
/// @param event what happened
public record CommittedEvent(
    long position,
    int index,
    long atMicros,
    long jobNo,
    JobKey key,
    String topic,
    SequencedEvent event) {}
