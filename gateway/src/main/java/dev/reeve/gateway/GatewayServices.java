package dev.reeve.gateway;

import dev.reeve.engine.Writer;
import dev.reeve.service.AwaitJob;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.CancelJob;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.JobReader;
import dev.reeve.service.ListJobs;
import dev.reeve.service.ReviewHeldOutputs;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SafetyKernel;
import dev.reeve.service.SubmitJob;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WorkerDesk;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// The use cases that dialects call.
///
/// @param governance whether governance stands, and under which genome
/// @param gate what the boundary and the conscience say of calls
/// @param tokens of calls that were allowed to change something
/// @param checks writes the receipts of questions that change nothing
/// @param blocking virtual threads for what must wait
public record GatewayServices(
    SubmitJob submit,
    CancelJob cancel,
    JobReader reader,
    ListJobs list,
    WatchJob watch,
    AwaitJob await,
    ExplainJob explain,
    DecideApproval approvals,
    WorkerDesk workers,
    RulesInForce rules,
    CheckOutput outputs,
    ReviewHeldOutputs heldOutputs,
    SafetyKernel kernel,
    CheckReceipts checks,
    GovernanceStation governance,
    CallGovernance gate,
    CallTokens tokens,
    Writer writer,
    InstantSource clock,
    Executor blocking) {}
