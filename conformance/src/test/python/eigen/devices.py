"""The device service, whichever name it has; and reservations with each of their refusals."""

from checks import until
from jobs import bell
from reflected import Refused, enum_name

ONLINE = "sim:local"
OFFLINE = "sim:noisy:depolarizing:0.1"
UNKNOWN = ("NOT_FOUND", "EIGEN_PUBLIC_BACKEND_SELECTION_NOT_FOUND", "ResourceInfo")
WRONG = ("INVALID_ARGUMENT", "EIGEN_PUBLIC_VALIDATION_FAILED", "BadRequest")


class Devices:
    """A device service under one of its names."""

    def __init__(self, service, prefix):
        self.service = service
        self.prefix = prefix

    def reserve(self, purpose, seconds=60, device=ONLINE):
        return self.service.call("ReserveDevice", {
            "device_id": device, "ttl_seconds": seconds, "purpose": purpose})


def check(checks, devices):
    """What a device service of one name tells."""
    checks.begin(devices.service.name)
    service = devices.service
    listed = service.call("ListDevices").devices
    checks.true("the simulator is listed", ONLINE in [one.device_id for one in listed], listed)
    for one in listed:
        checks.true(f"{one.device_id} has a name, a type and abilities",
                    one.name and one.backend_type and one.capabilities["slots"], one)
    some = service.call("ListDevices", {"backend_type": "simulator"}).devices
    checks.equal("a type filters", {one.backend_type for one in some}, {"simulator"})
    checks.equal("an unknown type filters all",
                 list(service.call("ListDevices", {"backend_type": "abacus"}).devices), [])
    details = service.call("GetDeviceDetails", {"device_id": ONLINE}).device
    checks.equal("details are of the device", details.device_id, ONLINE)
    checks.equal("it is online", enum_name(details, "status"), devices.prefix + "ONLINE")
    status = service.call("GetDeviceStatus", {"device_id": ONLINE})
    checks.equal("so says its status", (status.device_id, enum_name(status, "status")),
                 (ONLINE, devices.prefix + "ONLINE"))
    off = service.call("GetDeviceStatus", {"device_id": OFFLINE})
    checks.equal("what is set offline says so", enum_name(off, "status"),
                 devices.prefix + "OFFLINE")
    for method in ("GetDeviceDetails", "GetDeviceStatus"):
        checks.refused(f"{method} of an unknown device", UNKNOWN, service.call, method,
                       {"device_id": "sim:nowhere"})


def reservations(checks, first, second, first_jobs):
    """Slots are the same under both names; each refusal of section 2.5 comes with its status."""
    for devices in (first, second):
        checks.begin(devices.service.name)
        for seconds in (0, -1, 86_401):
            wrong = checks.refused(f"a reservation of {seconds} s", WRONG, devices.reserve, "x",
                                   seconds)
            checks.equal("it names the field",
                         [one.field for one in wrong.detail("BadRequest").field_violations],
                         ["ttl_seconds"])
        checks.refused("a purpose of two lines", WRONG, devices.reserve, "a\nb")
        checks.refused("a reservation of an unknown device", UNKNOWN, devices.reserve, "x", 60,
                       "sim:nowhere")
        checks.refused("a reservation of a device that is offline",
                       ("FAILED_PRECONDITION", "DEVICE_OFFLINE", "PreconditionFailure"),
                       devices.reserve, "x", 60, OFFLINE)
    checks.begin(first.service.name)
    slots = int(first.service.call("GetDeviceDetails", {"device_id": ONLINE})
                .device.capabilities["slots"])
    short = first.reserve("short", 3)
    checks.true("a slot has an id of the contract",
                short.reservation_id.startswith("rsv_") and len(short.reservation_id) == 16, short)
    for number in range(1, slots):
        second.reserve(f"part {number}")
    renewed = second.reserve("short", 4)
    checks.equal("the same wish renews it under the other name", renewed.reservation_id,
                 short.reservation_id)
    checks.true("for longer", renewed.expires_at.ToNanoseconds() > short.expires_at.ToNanoseconds(),
                renewed)
    job = first_jobs.submit(reservation_id=short.reservation_id)
    first_jobs.await_state(job, "DONE")
    checks.true("a job runs under it", True)
    for devices in (first, second):
        checks.begin(devices.service.name)
        checks.refused("one more than there are slots",
                       ("RESOURCE_EXHAUSTED", "DEVICE_SLOTS_EXHAUSTED", "QuotaFailure"),
                       devices.reserve, "one more")
    until("a slot is free again", lambda: reserved(second), 10)
    checks.true("a slot whose time is over is given again", True)
    checks.begin(first_jobs.service.name)
    checks.refused("a submit under a reservation that is over",
                   ("FAILED_PRECONDITION", "EIGEN_PUBLIC_RESERVATION_CONFLICT",
                    "PreconditionFailure"),
                   first_jobs.service.call, "SubmitJob",
                   bell(reservation_id=short.reservation_id))


def reserved(devices):
    try:
        return devices.reserve("one more")
    except Refused as refused:
        if refused.code != "RESOURCE_EXHAUSTED":
            raise
        return None
