package dev.reeve.store;

import dev.reeve.engine.port.LogHead;
import java.nio.file.Path;
import java.time.InstantSource;

/// A writer to be killed: opens a store, says `open EPOCH`, then admits and ends jobs for ever and
/// says the position of each commit after it returned.
public final class CommitLoop {
  private static final int JOBS_PER_COMMIT = 5;

  private CommitLoop() {}

  public static void main(String[] args) throws Exception {
    OpenStore store =
        args[0].equals("sqlite")
            ? Stores.sqlite(Path.of(args[1]), InstantSource.system())
            : Stores.postgres(args[1], "child", InstantSource.system());
    LogHead head = store.log().head();
    System.out.println("open " + head.epoch());
    while (true) {
      CommitBuilder next = CommitBuilder.after(head);
      long first = head.nextJobNo();
      for (long jobNo = Math.max(1, first - JOBS_PER_COMMIT); jobNo < first; jobNo++) {
        next.segment(jobNo, 3, "segment " + jobNo).finish(jobNo, head.nowMicros() + 10);
      }
      next.jobs(JOBS_PER_COMMIT);
      store.log().commit(next.build());
      head = store.log().head();
      System.out.println(head.position());
    }
  }
}
