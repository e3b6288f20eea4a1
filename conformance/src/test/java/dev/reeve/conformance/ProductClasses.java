package dev.reeve.conformance;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/// The compiled main classes of the product, read once for all tests. Generated classes are left
/// out: there are thousands, and nobody wrote them.
public final class ProductClasses {
  private static final Pattern WIRE = Pattern.compile(".*/dev/reeve/wire/.*");

  /// All of them.
  public static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ProductClasses::isWritten)
          .importPackages("dev.reeve");

  private ProductClasses() {}

  private static boolean isWritten(Location location) {
    return !location.matches(WIRE);
  }
}
