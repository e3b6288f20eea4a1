package dev.reeve.quantum.qasm;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The names that a branch or loop may assign, looked up in its text alone. An alias inside it may
/// write what it stands for, so its parts count as well.
final class AssignedNames {
  private final Set<String> names = new TreeSet<>();

  private AssignedNames() {}

  static Set<String> of(Statement statement) {
    AssignedNames assigned = new AssignedNames();
    assigned.add(statement);
    return assigned.names;
  }

  private void add(List<Statement> statements) {
    statements.forEach(this::add);
  }

  private void add(Statement statement) {
    switch (statement) {
      case Statement.Assignment assignment -> names.add(assignment.target().name());
      case Statement.Measure measure -> {
        if (measure.target() != null) {
          names.add(measure.target().name());
        }
      }
      case Statement.Alias alias -> alias.parts().forEach(part -> names.add(part.name()));
      case Statement.If branch -> {
        add(branch.then());
        add(branch.otherwise());
      }
      case Statement.For loop -> add(loop.body());
      case Statement.While loop -> add(loop.body());
      case Statement.Block block -> add(block.body());
      case Statement.Include _,
          Statement.QubitDeclaration _,
          Statement.ClassicalDeclaration _,
          Statement.GateDefinition _,
          Statement.OpaqueDeclaration _,
          Statement.GateCall _,
          Statement.Reset _,
          Statement.Barrier _,
          Statement.Break _,
          Statement.Continue _,
          Statement.End _ -> {}
    }
  }
}
