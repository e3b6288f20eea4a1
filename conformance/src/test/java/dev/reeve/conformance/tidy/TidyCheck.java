package dev.reeve.conformance.tidy;

import java.util.List;

/// One habit of the house, as a pure function. Looks at the whole repository, because some habits
/// are about pairs of files.
@FunctionalInterface
interface TidyCheck {
  List<Finding> check(Repository repository);
}
