package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.job.Job;
import dev.reeve.job.Work;
import dev.reeve.scan.Redactor;
import dev.reeve.scan.Span;
import dev.reeve.service.decider.OutputAnswer;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.OutputQuestion;
import java.util.List;

/// Another decider's say about outputs, after our own policy let them go: [OutputReview#then].
public final class ChainedOutputReview implements OutputReview {
  /// Why an output was held back about which a decider that must be asked said nothing.
  static final String NOT_CHECKED = "OUTPUT_CHECK_UNAVAILABLE";

  private static final String REMOTE = "remote:";
  private static final String BYPASSED = "bypassed";

  private final OutputChain chain;
  private final JobReader reader;

  /// @param reader tells what a job was submitted with
  public ChainedOutputReview(OutputChain chain, JobReader reader) {
    this.chain = chain;
    this.reader = reader;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public Outcome review(Output output) {
    OutputQuestion question;
    try {
      question = question(output);
    } catch (ProblemException e) {
      return new Outcome.Postpone("the submission could not be read");
    }
    return switch (chain.ask(question)) {
      case OutputChain.Heard.Decided(OutputAnswer answer) -> outcome(output, answer);
      case OutputChain.Heard.Bypassed _ ->
          new Outcome.Release(
              new Ruling(REMOTE + BYPASSED, "the decider " + chain.name() + " was not heard", ""));
      case OutputChain.Heard.Undecided _ ->
          notChecked("the decider " + chain.name() + " does not answer");
    };
  }

  private static Outcome outcome(Output output, OutputAnswer answer) {
    Ruling ruling = new Ruling(marked(answer.ruleId()), answer.reason(), marked(answer.snapshot()));
    return switch (answer.action()) {
      case ALLOW -> new Outcome.Release(ruling);
      case REDACT -> redacted(output.bytes(), answer, ruling);
      case QUARANTINE ->
          new Outcome.Quarantine(PolicyOutputReview.QUARANTINED, ruling.reason(), ruling);
    };
  }

  private static Outcome redacted(Bytes content, OutputAnswer answer, Ruling ruling) {
    List<Span> spans =
        answer.cuts().stream().map(cut -> new Span(cut.start(), cut.end(), REMOTE)).toList();
    Bytes cut = Redactor.redact(content, spans);
    return cut.size() <= BlobStore.SIZE_MAX
        ? new Outcome.Redact(cut, ruling)
        : new Outcome.Quarantine(PolicyOutputReview.QUARANTINED, ruling.reason(), ruling);
  }

  private static Outcome notChecked(String why) {
    return new Outcome.Quarantine(NOT_CHECKED, why, new Ruling(REMOTE + NOT_CHECKED, why, ""));
  }

  private static String marked(String name) {
    return name.isEmpty() ? "" : REMOTE + name;
  }

  private OutputQuestion question(Output output) {
    Job job = output.job();
    Work work = reader.view(job.key()).admission().spec().work();
    return new OutputQuestion(
        job.key().jobId(),
        job.header().topic(),
        job.key().tenant(),
        work.labels(),
        work.capability(),
        work.riskTags(),
        job.header().origin().principal(),
        output.contentType(),
        output.bytes(),
        output.isError());
  }
}
