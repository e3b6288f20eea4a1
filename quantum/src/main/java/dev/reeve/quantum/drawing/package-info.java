/// Circuits as people look at them: names of operations, and drawings in characters and as SVG.
/// Knows nothing of terminals and files. Pure; runs on the calling thread.
@NullMarked
package dev.reeve.quantum.drawing;

import org.jspecify.annotations.NullMarked;
