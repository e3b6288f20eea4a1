/// The decision table: what every station must decide, written from the contracts, and the runner
/// that asks the commands a user would. The cases are data, one file a station, in the resources
/// folder `decisions`, whose README explains their form. Runs in one process on the test's thread.
@NullMarked
package dev.reeve.conformance.decisions;

import org.jspecify.annotations.NullMarked;
