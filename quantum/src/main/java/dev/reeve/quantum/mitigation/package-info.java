/// Takes out of counts what was read wrongly, as far as it can be taken out. The raw counts stay
/// what they are; beside them stand quasi-probabilities, some of which may be below zero. Called by
/// the executor of quantum jobs and by the offline commands. Pure; on the caller's thread.
@NullMarked
package dev.reeve.quantum.mitigation;

import org.jspecify.annotations.NullMarked;
