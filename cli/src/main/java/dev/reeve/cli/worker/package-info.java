/// A worker that runs a program for each job. [dev.reeve.cli.worker.ExecWorker] is one thread that
/// owns the conversation with the server; each run has a virtual thread that waits and three
/// platform threads at its pipes. Used by the command line and by whoever embeds a worker; knows
/// neither commands nor printing.
@NullMarked
package dev.reeve.cli.worker;

import org.jspecify.annotations.NullMarked;
