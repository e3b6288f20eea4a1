package dev.reeve.policy;

import dev.reeve.base.Bytes;

/// The bytes of a policy file and what it is called.
///
/// @param name for messages, and the key of a bundle
public record PolicySource(String name, Bytes file) {}
