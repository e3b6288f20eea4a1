/// The Cordum agent protocol (CAP): packets over the bus between the control plane, its workers and
/// whoever submits jobs there. Codec and signatures, both generations of handshakes, the workers
/// that report here, and what is sent to them.
///
/// A worker is an ordinary executor behind [dev.reeve.service.WorkerDesk]; a job that comes by a
/// packet passes the same gate as any call. Handlers of the bus run on its delivery threads and do
/// not block.
@NullMarked
package dev.reeve.gateway.cap;

import org.jspecify.annotations.NullMarked;
