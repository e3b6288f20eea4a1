package dev.reeve.conformance.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Counts, per module, what may fall but never rise. Parses the main sources with the JDK's own
/// compiler, so strings and comments cannot fool it.
final class Ratchet {
  /// What is counted in one module.
  ///
  /// @param undocumented public types and methods without a `///` comment, overrides aside
  /// @param suppressed `@SuppressWarnings` annotations
  /// @param longMethods methods of more than 70 lines
  record Counts(int undocumented, int suppressed, int longMethods) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          undocumented + other.undocumented,
          suppressed + other.suppressed,
          longMethods + other.longMethods);
    }

    boolean exceeds(Counts limit) {
      return undocumented > limit.undocumented
          || suppressed > limit.suppressed
          || longMethods > limit.longMethods;
    }
  }

  private static final int METHOD_LINES_MAX = 70;

  private Ratchet() {}

  static Map<String, Counts> count(Repository repository) {
    Map<String, Counts> byModule = new TreeMap<>();
    List<JavaFileObject> sources =
        repository.files().stream()
            .filter(SourceFile::isMainJava)
            .<JavaFileObject>map(Source::new)
            .toList();
    if (sources.isEmpty()) {
      return byModule;
    }
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, sources);
    Trees trees = Trees.instance(task);
    try {
      for (CompilationUnitTree unit : task.parse()) {
        Counter counter = new Counter(trees);
        counter.scan(unit, null);
        String module = unit.getSourceFile().toUri().getPath().split("/", 3)[1];
        byModule.merge(module, counter.counts, Counts::plus);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byModule;
  }

  /// Reads lines of module and three numbers; `#` starts a comment.
  static Map<String, Counts> parse(String table) {
    Map<String, Counts> counts = new TreeMap<>();
    for (String line : table.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      String[] parts = line.trim().split(" +", -1);
      counts.put(
          parts[0],
          new Counts(
              Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3])));
    }
    return counts;
  }

  static String print(Map<String, Counts> counts) {
    StringBuilder table =
        new StringBuilder(
            """
            # Counts that may fall and never rise. dev/format lowers them and adds new modules; raising
            # one is done by hand, where a reviewer sees it.
            # module         undocumented suppressed longMethods
            """);
    counts.forEach((module, count) ->
        table.append(
            "%-16s %12d %10d %11d%n"
                .formatted(module, count.undocumented, count.suppressed, count.longMethods)));
    return table.toString();
  }

  private static final class Counter extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private Counts counts = Counts.NONE;

    Counter(Trees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      add(type.getModifiers(), isPublic(getCurrentPath()), 0);
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      boolean counted =
          isPublic(getCurrentPath())
              && method.getReturnType() != null
              && !has(method.getModifiers(), "Override");
      add(method.getModifiers(), counted, lines(method) > METHOD_LINES_MAX ? 1 : 0);
      return super.visitMethod(method, null);
    }

    private void add(ModifiersTree modifiers, boolean needsDoc, int longMethods) {
      boolean undocumented = needsDoc && trees.getDocComment(getCurrentPath()) == null;
      counts =
          counts.plus(
              new Counts(
                  undocumented ? 1 : 0, has(modifiers, "SuppressWarnings") ? 1 : 0, longMethods));
    }

    /// Public all the way up; members of interfaces are public without saying so.
    private static boolean isPublic(TreePath path) {
      for (@Nullable TreePath at = path; at != null; at = at.getParentPath()) {
        @Nullable ModifiersTree modifiers = modifiers(at.getLeaf());
        boolean inInterface =
            at.getParentPath() != null
                && at.getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
        if (modifiers != null
            && !modifiers.getFlags().contains(Modifier.PUBLIC)
            && !(inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE))) {
          return false;
        }
      }
      return true;
    }

    private static @Nullable ModifiersTree modifiers(Tree tree) {
      return switch (tree) {
        case ClassTree type -> type.getModifiers();
        case MethodTree method -> method.getModifiers();
        default -> null;
      };
    }

    private static boolean has(ModifiersTree modifiers, String annotation) {
      return modifiers.getAnnotations().stream()
          .anyMatch(a -> a.getAnnotationType().toString().equals(annotation));
    }

    private long lines(MethodTree method) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      var positions = trees.getSourcePositions();
      var map = unit.getLineMap();
      return map.getLineNumber(positions.getEndPosition(unit, method))
          - map.getLineNumber(positions.getStartPosition(unit, method))
          + 1;
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final SourceFile file;

    Source(SourceFile file) {
      super(URI.create("string:///" + file.path()), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }
}
