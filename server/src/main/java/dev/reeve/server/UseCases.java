package dev.reeve.server;

import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.remote.CallersContext;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.AwaitJob;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.CancelJob;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.JobReader;
import dev.reeve.service.ListJobs;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.ReviewHeldOutputs;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SafetyKernel;
import dev.reeve.service.StoredOutputs;
import dev.reeve.service.SubmitJob;
import dev.reeve.service.VelocityWindows;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WorkerDesk;
import dev.reeve.store.OpenStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/// What callers can do, made of the parts beneath: the store, the writer, policy and governance.
///
/// @param checks receipts of decisions that run nothing
/// @param guards output rules in force
/// @param gate governs every call
/// @param tail events that were just committed
record UseCases(
    RulesInForce rules,
    PolicyHistory history,
    GovernanceState governance,
    ApprovalTerms approvals,
    CheckReceipts checks,
    OutputGuards guards,
    CallGovernance gate,
    OpenStore store,
    Threads threads,
    Tail tail,
    Writer writer,
    JobReader reader,
    ExecutionReports reports,
    InstantSource clock,
    SecureRandom random) {
  /// Requests that velocity windows of safety checks remember together.
  static final int COUNTS_MAX = 1_000_000;

  /// The use cases, for the dialects.
  GatewayServices services() {
    JobArchive archive = store.log().archive();
    ListJobs list = new ListJobs(archive, reader);
    return new GatewayServices(
        new SubmitJob(
            writer,
            rules,
            approvals,
            reader,
            store.blobs(),
            CallersContext.on(threads.blocking()),
            clock,
            random),
        new CancelJob(writer),
        reader,
        list,
        new WatchJob(
            reader, archive, new ArchivedHashes(archive, writer::edge), tail, threads.blocking()),
        new AwaitJob(reader, tail),
        new ExplainJob(writer, reader, rules, clock),
        new DecideApproval(writer, reader, rules),
        new WorkerDesk(writer, reports),
        rules,
        new CheckOutput(
            guards::current,
            new StoredOutputs(reader, store.blobs()),
            threads.blocking(),
            threads.cpu()),
        new ReviewHeldOutputs(writer, reader, list, rules),
        new SafetyKernel(rules, history, checks, new VelocityWindows(clock, COUNTS_MAX)),
        checks,
        governance,
        gate,
        new CallTokens(random, clock),
        writer,
        clock,
        threads.blocking());
  }
}
