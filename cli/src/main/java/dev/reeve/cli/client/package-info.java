/// Speaking to a server: its address, the channel, waiting before another attempt, and turning a
/// refusal into words and an exit code. Used by the commands and by the worker; knows neither.
/// Nothing here prints. Calls block the caller's thread.
@NullMarked
package dev.reeve.cli.client;

import org.jspecify.annotations.NullMarked;
