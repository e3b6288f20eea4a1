"""The gateways of the kernel: the seed's shape under three names, the later one under its own."""

from checks import until
from jobs import BELL, NOT_FOUND, SHOTS, encoded

STATES = {
    "COMPILING": (2, 2), "QUEUED": (3, 4), "RUNNING": (4, 5), "DONE": (5, 6), "ERROR": (6, 7),
    "CANCELLED": (7, 8), "TIMEOUT": (8, 9),
}


def request(metadata, target="sim:local", program=BELL):
    return {"name": "bell", "program": encoded(program), "program_format": "qasm3_text",
            "target": target, metadata: {"shots": str(SHOTS), "seed": "7"}}


def check(checks, service, counts):
    """One gateway; `counts` are those that the public name got for the same circuit and seed."""
    checks.begin(service.name)
    later = service.name.endswith("Service")
    facts = "metadata_kvs" if later else "metadata"
    numbers = {state: pair[later] for state, pair in STATES.items()}
    job = service.call("EnqueueJob", request(facts)).job_id
    checks.true("a job is taken over", job)
    until("it is done",
          lambda: service.call("GetJobStatus", {"job_id": job}).state == numbers["DONE"])
    result = service.call("GetJobResults", {"job_id": job})
    checks.equal("its result has the number of DONE", result.state, numbers["DONE"])
    checks.equal("and the counts of the public name", dict(result.counts), counts)
    waiting = service.call("EnqueueJob", request(facts, "sim:noisy:depolarizing:0.1")).job_id
    checks.equal("a job that waits has the number of QUEUED",
                 service.call("GetJobStatus", {"job_id": waiting}).state, numbers["QUEUED"])
    checks.refused("no results before the end",
                   ("FAILED_PRECONDITION", "EIGEN_PUBLIC_RESULTS_NOT_READY"),
                   service.call, "GetJobResults", {"job_id": waiting})
    cancel = service.call("CancelJob", {"job_id": waiting})
    checks.equal("a cancel is taken", cancel.accepted, True)
    until("it is cancelled",
          lambda: service.call("GetJobStatus", {"job_id": waiting}).state == numbers["CANCELLED"])
    over = service.call("CancelJob", {"job_id": waiting})
    checks.equal("a cancel after the end is not", over.accepted, False)
    if later:
        checks.equal("it says why", (cancel.reason_code, over.reason_code),
                     ("ACCEPTED", "ALREADY_TERMINAL"))
        said = [one.update for one in service.stream("StreamJobUpdates", {"job_id": job})]
        checks.equal("updates count from 1 without gaps", [one.event_seq for one in said],
                     list(range(1, len(said) + 1)))
        checks.equal("the last is DONE", said[-1].state, numbers["DONE"])
    else:
        devices = service.call("ListDevices").devices
        checks.true("devices are listed", "sim:local" in [one.device_id for one in devices])
    for method in ("GetJobStatus", "GetJobResults", "CancelJob"):
        checks.refused(f"{method} of an unknown job", NOT_FOUND, service.call, method,
                       {"job_id": "nobody"})
    empty = checks.refused("nothing to enqueue",
                           ("INVALID_ARGUMENT", "EIGEN_PUBLIC_VALIDATION_FAILED", "BadRequest"),
                           service.call, "EnqueueJob")
    checks.equal("it lists what must be there",
                 [one.field for one in empty.detail("BadRequest").field_violations],
                 ["name", "program", "target"])
