/// The command line: one class per command, each a client of the public gRPC API and nothing more.
/// It prints, reads files and ends with an exit code; it knows neither engine nor store. The server
/// module has the process entry and adds the commands that need a server inside, such as `up`.
/// Everything runs on the thread that calls [dev.reeve.cli.Cli#run].
@NullMarked
package dev.reeve.cli;

import org.jspecify.annotations.NullMarked;
