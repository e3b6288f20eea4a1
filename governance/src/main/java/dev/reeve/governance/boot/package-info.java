/// What must be there before anything governed runs: the treaty, the configuration of governance,
/// the default genome; and how the server stands afterwards: heartbeat checks and posture. Pure:
/// files, time and chance come as arguments. Called by `server`; safe on any thread unless a class
/// says otherwise.
@NullMarked
package dev.reeve.governance.boot;

import org.jspecify.annotations.NullMarked;
