/// Whether a call may pass, apart from policy: the boundary firewall (CIF) that looks into what
/// comes in and goes out, the decision point (CDI) with consent and the conscience rules, the
/// signed genome and the treaty. Pure: time, chance and bytes come as arguments, nothing is stored
/// here. Called by `service`; safe on any thread.
@NullMarked
package dev.reeve.governance;

import org.jspecify.annotations.NullMarked;
