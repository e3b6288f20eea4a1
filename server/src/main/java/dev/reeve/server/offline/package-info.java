/// Commands that need no server and yet the codec of a dialect: the whole gate over JSON Lines.
/// Called by the command line alone, on its thread.
@NullMarked
package dev.reeve.server.offline;

import org.jspecify.annotations.NullMarked;
