/// Message buses: one within this process, one by NATS, both under the same contract. The only
/// module that knows a broker.
///
/// What is sent and what it means is decided elsewhere; here messages travel. Called by `server`,
/// which builds one bus and hands it on as [dev.reeve.service.bus.Bus]. Handlers and completions
/// run on virtual threads of this package; a timer thread and the threads of the NATS client only
/// pass on.
@NullMarked
package dev.reeve.bus;

import org.jspecify.annotations.NullMarked;
