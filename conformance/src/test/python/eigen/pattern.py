"""The call pattern of the first Eigen contract, by a client that has never seen the server's files.

    python conformance/src/test/python/eigen/pattern.py --public HOST:PORT --internal HOST:PORT

What calls and messages look like comes from the server's reflection. Every Eigen service that is
served is called, under each of its names; a name that this program does not know is a mistake too.
The server has `sim:noisy` set offline, and a policy that asks somebody about jobs with the label
`who` of `asked` and denies those of `refused`. Prints one line per check; ends with 1 at the first
that is wrong.
"""

import argparse
import sys
import traceback

import beside
import compilation
import devices
import jobs
import kernel
import states
from checks import Checks, Wrong
from reflected import Refused, Server

SEED, LATER, INTERNAL = "eigen_api.v1", "eigen.api.v1", "eigen.internal.v1"
PUBLIC_NAMES = [
    f"{SEED}.CompilationService", f"{SEED}.DeviceService", f"{SEED}.JobService",
    f"{LATER}.CompilationService", f"{LATER}.DeviceService", f"{LATER}.JobService",
    f"{LATER}.KnowledgeBaseService",
]
DOTTED = "kernel_api.v0.1.KernelGateway"
INTERNAL_NAMES = [
    f"{INTERNAL}.CompilationService", f"{INTERNAL}.DriverManagerService",
    f"{INTERNAL}.KernelGateway", f"{INTERNAL}.KernelGatewayService",
    f"{INTERNAL}.NeuroSymbolicService", f"{INTERNAL}.OptimizerService",
    "kernel_api.v0_1.KernelGateway", DOTTED,
]
SEED_TYPES = {
    "SubmitJob": ("SubmitJobRequest", "JobResponse", False),
    "GetJobStatus": ("JobStatusRequest", "JobStatusResponse", False),
    "CancelJob": ("CancelJobRequest", "CancelJobResponse", False),
    "StreamJobUpdates": ("JobUpdatesRequest", "JobUpdate", True),
    "GetJobResults": ("JobResultsRequest", "JobResultsResponse", False),
}
LATER_TYPES = {
    method: (f"{method}Request", f"{method}Response", streams)
    for method, (_, _, streams) in SEED_TYPES.items()
}


def eigen(names):
    return sorted(name for name in names if name.startswith(("eigen", "kernel_api")))


def check(checks, public, internal):
    checks.begin("reflection")
    checks.equal("the public listener has its names", eigen(public.names()), sorted(PUBLIC_NAMES))
    there = eigen(set(internal.names()) - set(public.names()))
    checks.equal("the internal one has the others, but for the one that no file can declare", there,
                 sorted(name for name in INTERNAL_NAMES if name != DOTTED))
    seed = jobs.Jobs(public.service(f"{SEED}.JobService"), "", SEED_TYPES)
    later = jobs.Jobs(public.service(f"{LATER}.JobService"), "JOB_STATE_", LATER_TYPES)
    jobs.check(checks, seed, later)
    jobs.check(checks, later, seed)
    jobs.bare_shape(checks, later)
    named = [internal.service(name, "kernel_api.v0_1.KernelGateway" if name == DOTTED else name)
             for name in INTERNAL_NAMES if name.endswith("KernelGateway")]
    later_gateway = internal.service(f"{INTERNAL}.KernelGatewayService")
    bell = seed.submit()
    seed.await_state(bell, "DONE")
    counts = dict(seed.service.call("GetJobResults", {"job_id": bell}).counts)
    for gateway in [*named, later_gateway]:
        kernel.check(checks, gateway, counts)
        checks.equal("is not on the public listener", refused_outside(public, gateway),
                     "UNIMPLEMENTED")
    states.check(checks, seed, later, named, later_gateway)
    for service, prefix in ((public.service(f"{SEED}.CompilationService"), ""),
                            (public.service(f"{LATER}.CompilationService"), "CIRCUIT_FORMAT_"),
                            (internal.service(f"{INTERNAL}.CompilationService"),
                             "CIRCUIT_FORMAT_")):
        compilation.check(checks, service, prefix)
    first = devices.Devices(public.service(f"{SEED}.DeviceService"), "")
    second = devices.Devices(public.service(f"{LATER}.DeviceService"), "DEVICE_STATUS_")
    devices.check(checks, first)
    devices.check(checks, second)
    beside.drivers(checks, internal.service(f"{INTERNAL}.DriverManagerService"), counts)
    beside.optimizer(checks, internal.service(f"{INTERNAL}.OptimizerService"))
    beside.plans(checks, internal.service(f"{INTERNAL}.NeuroSymbolicService"))
    beside.knowledge(checks, public.service(f"{LATER}.KnowledgeBaseService"))
    devices.reservations(checks, first, second, seed)


def refused_outside(public, gateway):
    """The status of an internal call at the public listener."""
    outside = type(gateway)(public.channel, gateway.name, gateway.descriptor)
    try:
        outside.call("GetJobStatus", {"job_id": "nobody"})
    except Refused as refused:
        return refused.code
    return "OK"


def main():
    parser = argparse.ArgumentParser(description="Runs the call pattern of the Eigen contract.")
    parser.add_argument("--public", required=True, help="HOST:PORT of the public listener")
    parser.add_argument("--internal", required=True, help="HOST:PORT of the internal listener")
    options = parser.parse_args()
    checks = Checks()
    try:
        check(checks, Server(options.public), Server(options.internal))
    except Wrong as wrong:
        print(f"wrong {checks.count} {wrong}", flush=True)
        return 1
    except (AssertionError, Refused):
        traceback.print_exc()
        print(f"wrong after {checks.count} {checks.about}", flush=True)
        return 1
    print(f"all {checks.count} checks hold", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
