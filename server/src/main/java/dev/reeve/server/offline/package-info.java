/// Commands that need the codec of a dialect and no server: they read the messages of an API as
/// JSON Lines and decide as a server would.
///
/// Called by the command line of [dev.reeve.server.Main]; one command runs on one thread.
@NullMarked
package dev.reeve.server.offline;

import org.jspecify.annotations.NullMarked;
