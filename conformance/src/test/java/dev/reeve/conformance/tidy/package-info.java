/// The tidy test: reads every text file of the repository and judges its form, in a few seconds and
/// without a network. What the compiler proves is not repeated here; which class may know which is
/// `dev.reeve.conformance.architecture`. A check is a pure function from files to findings; only
/// [TidyTest] fails a build. Single-threaded except for the formatter, which uses all cores.
@NullMarked
package dev.reeve.conformance.tidy;

import org.jspecify.annotations.NullMarked;
