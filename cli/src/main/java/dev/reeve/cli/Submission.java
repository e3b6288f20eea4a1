package dev.reeve.cli;

import com.google.protobuf.Message;
import dev.reeve.cli.client.Connection;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import dev.reeve.wire.eigen_api.v1.JobResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobState;

/// A job ready to be sent, by the API of its kind.
sealed interface Submission {
  /// Sends it and waits for the answer.
  Accepted send(Connection connection);

  /// A topic and a payload.
  record Payload(dev.reeve.wire.reeve.v1.SubmitJobRequest request) implements Submission {
    @Override
    public Accepted send(Connection connection) {
      Job job = connection.call(() -> connection.jobs().submitJob(request)).getJob();
      boolean held = job.getState() == JobState.JOB_STATE_AWAITING_APPROVAL;
      return new Accepted(job.getJobId(), job, held, JobFacts.policy(job.getPolicy()));
    }
  }

  /// A circuit.
  record Circuit(dev.reeve.wire.eigen_api.v1.SubmitJobRequest request) implements Submission {
    private static final String HELD = "AWAITING_APPROVAL";

    @Override
    public Accepted send(Connection connection) {
      JobResponse answer = connection.call(() -> connection.circuits().submitJob(request));
      boolean held = answer.getStatus().getStage().equals(HELD);
      return new Accepted(answer.getJobId(), answer, held, answer.getStatus().getMessage());
    }
  }

  /// A prompt for an agent.
  record Prompt(dev.reeve.wire.cordum.v1.SubmitJobRequest request) implements Submission {
    private static final String HELD = "approval_required";

    @Override
    public Accepted send(Connection connection) {
      SubmitJobResponse answer = connection.call(() -> connection.agents().submitJob(request));
      boolean held = answer.getStatus().equals(HELD);
      return new Accepted(answer.getJobId(), answer, held, answer.getReason());
    }
  }

  /// What the server said.
  ///
  /// @param answer the message, for JSON
  /// @param held whether a person must approve the job first
  /// @param reason why it is held; may be empty
  record Accepted(String jobId, Message answer, boolean held, String reason) {}
}
