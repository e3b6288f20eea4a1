"""The services beside the call pattern: drivers, the optimizer, scores of plans, knowledge."""

import hashlib
import json

from jobs import BELL, NAME, SHOTS, encoded

GHZ = ('{"operations":[{"op":"H","q":[0]},{"op":"CX","q":[0,1]},{"op":"CX","q":[0,2]}],'
       '"qubits":3,"version":"1.0.0"}')


def drivers(checks, service, counts):
    checks.begin(service.name)
    listed = service.call("ListDevices").devices
    checks.true("the simulator is listed", "sim:local" in [one.device_id for one in listed])
    checks.equal("its status is its own",
                 service.call("GetDeviceStatus", {"device_id": "sim:local"}).device_id, "sim:local")
    run = {"job_id": "outside", "device_id": "sim:local", "shots": SHOTS,
           "payload": {"format": "CIRCUIT_FORMAT_QASM3_TEXT", "data": encoded(BELL)},
           "options": {"seed": "7"}}
    ran = service.call("ExecuteCircuit", run)
    checks.equal("a run has the counts of the public name", dict(ran.counts), counts)
    checks.true("it names its job", ran.metadata["execution_job_id"], ran)
    refused = checks.refused("a run on an unknown device",
                             ("NOT_FOUND", "EIGEN_BACKEND_DEVICE_UNKNOWN", "ResourceInfo"),
                             service.call, "ExecuteCircuit", dict(run, device_id="sim:nowhere"))
    checks.equal("in the domain of drivers", refused.info().domain, "eigen.driver_manager")
    checks.true("with what to do about it",
                {"taxonomy", "remediation", "provider", "retryable"} <= set(
                    refused.info().metadata), str(refused.info()))
    checks.refused("a device that cannot be reached",
                   ("UNAVAILABLE", "EIGEN_BACKEND_UNAVAILABLE", "RetryInfo"),
                   service.call, "ExecuteCircuit",
                   dict(run, options={"simulate_error": "UNAVAILABLE"}))


def optimizer(checks, service):
    checks.begin(service.name)
    request = {"request_id": "r", "deterministic_seed": "7", "candidate_budget": 2,
               "timeout_ms": 20_000, "topology": {"topology_ref": "line_4"},
               "input_aqo": {"format": "CIRCUIT_FORMAT_AQO_JSON", "data": encoded(GHZ)}}
    answer = service.call("OptimizeCircuit", request)
    checks.true("there is a candidate", answer.candidates, answer)
    checks.equal("the first is the one selected", answer.selected_candidate_id,
                 answer.candidates[0].candidate_id)
    checks.refused("a mapping to nothing", ("FAILED_PRECONDITION", "EIGEN_OPT_TOPOLOGY_MISSING"),
                   service.call, "OptimizeCircuit",
                   {name: value for name, value in request.items() if name != "topology"})


def plans(checks, service):
    checks.begin(service.name)
    vector = json.dumps({"gates": 10, "two_qubit_gates": 2, "depth": 5, "two_qubit_depth": 2,
                         "certificate.equivalent": "true"})
    request = {"feature_vector": encoded(vector),
               "feature_digest_sha256": hashlib.sha256(vector.encode()).hexdigest()}
    first = service.call("ScoreCompilationPlan", request)
    checks.true("a plan has a score", 0 < first.score <= 1, first)
    checks.equal("the same figures give the same one",
                 service.call("ScoreCompilationPlan", request).replay_digest, first.replay_digest)
    checks.refused("figures with another digest", ("INVALID_ARGUMENT",
                                                   "EIGEN_PUBLIC_VALIDATION_FAILED"),
                   service.call, "ScoreCompilationPlan",
                   dict(request, feature_digest_sha256="0" * 64))


def knowledge(checks, service):
    checks.begin(service.name)
    record = {"record_id": NAME, "qubit_count": 2, "backend_class": "simulator"}
    checks.equal("a record is kept", service.call("UpsertRecord", {"record": record}).created, True)
    found = service.call("GetRecord", {"record_id": NAME}).record
    checks.equal("and found", (found.record_id, found.qubit_count), (NAME, 2))
    checks.refused("a second of its id", ("ABORTED", "EIGEN_PUBLIC_CONFLICT_ABORTED"),
                   service.call, "UpsertRecord", {"record": record})
    checks.refused("a record that is not there",
                   ("NOT_FOUND", "EIGEN_PUBLIC_RECORD_NOT_FOUND", "ResourceInfo"),
                   service.call, "GetRecord", {"record_id": "nothing"})
