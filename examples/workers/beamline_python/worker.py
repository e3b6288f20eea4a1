"""A BeamLine worker: takes assignments as plain JSON from NATS, does them, says what became of them.

It echoes the payload of a job unless the payload says otherwise:
{"do": "sleep", "seconds": 2}, {"do": "fail", "code": "INVALID_INPUT"}, {"do": "reject"} or
{"do": "garbage"}. Every event is one JSON line on standard output.
"""

import argparse
import asyncio
import json
import os
import time

import nats
import nats.js.errors
from nats.js.api import ConsumerConfig

ASSIGN = "caf.exec.assign.v1"


class Worker:
    def __init__(self, options):
        self.options = options
        self.in_flight = {}

    def say(self, event, **facts):
        print(json.dumps({"event": event, **facts}), flush=True)

    async def run(self):
        self.nats = await nats.connect(self.options.nats, max_reconnect_attempts=-1)
        self.stream = self.nats.jetstream()
        assignments = await self.assignments(self.options.subject)
        await self.nats.subscribe("caf.exec.cancel.v1", cb=self.cancelled)
        beating = asyncio.create_task(self.beat())
        self.say("ready", worker=self.options.id)
        while True:
            room = self.options.concurrency - len(self.in_flight)
            if room == 0:
                await asyncio.sleep(0.01)
                continue
            try:
                messages = await assignments.fetch(room, timeout=1)
            except (nats.errors.TimeoutError, asyncio.TimeoutError):
                continue
            for message in messages:
                await self.take(message)
            if beating.done():
                beating.result()

    async def assignments(self, subject):
        # Workers that share a durable consumer share its assignments; each goes to one of them.
        durable = "workers-" + subject.replace(".", "-")
        while True:
            try:
                return await self.stream.pull_subscribe(
                    subject, durable=durable, config=ConsumerConfig(ack_wait=30)
                )
            except nats.js.errors.NotFoundError:
                await asyncio.sleep(1)  # The stream is made by the server's first start.

    async def beat(self):
        metadata = {"topics": self.options.topic, "concurrency": self.options.concurrency}
        if self.options.subject != ASSIGN:
            metadata["assignment_subject"] = self.options.subject
        while True:
            await self.send(
                "caf.worker.heartbeat.v1",
                version="1",
                worker_id=self.options.id,
                timestamp=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                status="busy" if len(self.in_flight) >= self.options.concurrency else "ready",
                resources={"jobs_in_flight": len(self.in_flight)},
                metadata=metadata,
            )
            await asyncio.sleep(self.options.beat)

    async def send(self, subject, **members):
        await self.nats.publish(subject, json.dumps(members).encode())

    async def take(self, message):
        try:
            assignment = json.loads(message.data)
            job_id = assignment["assignment_id"]
        except (ValueError, KeyError, TypeError):
            await message.term()
            return
        # What is acknowledged to the broker will not come again; who dies now is found out by its
        # silence, and the job is given to another.
        await message.ack()
        payload = assignment["job"].get("payload")
        asked = payload if isinstance(payload, dict) else {}
        self.say("assigned", request=assignment["request_id"], assignment=job_id, **asked)
        if asked.get("do") == "reject":
            await self.answer(assignment, "rejected", "no room for it")
            return
        await self.answer(assignment, "accepted", "")
        self.in_flight[job_id] = asyncio.create_task(self.work(assignment, payload, asked))

    async def answer(self, assignment, status, reason):
        await self.stream.publish(
            ASSIGN + ".ack",
            json.dumps(
                {
                    "assignment_id": assignment["assignment_id"],
                    "request_id": assignment["request_id"],
                    "tenant_id": assignment["tenant_id"],
                    "status": status,
                    "message": reason,
                    "acknowledged_at": int(time.time() * 1000),
                    "worker_id": self.options.id,
                }
            ).encode(),
            headers={"Nats-Msg-Id": assignment["assignment_id"] + ":ack"},
        )

    async def work(self, assignment, payload, asked):
        started = time.monotonic()
        deadline = assignment["options"]["deadline_ms"] / 1000
        outcome = {"status": "success", "output": payload}
        try:
            if asked.get("do") == "sleep":
                await asyncio.wait_for(asyncio.sleep(asked.get("seconds", 1)), deadline)
            elif asked.get("do") == "garbage":
                await self.nats.publish("caf.exec.result.v1", os.urandom(64))
                await self.nats.publish("caf.exec.result.v1", b'{"status": "success"}')
            elif asked.get("do") == "fail":
                outcome = {
                    "status": "error",
                    "error_code": asked.get("code", "EXECUTION_FAILED"),
                    "error_message": "as asked",
                }
        except asyncio.TimeoutError:
            outcome = {"status": "timeout", "error_message": "over its deadline"}
        except asyncio.CancelledError:
            self.say("cancelled", request=assignment["request_id"])
            return
        finally:
            self.in_flight.pop(assignment["assignment_id"], None)
        await self.report(assignment, outcome, int((time.monotonic() - started) * 1000))

    async def report(self, assignment, outcome, latency_ms):
        result = {
            "version": "1",
            "assignment_id": assignment["assignment_id"],
            "request_id": assignment["request_id"],
            "provider_id": assignment["executor"]["provider_id"],
            "job": {"type": assignment["job"]["type"]},
            "tenant_id": assignment["tenant_id"],
            "trace_id": assignment.get("trace_id", ""),
            "latency_ms": latency_ms,
            "cost": 0.0,
            "timestamp": int(time.time() * 1000),
            "worker_id": self.options.id,
            **outcome,
        }
        await self.stream.publish(
            "caf.exec.result.v1",
            json.dumps(result).encode(),
            headers={"Nats-Msg-Id": assignment["assignment_id"] + ":result"},
        )
        self.say("done", request=assignment["request_id"], status=outcome["status"])

    async def cancelled(self, message):
        task = self.in_flight.get(json.loads(message.data).get("assignment_id"))
        if task:
            task.cancel()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nats", default="nats://127.0.0.1:4222")
    parser.add_argument("--id", default="python-1")
    parser.add_argument("--topic", action="append", required=True)
    parser.add_argument("--subject", default=ASSIGN)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--beat", type=float, default=5)
    try:
        asyncio.run(Worker(parser.parse_args()).run())
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
