"""A worker of the agent protocol, written from the contract alone: plain NATS, generated messages.

It takes what its topic brings and does what the input says: {"do": "echo" | "progress" | "slow" |
"fail" | "retry" | "fatal" | "garbage"}. Each thing that happens is one JSON line on standard output.
"""

import argparse
import asyncio
import base64
import json
import os
import sys
import urllib.request
import uuid

sys.path.insert(0, os.environ["CAP_PROTO_PATH"])

import nats  # noqa: E402
from cordum.agent.v1 import buspacket_pb2, handshake_pb2, job_pb2  # noqa: E402
from google.protobuf.timestamp_pb2 import Timestamp  # noqa: E402


class Worker:
    def __init__(self, options):
        self.options = options
        self.running = {}
        self.keys = None
        if options.key:
            from cryptography.hazmat.primitives import serialization

            with open(options.key, "rb") as file:
                self.keys = serialization.load_pem_private_key(file.read(), None)

    def say(self, what, **facts):
        print(json.dumps({"event": what, **facts}), flush=True)

    def packet(self, **payload):
        packet = buspacket_pb2.BusPacket(
            trace_id=str(uuid.uuid4()), sender_id=self.options.id, protocol_version=1, **payload
        )
        now = Timestamp()
        now.GetCurrentTime()
        packet.created_at.CopyFrom(now)
        if self.keys:
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.asymmetric import ec

            packet.signature = self.keys.sign(
                packet.SerializeToString(deterministic=True), ec.ECDSA(hashes.SHA256())
            )
        return packet.SerializeToString(deterministic=True)

    async def run(self):
        self.nats = await nats.connect(self.options.nats)
        await self.nats.subscribe(f"worker.{self.options.id}.jobs", cb=self.on_job)
        await self.nats.subscribe("sys.job.cancel", cb=self.on_cancel)
        hello = handshake_pb2.Handshake(
            component_id=self.options.id,
            role=handshake_pb2.COMPONENT_ROLE_WORKER,
            supported_versions=[1],
            sdk_version="python-test",
            ready_topics=self.options.topic,
            agent_name="test worker",
        )
        await self.nats.publish("sys.handshake", self.packet(handshake=hello))
        await self.beat()
        self.say("ready")
        while True:
            await asyncio.sleep(self.options.beat)
            await self.beat()

    async def beat(self):
        from cordum.agent.v1 import heartbeat_pb2

        beat = heartbeat_pb2.Heartbeat(
            worker_id=self.options.id,
            pool=self.options.pool,
            capabilities=self.options.capability,
            max_parallel_jobs=self.options.parallel,
            active_jobs=len(self.running),
            cpu_load=self.options.cpu,
        )
        for label in self.options.label:
            name, value = label.split("=", 1)
            beat.labels[name] = value
        await self.nats.publish("sys.heartbeat", self.packet(heartbeat=beat))
        await self.nats.flush()

    async def on_job(self, message):
        if self.options.ack:
            await message.ack()
        packet = buspacket_pb2.BusPacket.FromString(message.data)
        job = packet.job_request
        self.say(
            "job",
            job_id=job.job_id,
            dispatch_id=job.dispatch.dispatch_id,
            attempt=job.dispatch.attempt,
            worker=job.dispatch.assigned_worker_id,
            topic=job.topic,
            context_ptr=job.context_ptr,
            env=dict(job.env),
            workflow=job.workflow_id,
            signed=bool(packet.signature),
        )
        self.running[job.job_id] = asyncio.create_task(self.work(job))

    async def on_cancel(self, message):
        cancel = buspacket_pb2.BusPacket.FromString(message.data).job_cancel
        task = self.running.pop(cancel.job_id, None)
        if task:
            task.cancel()
            self.say("cancelled", job_id=cancel.job_id, reason=cancel.reason)

    def read(self, pointer):
        url = f"{self.options.http}/api/v1/memory?ptr={pointer}"
        with urllib.request.urlopen(url) as answer:
            return base64.b64decode(json.load(answer)["base64"])

    def write(self, pointer, content):
        url = f"{self.options.http}/api/v1/memory?ptr={pointer}"
        request = urllib.request.Request(url, data=content, method="PUT")
        urllib.request.urlopen(request).close()

    async def work(self, job):
        try:
            raw = await asyncio.to_thread(self.read, job.context_ptr) if job.context_ptr else b"{}"
            try:
                order = json.loads(raw or b"{}")
            except ValueError:
                order = {}
            order = json.loads(order["prompt"]) if "prompt" in order else order
            await getattr(self, "do_" + order.get("do", "echo"))(job, order, raw)
        except asyncio.CancelledError:
            pass
        except Exception as failure:  # told, so that the test sees it
            self.say("defect", job_id=job.job_id, why=repr(failure))
        finally:
            self.running.pop(job.job_id, None)

    async def progress(self, job, percent, message=""):
        progress = job_pb2.JobProgress(
            job_id=job.job_id,
            percent=percent,
            message=message,
            status=job_pb2.JOB_STATUS_RUNNING,
            dispatch=job.dispatch,
        )
        await self.nats.publish("sys.job.progress", self.packet(job_progress=progress))

    async def finish(self, job, status, pointer="", code="", message=""):
        result = job_pb2.JobResult(
            job_id=job.job_id,
            status=status,
            result_ptr=pointer,
            worker_id=self.options.id,
            execution_ms=1,
            error_code=code,
            error_message=message,
            dispatch=job.dispatch,
        )
        await self.nats.publish("sys.job.result", self.packet(job_result=result))
        self.say("finished", job_id=job.job_id, status=job_pb2.JobStatus.Name(status))

    async def succeed(self, job, content):
        pointer = f"redis://res:{job.job_id}"
        await asyncio.to_thread(self.write, pointer, content)
        await self.finish(job, job_pb2.JOB_STATUS_SUCCEEDED, pointer)

    async def do_echo(self, job, order, raw):
        await self.succeed(job, raw)

    async def do_progress(self, job, order, raw):
        for percent in (10, 50):
            await self.progress(job, percent, f"at {percent}")
            await asyncio.sleep(0.4)
        await self.succeed(job, raw)

    async def do_slow(self, job, order, raw):
        await self.progress(job, 1, "begun")
        await asyncio.sleep(order.get("seconds", 60))
        await self.succeed(job, raw)

    async def do_silent(self, job, order, raw):
        await asyncio.sleep(order.get("seconds", 60))
        await self.succeed(job, raw)

    async def do_fail(self, job, order, raw):
        await self.finish(job, job_pb2.JOB_STATUS_FAILED, code="E_BROKEN", message="it broke")

    async def do_retry(self, job, order, raw):
        if job.dispatch.attempt < 2:
            await self.finish(job, job_pb2.JOB_STATUS_FAILED_RETRYABLE, code="E_BUSY")
        else:
            await self.succeed(job, raw)

    async def do_fatal(self, job, order, raw):
        await self.finish(job, job_pb2.JOB_STATUS_FAILED_FATAL, code="E_FATAL", message="beyond repair")

    async def do_late(self, job, order, raw):
        """Answers for an attempt that never was, then twice for its own."""
        late = job_pb2.JobRequest()
        late.CopyFrom(job)
        late.dispatch.dispatch_id = "1.999999.1"
        await self.finish(late, job_pb2.JOB_STATUS_FAILED, code="E_LATE")
        await self.succeed(job, raw)
        await self.finish(job, job_pb2.JOB_STATUS_FAILED, code="E_TWICE")

    async def do_garbage(self, job, order, raw):
        for subject in (
            "sys.job.result",
            "sys.job.progress",
            "sys.heartbeat",
            "sys.handshake",
            "sys.job.submit",
            "sys.job.cancel",
            "sys.alert",
            "sys.worker.handshake.challenge",
        ):
            await self.nats.publish(subject, b"\xff\xfenot a packet")
            await self.nats.publish(subject, b"")
            await self.nats.publish(subject, self.packet())
        await self.succeed(job, b"after garbage")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nats", required=True)
    parser.add_argument("--http", required=True)
    parser.add_argument("--id", required=True)
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--pool", default="")
    parser.add_argument("--capability", action="append", default=[])
    parser.add_argument("--label", action="append", default=[])
    parser.add_argument("--parallel", type=int, default=4)
    parser.add_argument("--cpu", type=float, default=1.0)
    parser.add_argument("--beat", type=float, default=1.0)
    parser.add_argument("--ack", action="store_true")
    parser.add_argument("--key", default="")
    asyncio.run(Worker(parser.parse_args()).run())


if __name__ == "__main__":
    main()
