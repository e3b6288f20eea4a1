"""Writes signed packets for the tests of the gateway, with another program than the one under test:
generated Python messages, and the `cryptography` package. Give it the folder to write to."""

import base64
import json
import os
import sys

sys.path.insert(0, os.environ["CAP_PROTO_PATH"])

from cordum.agent.v1 import buspacket_pb2, heartbeat_pb2, job_pb2, handshake_pb2  # noqa: E402
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402

PHASES = {
    "worker_handshake_challenge_request": b"CAP-WORKER-HANDSHAKE-CHALLENGE-REQUEST-V1",
    "worker_handshake_authenticate": b"CAP-WORKER-HANDSHAKE-AUTHENTICATE-V1",
}


def packet(**payload):
    made = buspacket_pb2.BusPacket(
        trace_id="trace-1", sender_id="w1", protocol_version=1, auth_token="token", **payload
    )
    made.created_at.seconds = 1_700_000_000
    made.created_at.nanos = 5
    return made


def packets():
    request = job_pb2.JobRequest(job_id="j1", topic="job.test", step_index=3)
    for name in ("zeta", "alpha", "mid", "Alpha", "a.b", "\u00e9"):
        request.labels[name] = "v-" + name
        request.env["E_" + name] = name
    request.meta.risk_tags.extend(["b", "a"])
    beat = heartbeat_pb2.Heartbeat(worker_id="w1", cpu_load=12.5, max_parallel_jobs=4)
    result = job_pb2.JobResult(job_id="j1", status=5, worker_id="w1", execution_ms=7)
    result.dispatch.dispatch_id = "1.2.3"
    challenge = handshake_pb2.WorkerHandshakeChallengeRequest(
        request_id="r1", worker_id="w1", client_nonce=bytes(range(32)), protocol_version=1
    )
    authenticate = handshake_pb2.WorkerHandshakeAuthenticate()
    authenticate.challenge.worker_id = "w1"
    return {
        "job_request": packet(job_request=request),
        "heartbeat": packet(heartbeat=beat),
        "job_result": packet(job_result=result),
        "challenge_request": packet(worker_handshake_challenge_request=challenge),
        "authenticate": packet(worker_handshake_authenticate=authenticate),
    }


def main():
    folder = sys.argv[1]
    key = ec.generate_private_key(ec.SECP256R1())
    lines = []
    for name, made in packets().items():
        unsigned = made.SerializeToString(deterministic=True)
        phase = PHASES.get(made.WhichOneof("payload"))
        signed = (phase + b"\x00" if phase else b"") + unsigned
        made.signature = key.sign(signed, ec.ECDSA(hashes.SHA256()))
        lines.append(
            json.dumps(
                {
                    "name": name,
                    "signed_bytes": base64.b64encode(unsigned).decode(),
                    "packet": base64.b64encode(made.SerializeToString()).decode(),
                }
            )
        )
    with open(os.path.join(folder, "signed-packets.jsonl"), "w") as file:
        file.write("\n".join(lines) + "\n")
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with open(os.path.join(folder, "sender.pem"), "wb") as file:
        file.write(public)


if __name__ == "__main__":
    main()
