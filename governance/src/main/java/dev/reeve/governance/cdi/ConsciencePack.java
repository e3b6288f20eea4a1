package dev.reeve.governance.cdi;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.reeve.governance.PackFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The rules of the conscience, read from a versioned file. Immutable.
///
/// @param name name of the pack
/// @param version raised with each change of meaning
/// @param anchors whose stop and pause halt everybody
/// @param fusion actions that merge agents, folded
/// @param coordination how agents would act as one by way of memory
/// @param actions actions that are refused, whatever policy says
/// @param output claims that no output may make
public record ConsciencePack(
    String name,
    int version,
    Set<String> anchors,
    Set<String> fusion,
    Coordination coordination,
    List<ActionRule> actions,
    List<OutputRule> output) {
  /// How agents would act as one by way of memory.
  ///
  /// @param actions parts of names of actions that write memory, folded
  /// @param types parts of types, folded
  /// @param members names of members of the data, folded
  record Coordination(Set<String> actions, List<String> types, Set<String> members) {}

  /// An action that is refused.
  ///
  /// @param action its name, folded
  /// @param condition only then; always when empty
  /// @param verdict what is said
  /// @param reason words for people
  record ActionRule(
      String action, Optional<Condition> condition, CdiVerdict verdict, String reason) {}

  /// A member of the payload or of the metadata that has a value.
  record Condition(String member, boolean value) {}

  /// A claim.
  ///
  /// @param id name of the rule
  /// @param treaty the rule of the treaty that it breaks
  /// @param keywords lower case; where none of them stands the pattern cannot match
  /// @param pattern how it is worded
  record OutputRule(String id, String treaty, List<String> keywords, Pattern pattern) {}

  public ConsciencePack {
    anchors = Set.copyOf(anchors);
    fusion = Set.copyOf(fusion);
    actions = List.copyOf(actions);
    output = List.copyOf(output);
  }

  /// The pack that is shipped.
  public static ConsciencePack builtIn() {
    return of(PackFile.resource(ConsciencePack.class, "conscience.yaml"));
  }

  /// A pack of the user.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static ConsciencePack parse(String yaml) {
    return of(PackFile.parse(yaml));
  }

  private static ConsciencePack of(PackFile file) {
    file.allow(Set.of("name", "version", "anchors", "fusion", "coordination", "actions", "output"));
    PackFile coordination =
        file.section("coordination").allow(Set.of("actions", "types", "members"));
    return new ConsciencePack(
        file.text("name"),
        file.number("version").intValue(),
        new LinkedHashSet<>(file.texts("anchors")),
        folded(file.texts("fusion")),
        new Coordination(
            folded(coordination.texts("actions")),
            List.copyOf(folded(coordination.texts("types"))),
            folded(coordination.texts("members"))),
        actionRules(file),
        outputRules(file));
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new HashSet<>();
    names.forEach(name -> folded.add(Names.fold(name)));
    return Set.copyOf(folded);
  }

  private static List<ActionRule> actionRules(PackFile file) {
    List<ActionRule> rules = new ArrayList<>();
    for (PackFile rule : file.sections("actions")) {
      rule.allow(Set.of("action", "when", "verdict", "reason"));
      PackFile when = rule.section("when").allow(Set.of("member", "is"));
      Optional<Condition> condition =
          when.keys().isEmpty()
              ? Optional.empty()
              : Optional.of(new Condition(Names.fold(when.text("member")), when.truth("is", true)));
      rules.add(
          new ActionRule(
              Names.fold(rule.text("action")), condition, verdict(rule), rule.text("reason")));
    }
    return rules;
  }

  private static CdiVerdict verdict(PackFile rule) {
    return switch (rule.text("verdict")) {
      case "deny" -> CdiVerdict.DENY;
      case "transform" -> CdiVerdict.TRANSFORM;
      default ->
          throw new IllegalArgumentException(
              "verdict: " + rule.text("verdict") + " (expected: deny or transform)");
    };
  }

  private static List<OutputRule> outputRules(PackFile file) {
    List<OutputRule> rules = new ArrayList<>();
    for (PackFile rule : file.sections("output")) {
      rule.allow(Set.of("id", "treaty", "keywords", "pattern"));
      List<String> keywords =
          rule.texts("keywords").stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
      try {
        Pattern pattern = Pattern.compile("(?i)" + rule.text("pattern"));
        rules.add(new OutputRule(rule.text("id"), rule.text("treaty"), keywords, pattern));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            rule.text("id") + ".pattern: " + e.getDescription() + " (expected: RE2 syntax)", e);
      }
    }
    return rules;
  }
}
