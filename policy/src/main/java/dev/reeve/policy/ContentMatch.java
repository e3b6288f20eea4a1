package dev.reeve.policy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What a rule about content asks of a request or a result; empty members ask nothing.
///
/// @param tenants as in [RuleMatch]
/// @param topics as in [RuleMatch]
/// @param capabilities as in [RuleMatch]
/// @param riskTags as in [RuleMatch]
/// @param scanners names of scanners that find something
/// @param patterns regular expressions that occur in the text
/// @param keywords texts that occur, upper or lower case
/// @param contentTypes media types
/// @param sizeAbove the content has more bytes than this
public record ContentMatch(
    List<String> tenants,
    List<String> topics,
    List<String> capabilities,
    List<String> riskTags,
    List<String> scanners,
    List<RuleRegex> patterns,
    List<String> keywords,
    List<String> contentTypes,
    OptionalLong sizeAbove) {
  public ContentMatch {
    tenants = List.copyOf(tenants);
    topics = List.copyOf(topics);
    capabilities = List.copyOf(capabilities);
    riskTags = List.copyOf(riskTags);
    scanners = List.copyOf(scanners);
    patterns = List.copyOf(patterns);
    keywords = List.copyOf(keywords);
    contentTypes = List.copyOf(contentTypes);
  }

  /// What is asked of the request itself rather than of its content.
  RuleMatch ofRequest() {
    return new RuleMatch(tenants, topics, capabilities, riskTags, Map.of());
  }

  /// Whether a media type is one of those asked for; its parameters do not count.
  boolean hasContentType(String type) {
    int parameters = type.indexOf(';');
    return Names.isIn(parameters < 0 ? type : type.substring(0, parameters), contentTypes);
  }

  /// Whether the content itself has to be looked at.
  public boolean readsContent() {
    return !(scanners.isEmpty() && patterns.isEmpty() && keywords.isEmpty());
  }
}
