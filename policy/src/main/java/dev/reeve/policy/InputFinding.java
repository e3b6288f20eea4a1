package dev.reeve.policy;

/// Something that was found in content.
///
/// @param type kind of finding, such as `prompt_injection`
/// @param severity how bad
/// @param detail words for people, without the finding itself
/// @param confidence from 0 to 1
public record InputFinding(String type, RuleSeverity severity, String detail, double confidence) {}
