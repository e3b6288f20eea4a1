package dev.reeve.engine;

import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.JobKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks the store, once for a whole group, what it knows of the keys and ids that the commands name
/// and that are not in memory.
final class KnownLookup {
  static final JobLog.Known NOTHING = new JobLog.Known(Map.of(), Map.of());

  private final JobTable table;
  private final Set<IdempotencyScope> scopes = new HashSet<>();
  private final Set<JobKey> jobs = new HashSet<>();

  private KnownLookup(JobTable table) {
    this.table = table;
  }

  static JobLog.Known of(List<LogCommand> commands, JobTable table, JobLog store, long nowMicros)
      throws StoreException {
    KnownLookup wanted = new KnownLookup(table);
    commands.forEach(wanted::add);
    return wanted.scopes.isEmpty() && wanted.jobs.isEmpty()
        ? NOTHING
        : store.lookup(wanted.scopes, wanted.jobs, nowMicros);
  }

  private void add(LogCommand command) {
    switch (command) {
      case LogCommand.Submit submit -> add(submit.submission());
      case LogCommand.Recall recall -> scopes.add(recall.scope());
      case LogCommand.Ask ask -> {
        if (ask.target() instanceof LogCommand.Target.ByKey byKey) {
          add(byKey.key());
        }
      }
      case LogCommand.OfSession _,
          LogCommand.Judge _,
          LogCommand.Note _,
          LogCommand.RemoveFinished _,
          LogCommand.Look _ -> {}
    }
  }

  private void add(Submission submission) {
    JobKey own = submission.admission().spec().key();
    submission.idempotency().ifPresent(idempotency -> scopes.add(idempotency.scope()));
    if (submission.idGiven()) {
      add(own);
    }
    for (String parent : submission.admission().spec().placement().dependsOn()) {
      add(new JobKey(own.tenant(), parent));
    }
  }

  private void add(JobKey key) {
    if (table.find(key).isEmpty()) {
      jobs.add(key);
    }
  }
}
