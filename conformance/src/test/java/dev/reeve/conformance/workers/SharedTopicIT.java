package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One topic, served by workers of every family at once.
class SharedTopicIT {
  private static final int JOBS = 12;

  @TempDir Path folder;

  @Test
  void workers_of_all_families_share_one_topic_and_stand_in_for_each_other() {
    try (WorkerRig rig = WorkerRig.start(folder, WorkerRig.SHORT_LEASE)) {
      WorkerProgram cap = rig.capWorker("cap-1", "--topic", WorkerRig.TOPIC, "--parallel", "2");
      WorkerProgram beamline = rig.beamlineWorker("beam-1");
      WorkerProgram ours = rig.ownWorker("own-1");
      List<String> ids = IntStream.range(0, JOBS).mapToObj(i -> "shared-" + i).toList();

      ids.forEach(id -> rig.submit(id, "{\"do\":\"echo\",\"seconds\":0.1}"));
      ids.forEach(id -> rig.awaitState(id, "SUCCEEDED"));

      long byCap = cap.lines("\"finished\"").size();
      long byBeamline = beamline.lines("done").size();
      long byOurs = ours.lines("ended", "succeeded").size();
      assertThat(List.of(byCap, byBeamline, byOurs)).allMatch(count -> count > 0);
      assertThat(byCap + byBeamline + byOurs).as("each job ran once").isEqualTo(JOBS);

      cap.kill();
      beamline.kill();
      rig.submit("last", "{\"do\":\"echo\"}");
      rig.awaitState("last", "SUCCEEDED");
    }
  }
}
