package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Idempotency;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import java.time.Duration;
import java.util.Optional;

/// A decoded and sanitised submit, the same for every dialect.
///
/// @param jobId id chosen by the caller; empty for one of ours
/// @param principal on whose behalf; for the local operator whoever they name
/// @param work what
/// @param placement where and in which order
/// @param deadline from now until it must have ended; empty for never
/// @param runTimeout longest run of one attempt; empty for none
/// @param retry attempts and waits
/// @param atMostOnce never run twice, whatever `retry` says
/// @param contentType media type of the payload
/// @param payload input bytes
/// @param idempotency how a repeat is recognised
/// @param backlogMax unfinished jobs that this tenant may have; 0 for the log's own bound alone
/// @param action id of the registered action, for the receipt
/// @param obstacle why no job can be made of it now; a repeat of an earlier submit still finds its
///   job. Empty when there is nothing in the way
public record SubmitRequest(
    Optional<String> jobId,
    String principal,
    Work work,
    Placement placement,
    Optional<Duration> deadline,
    Optional<Duration> runTimeout,
    RetryPolicy retry,
    boolean atMostOnce,
    String contentType,
    Bytes payload,
    Optional<Idempotency> idempotency,
    int backlogMax,
    String action,
    Optional<Problem> obstacle) {}
