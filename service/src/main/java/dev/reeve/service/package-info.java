/// The use cases: one class each, verb and noun. The only place where the domains meet: policy
/// decides on jobs, quantum runs them, the ledger records both.
///
/// Dialects call in here with decoded requests and get views back. Nothing here knows a wire
/// format. Methods that return a future never block; others say so.
@NullMarked
package dev.reeve.service;

import org.jspecify.annotations.NullMarked;
