package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlugInTest {
  @Test
  void a_detector_on_the_class_path_is_found_and_runs_with_the_others() {
    ScanRules rules =
        ScanRules.builder().addBuiltIn().addPlugIns(getClass().getClassLoader()).build();

    ScanResult result =
        new ContentScanner(rules).scan(Bytes.utf8("badge EMP-004711 of a@reeve.dev, EMP-4711"));

    assertThat(result.findings())
        .extracting(Finding::detector)
        .containsExactly("employee-badge", "email");
  }

  @Test
  void a_name_cannot_be_taken_twice() {
    ScanRules.Builder twice =
        ScanRules.builder().addAll(List.of(new BadgeDetector(), new BadgeDetector()));

    assertThatThrownBy(twice::build).hasMessageContaining("pii/employee-badge");
  }
}
