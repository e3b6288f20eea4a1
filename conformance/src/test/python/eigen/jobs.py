"""The call pattern of the first contract on a job service, whichever name it has: submit, then
status or updates, then results; and what is refused on the way.
"""

import base64
import uuid

from checks import until
from reflected import enum_name

TERMINAL = ("DONE", "ERROR", "CANCELLED", "TIMEOUT")
ORDER = ("PENDING", "COMPILING", "QUEUED", "RUNNING") + TERMINAL
NOT_FOUND = ("NOT_FOUND", "EIGEN_PUBLIC_JOB_NOT_FOUND", "ResourceInfo")
WRONG = ("INVALID_ARGUMENT", "EIGEN_PUBLIC_VALIDATION_FAILED", "BadRequest")
SHOTS = 200

# So that jobs of an earlier run on the same server are never repeated.
NAME = "bell-" + uuid.uuid4().hex[:8]

BELL = (
    'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c;'
    " h q[0]; cx q[0], q[1]; c = measure q;"
)


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def bell(**more):
    """A submit of a Bell pair, with other fields in place of or beside its own."""
    request = {
        "name": NAME,
        "target": "sim:local",
        "qasm": {"source": encoded(BELL), "version": "3"},
        "metadata": {"shots": str(SHOTS), "seed": "7"},
    }
    request.update(more)
    return {name: value for name, value in request.items() if value is not None}


class Jobs:
    """A job service under one of its names."""

    def __init__(self, service, prefix, types):
        """`prefix` is what its names of states begin with; `types` those of its messages."""
        self.service = service
        self.prefix = prefix
        self.types = types

    def submit(self, **more):
        return self.service.call("SubmitJob", bell(**more)).job_id

    def status(self, job):
        return self.service.call("GetJobStatus", {"job_id": job}).status

    def state(self, message):
        """Without the prefix, which has to be there."""
        name = enum_name(message, "state")
        if not name.startswith(self.prefix):
            raise AssertionError(f"{name} (expected: {self.prefix}...)")
        return name[len(self.prefix):]

    def await_state(self, job, state):
        until(f"{job} {state}", lambda: self.state(self.status(job)) == state)

    def updates(self, job, last=0):
        """The updates of a stream, whatever it wraps them in."""
        said = self.service.stream("StreamJobUpdates", {"job_id": job, "last_event_seq": last})
        return [one.update if "update" in one.DESCRIPTOR.fields_by_name else one for one in said]


def check(checks, jobs, other):
    """Everything about the jobs of one name; `other` is the same service under its other name."""
    checks.begin(jobs.service.name)
    messages(checks, jobs)
    job = run(checks, jobs, other)
    stream(checks, jobs, job)
    results(checks, jobs, other, job)
    ends(checks, jobs, job)
    idempotency(checks, jobs)
    refusals(checks, jobs)


def messages(checks, jobs):
    """The methods of the contract, with the names that it gives their messages."""
    for method, (request, answer, streams) in jobs.types.items():
        found = jobs.service.descriptor.methods_by_name.get(method)
        checks.true(f"has {method}", found is not None, jobs.service.methods)
        checks.equal(f"{method} has its messages",
                     (found.input_type.name, found.output_type.name, found.server_streaming),
                     (request, answer, streams))


def run(checks, jobs, other):
    answer = jobs.service.call("SubmitJob", bell())
    checks.true("a submit is answered with an id", answer.job_id, answer)
    checks.equal("and with a status of that job", answer.status.job_id, answer.job_id)
    begun = ORDER if jobs.prefix else ORDER[1:]
    checks.true("and with a state that the name knows", jobs.state(answer.status) in begun, answer)
    jobs.await_state(answer.job_id, "DONE")
    status = jobs.status(answer.job_id)
    checks.equal("status says that all is done", status.progress, 1.0)
    checks.equal("and no error", (status.error_code, status.error_summary), ("", ""))
    checks.true("and when", status.updated_at.ToNanoseconds() >= status.created_at.ToNanoseconds(),
                status)
    checks.equal("the other name sees the same job", other.state(other.status(answer.job_id)),
                 "DONE")
    return answer.job_id


def stream(checks, jobs, job):
    updates = jobs.updates(job)
    seqs = [one.event_seq for one in updates]
    states = [jobs.state(one) for one in updates]
    checks.equal("updates count from 1 without gaps", seqs, list(range(1, len(seqs) + 1)))
    checks.equal("each names the job", {one.job_id for one in updates}, {job})
    checks.equal("one of them is terminal, the last",
                 [state for state in states if state in TERMINAL], states[-1:])
    checks.equal("states go forward", states, sorted(states, key=ORDER.index))
    times = [one.timestamp.ToNanoseconds() for one in updates]
    checks.equal("and so do times", times, sorted(times))
    checks.equal("after the first comes the rest",
                 [one.event_seq for one in jobs.updates(job, 1)], seqs[1:])
    for last in (seqs[-1], seqs[-1] + 5):
        again = [(one.event_seq, jobs.state(one)) for one in jobs.updates(job, last)]
        checks.equal("at or past the end comes the end once", again, [(seqs[-1], "DONE")])


def results(checks, jobs, other, job):
    result = jobs.service.call("GetJobResults", {"job_id": job})
    checks.equal("results are of the job", (result.job_id, jobs.state(result)), (job, "DONE"))
    checks.equal("a Bell pair agrees", sorted(result.counts), ["00", "11"])
    checks.equal("every shot is counted", sum(result.counts.values()), SHOTS)
    checks.equal("bits are in the order of the contract", result.metadata["bitstring_order"],
                 "msb_first_by_classical_index")
    checks.equal("the seed is named", result.metadata["seed"], "7")
    checks.true("it says when it ended", result.completed_at.seconds > 0, result)
    again = jobs.service.call("GetJobResults", {"job_id": job})
    checks.equal("they stay as they are", again.SerializeToString(deterministic=True),
                 result.SerializeToString(deterministic=True))
    there = other.service.call("GetJobResults", {"job_id": job})
    checks.equal("byte for byte under the other name",
                 there.SerializeToString(deterministic=True),
                 result.SerializeToString(deterministic=True))
    twin = other.submit()
    other.await_state(twin, "DONE")
    checks.equal("a seed gives the same counts under the other name",
                 dict(other.service.call("GetJobResults", {"job_id": twin}).counts),
                 dict(result.counts))


def ends(checks, jobs, done):
    offline = jobs.submit(target="sim:noisy:depolarizing:0.1")
    checks.refused("no results before the end",
                   ("FAILED_PRECONDITION", "EIGEN_PUBLIC_RESULTS_NOT_READY", "PreconditionFailure"),
                   jobs.service.call, "GetJobResults", {"job_id": offline})
    cancel = jobs.service.call("CancelJob", {"job_id": offline})
    checks.equal("a cancel is taken", cancel.accepted, True)
    jobs.await_state(offline, "CANCELLED")
    ended = jobs.service.call("GetJobResults", {"job_id": offline})
    checks.equal("a cancelled job has results without counts",
                 (jobs.state(ended), dict(ended.counts)), ("CANCELLED", {}))
    checks.equal("its stream ends so", jobs.state(jobs.updates(offline)[-1]), "CANCELLED")
    for job in (offline, done):
        again = jobs.service.call("CancelJob", {"job_id": job})
        checks.equal("a cancel after the end is not taken", again.accepted, False)
    checks.equal("and changes nothing", jobs.state(jobs.status(done)), "DONE")


def idempotency(checks, jobs):
    plain = [jobs.submit(), jobs.submit()]
    checks.equal("without a key equal submits are " + ("one job" if jobs.prefix else "two jobs"),
                 len(set(plain)), 1 if jobs.prefix else 2)
    key = {"envelope": {"idempotency_key": f"{NAME}-{jobs.service.name}"}}
    first = jobs.submit(**key)
    checks.equal("a key gives the first job again", jobs.submit(**key), first)
    checks.refused("and refuses another payload",
                   ("FAILED_PRECONDITION", "EIGEN_PUBLIC_IDEMPOTENCY_CONFLICT",
                    "PreconditionFailure"),
                   jobs.service.call, "SubmitJob", bell(name="other", **key))


def refusals(checks, jobs):
    for method in ("GetJobStatus", "CancelJob", "GetJobResults"):
        checks.refused(f"{method} of an unknown job", NOT_FOUND, jobs.service.call, method,
                       {"job_id": "nobody"})
        checks.refused(f"{method} of no job", WRONG, jobs.service.call, method)
    checks.refused("StreamJobUpdates of an unknown job", NOT_FOUND, jobs.service.stream,
                   "StreamJobUpdates", {"job_id": "nobody"})
    empty = checks.refused("a submit of nothing", WRONG, jobs.service.call, "SubmitJob")
    checks.equal("it lists what must be there",
                 [one.field for one in empty.detail("BadRequest").field_violations],
                 ["name", "program", "target"])
    for name in ("name", "target", "qasm"):
        checks.refused(f"a submit without {name}", WRONG, jobs.service.call, "SubmitJob",
                       bell(**{name: None}))
    checks.refused("a submit to an unknown device",
                   ("NOT_FOUND", "EIGEN_PUBLIC_BACKEND_SELECTION_NOT_FOUND", "ResourceInfo"),
                   jobs.service.call, "SubmitJob", bell(target="sim:nowhere"))
    checks.refused("a submit under an unknown reservation",
                   ("FAILED_PRECONDITION", "EIGEN_PUBLIC_RESERVATION_CONFLICT",
                    "PreconditionFailure"),
                   jobs.service.call, "SubmitJob", bell(reservation_id="rsv_000000000000"))


def bare_shape(checks, jobs):
    """A client of the first messages under the later name says that it wants them bare."""
    checks.begin(jobs.service.name)
    job = jobs.submit()
    jobs.await_state(job, "DONE")
    said = jobs.service.stream("StreamJobUpdates", {"job_id": job},
                               metadata=(("x-eigen-stream-shape", "bare"),),
                               answer="eigen.api.v1.JobUpdate")
    checks.equal("bare updates on request", [one.job_id for one in said], [job] * len(said))
    checks.equal("with the same end", jobs.state(said[-1]), "DONE")
