/// The policy: its file format, the immutable snapshot compiled from a file, the decision about one
/// request and its explanation, what looks at policies as code (lint, diff, cases, simulation), and
/// the rules of approval.
///
/// Pure functions of their arguments: whoever loads the file, keeps the snapshots and asks for
/// approvals lives in other modules, and so does the job. A decision takes about a microsecond
/// whatever the number of rules, so it may run on an event loop. Every class is immutable and
/// thread-safe unless it says otherwise.
@NullMarked
package dev.reeve.policy;

import org.jspecify.annotations.NullMarked;
