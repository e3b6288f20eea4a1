package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.job.Placement;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A job of topic `job.a` that says hi, and who submits it.
final class SmallJob {
  static final Caller SUBMITTER = Caller.localOperator("default", "", "reeve", "", "127.0.0.1");

  private SmallJob() {}

  static SubmitRequest request(RetryPolicy retry) {
    return new SubmitRequest(
        Optional.empty(),
        "ann",
        new Work("w", "job.a", "", List.of(), List.of(), Map.of(), Map.of(), Map.of()),
        new Placement("topic/job.a", "", 50, List.of()),
        Optional.empty(),
        Optional.empty(),
        retry,
        false,
        "text/plain",
        Bytes.utf8("hi"),
        Optional.empty(),
        0,
        "action:job:submit",
        Optional.empty());
  }
}
