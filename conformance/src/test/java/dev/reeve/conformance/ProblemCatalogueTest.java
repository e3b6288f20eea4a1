package dev.reeve.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.reeve.base.ProblemCode;
import dev.reeve.testing.Golden;
import dev.reeve.testing.RepositoryRoot;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every reason by which the product refuses something: named once, in one place, on one page.
class ProblemCatalogueTest {
  private record Entry(JavaClass catalogue, String constant, ProblemCode code) {
    String module() {
      return catalogue.getPackageName().split("\\.", -1)[2];
    }
  }

  @Test
  void codes_are_declared_in_the_catalogue_of_their_module() {
    assertThat(codeConstants())
        .allSatisfy(constant -> {
          assertThat(constant.getOwner().getSimpleName()).endsWith("Problems");
          assertThat(constant.getModifiers()).contains(JavaModifier.PUBLIC);
        });
  }

  @Test
  void a_constant_is_named_as_its_reason() {
    assertThat(entries())
        .allSatisfy(entry -> assertThat(entry.constant()).isEqualTo(entry.code().reason()));
  }

  @Test
  void no_reason_means_two_things() {
    assertThat(entries().stream().collect(Collectors.groupingBy(entry -> entry.code().reason())))
        .allSatisfy((_, sameReason) -> assertThat(sameReason).hasSize(1));
  }

  @Test
  void the_reference_page_lists_all() {
    StringBuilder table =
        new StringBuilder("| reason | kind | module | meaning |\n|---|---|---|---|\n");
    entries().stream()
        .sorted(Comparator.comparing(entry -> entry.code().reason()))
        .forEach(entry ->
            table.append(
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        entry.code().reason(),
                        entry.code().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        entry.module(),
                        entry.code().meaning())));

    Golden.holdSection(
        RepositoryRoot.path().resolve("docs/reference/problems.md"), "reasons", table.toString());
  }

  private static List<JavaField> codeConstants() {
    return ProductClasses.ALL.stream()
        .flatMap(type -> type.getFields().stream())
        .filter(field -> field.getRawType().isEquivalentTo(ProblemCode.class))
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
        .toList();
  }

  private static List<Entry> entries() {
    return codeConstants().stream().map(ProblemCatalogueTest::entry).toList();
  }

  private static Entry entry(JavaField constant) {
    try {
      return new Entry(
          constant.getOwner(), constant.getName(), (ProblemCode) constant.reflect().get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(constant.getFullName() + " (expected: public)", e);
    }
  }
}
