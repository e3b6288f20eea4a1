package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// Which items an instruction may be about. The content is JSON; paths have dots between names.
///
/// @param instructionPath where the instruction stands
/// @param itemsPath where the list of items stands
/// @param categoryPath where an item says its category
/// @param namePath where an item says its name, for messages
/// @param allowedCategories categories by intent; an empty list allows all
/// @param aliases the category that another word for it means
/// @param denyMissingInput whether content that is not there counts as a violation
/// @param denyAmbiguous whether an instruction without a known intent counts as a violation
public record InputScope(
    String instructionPath,
    String itemsPath,
    String categoryPath,
    String namePath,
    Map<String, List<String>> allowedCategories,
    Map<String, String> aliases,
    boolean denyMissingInput,
    boolean denyAmbiguous) {
  static final String CATEGORY = "category";
  static final String NAME = "name";

  public InputScope {
    allowedCategories = Map.copyOf(allowedCategories);
    aliases = Map.copyOf(aliases);
  }
}
