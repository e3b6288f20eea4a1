/// Foundation shared by every module: ids, problems, bounds, canonical JSON, time and random seams.
///
/// Nothing in here knows a job, a dialect or a store. Every class is immutable or says otherwise;
/// none blocks, none starts a thread, none reads a clock.
@NullMarked
package dev.reeve.base;

import org.jspecify.annotations.NullMarked;
