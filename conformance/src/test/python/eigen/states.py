"""Jobs that stand in states that stay, and how each name shows them: section 2.1 of the contract.
"""

from checks import until
from jobs import bell, encoded
from reflected import Refused, enum_name

# The seed's number, the later one, that of its gateway and of the later gateway; and the stage.
SHOWN = {
    "PENDING": (2, 1, 1, 1, "PENDING"),
    "AWAITING_APPROVAL": (3, 3, 3, 4, "AWAITING_APPROVAL"),
    "QUEUED": (3, 3, 3, 4, "QUEUED"),
    "EXECUTING": (4, 4, 4, 5, "QUANTUM_RUNNING"),
    "COMPLETED": (5, 5, 5, 6, "COMPLETED"),
    "FAILED": (6, 6, 6, 7, "FAILED"),
    "DENIED": (6, 6, 6, 7, "DENIED"),
    "CANCELLED": (7, 7, 7, 8, "CANCELLED"),
    "TIMED_OUT": (8, 8, 8, 9, "TIMEOUT"),
}
ERRORS = {
    "CANCELLED": "CANCELLED", "FAILED": "DEPENDENCY_FAILED", "DENIED": "POLICY_DENIED",
    "TIMED_OUT": "EIGEN_EXECUTION_DEADLINE_EXCEEDED",
}
OFFLINE = "sim:noisy:depolarizing:0.1"


def slow():
    """Runs for many seconds."""
    layers = "".join(
        f"u3(0.1,0.2,0.3) q[{i}]; cx q[{i}], q[{(i + 1) % 20}];" for i in range(20))
    return ('OPENQASM 2.0; include "qelib1.inc"; qreg q[20]; creg c[20];'
            + layers * 300 + "measure q -> c;")


def stand(jobs):
    """Puts a job into each state; their ids by the state."""
    ids = {"QUEUED": jobs.submit(target=OFFLINE)}
    ids["PENDING"] = jobs.submit(dependencies=[ids["QUEUED"]])
    ids["AWAITING_APPROVAL"] = jobs.submit(metadata={"label.who": "asked"})
    ids["EXECUTING"] = jobs.submit(qasm={"source": encoded(slow()), "version": "2.0"})
    ids["COMPLETED"] = jobs.submit()
    ids["CANCELLED"] = jobs.submit(target=OFFLINE)
    ids["FAILED"] = jobs.submit(dependencies=[ids["CANCELLED"]])
    jobs.service.call("CancelJob", {"job_id": ids["CANCELLED"]})
    ids["TIMED_OUT"] = jobs.submit(target=OFFLINE, envelope={"deadline": "0.2s"})
    try:
        jobs.service.call("SubmitJob", bell(metadata={"label.who": "refused"}))
    except Refused as refused:
        ids["DENIED"] = refused.info().metadata["job_id"]
        if refused.code != "PERMISSION_DENIED":
            raise
    return ids


def check(checks, jobs, later, gateways, later_gateway):
    """Every name shows every job as the contract has it."""
    ids = stand(jobs)
    for state in ("DONE", "COMPLETED"), ("CANCELLED", "CANCELLED"), ("ERROR", "FAILED"), (
            "TIMEOUT", "TIMED_OUT"), ("RUNNING", "EXECUTING"):
        jobs.await_state(ids[state[1]], state[0])
    until("the simulation", lambda: jobs.status(ids["EXECUTING"]).stage == "QUANTUM_RUNNING")
    services = [(jobs.service, 0), (later.service, 1), (later_gateway, 3)]
    services += [(gateway, 2) for gateway in gateways]
    for service, column in services:
        checks.begin(service.name)
        for state, job in ids.items():
            answer = service.call("GetJobStatus", {"job_id": job})
            status = getattr(answer, "status", answer)
            checks.equal(f"{state} is shown as {enum_name(status, 'state')}, {status.stage}",
                         (status.state, status.stage), (SHOWN[state][column], SHOWN[state][4]))
            checks.equal(f"{state} has its error", status.error_code, ERRORS.get(state, ""))
    for state in ("EXECUTING", "QUEUED", "AWAITING_APPROVAL"):
        jobs.service.call("CancelJob", {"job_id": ids[state]})
    jobs.await_state(ids["EXECUTING"], "CANCELLED")
