"""Somebody who submits and cancels jobs by packets alone, and listens to what is said on the bus."""

import argparse
import asyncio
import json
import os
import sys
import urllib.request
import uuid

sys.path.insert(0, os.environ["CAP_PROTO_PATH"])

import nats  # noqa: E402
from cordum.agent.v1 import buspacket_pb2, job_pb2  # noqa: E402
from google.protobuf.timestamp_pb2 import Timestamp  # noqa: E402


def packet(options, **payload):
    made = buspacket_pb2.BusPacket(
        trace_id=str(uuid.uuid4()), sender_id=options.id, protocol_version=1, **payload
    )
    now = Timestamp()
    now.GetCurrentTime()
    made.created_at.CopyFrom(now)
    if options.key:
        made.signature = signature(options.key, made.SerializeToString(deterministic=True))
    return made.SerializeToString(deterministic=True)


def signature(key_file, content):
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    with open(key_file, "rb") as file:
        key = serialization.load_pem_private_key(file.read(), None)
    return key.sign(content, ec.ECDSA(hashes.SHA256()))


def keep(http, name, content):
    pointer = f"redis://ctx:{name}"
    url = f"{http}/api/v1/memory?ptr={pointer}"
    urllib.request.urlopen(
        urllib.request.Request(url, data=content.encode(), method="PUT")
    ).close()
    return pointer


def job(options):
    request = job_pb2.JobRequest(
        job_id=options.job,
        topic=options.topic,
        priority=job_pb2.JOB_PRIORITY_INTERACTIVE,
        tenant_id=options.tenant,
        workflow_id=options.workflow,
    )
    request.meta.requires.extend(options.requires)
    for label in options.label:
        name, value = label.split("=", 1)
        request.labels[name] = value
    if options.input:
        request.context_ptr = keep(options.http, "input-" + options.job, options.input)
    if options.undo:
        request.compensation.topic = options.topic
    if options.compensate:
        request.compensation.topic = options.topic
        request.compensation.context_ptr = keep(
            options.http, "compensate-" + options.job, options.compensate
        )
    return request


async def run(options):
    client = await nats.connect(options.nats)
    if options.what == "submit":
        await client.publish("sys.job.submit", packet(options, job_request=job(options)))
    elif options.what == "cancel":
        cancel = job_pb2.JobCancel(job_id=options.job, reason="no longer wanted")
        await client.publish("sys.job.cancel", packet(options, job_cancel=cancel))
    else:
        await listen(client)
    await client.drain()


async def listen(client):
    async def heard(message):
        try:
            said = buspacket_pb2.BusPacket.FromString(message.data)
        except Exception:
            return
        facts = {"subject": message.subject, "payload": said.WhichOneof("payload")}
        if facts["payload"] == "job_result":
            facts["job_id"] = said.job_result.job_id
            facts["error_code"] = said.job_result.error_code
        print(json.dumps(facts), flush=True)

    for subject in ("sys.job.dlq", "sys.alert", "sys.job.cancel"):
        await client.subscribe(subject, cb=heard)
    print(json.dumps({"subject": "", "payload": "listening"}), flush=True)
    while True:
        await asyncio.sleep(3600)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["submit", "cancel", "listen"])
    parser.add_argument("--nats", required=True)
    parser.add_argument("--http", default="")
    parser.add_argument("--id", default="test-client")
    parser.add_argument("--key", default="", help="a private key in PEM that signs")
    parser.add_argument("--job", default="")
    parser.add_argument("--topic", default="")
    parser.add_argument("--tenant", default="")
    parser.add_argument("--workflow", default="")
    parser.add_argument("--input", default="")
    parser.add_argument("--compensate", default="")
    parser.add_argument("--undo", action="store_true", help="compensated by its own input")
    parser.add_argument("--requires", action="append", default=[])
    parser.add_argument("--label", action="append", default=[])
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
