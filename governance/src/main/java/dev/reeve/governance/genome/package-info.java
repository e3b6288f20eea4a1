/// The genome: the signed document at the root of governance. Reading it strictly, its canonical
/// form and id, who signed it, whether it may follow the one before, and writing new ones. Pure:
/// files, time and chance come as arguments. Called by `server` and `cli`; safe on any thread.
@NullMarked
package dev.reeve.governance.genome;

import org.jspecify.annotations.NullMarked;
