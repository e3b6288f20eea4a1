"""A driver of a device, as a process of its own: eigen.internal.v1.DriverManagerService in Python.

    pip install grpcio-tools
    python examples/drivers/reference_python/driver.py --port 7070

Reeve asks it when its configuration has the device:

    devices:
      "ref:line": {kind: driver, address: "127.0.0.1:7070"}

The device is a simulator of 12 qubits in a line. `--pace SECONDS` makes each run take at least so
long, as a machine in a laboratory would. Every event is one JSON line on standard output.
"""

import argparse
import concurrent.futures
import json
import pathlib
import sys
import time

import grpc

import statevector

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "proto"))
messages, services = grpc.protos_and_services("eigen/internal/v1/driver_manager_service.proto")
types, _ = grpc.protos_and_services("eigen/internal/v1/types.proto")

READABLE = types.CircuitFormat.Value("CIRCUIT_FORMAT_QASM3_TEXT")
SHOTS_MAX = 100_000


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


class Driver(services.DriverManagerServiceServicer):
    def __init__(self, device, pace):
        self.device = device
        self.pace = pace
        self.running = 0
        self.calibrated = ""

    def ListDevices(self, request, context):
        qubits = statevector.QUBITS_MAX
        capabilities = {
            "driver_api_version": "1.0",
            "formats": "QASM3_TEXT",
            "qubits": str(qubits),
            "max_shots": str(SHOTS_MAX),
            "basis_gates": "rz,sx,x,cx",
            "coupling_map": json.dumps([[i, i + 1] for i in range(qubits - 1)]),
            "supports_mid_circuit": "true",
            "bitstring_order": "msb_first_by_classical_index",
            "readout_error": "0",
        }
        if self.calibrated:
            capabilities["calibration_ts"] = self.calibrated
        device = types.DeviceInfo(
            device_id=self.device,
            name="Reference line of 12 qubits",
            backend_type="simulator",
            status=types.DeviceStatus.Value("DEVICE_STATUS_ONLINE"),
            capabilities=capabilities,
        )
        return messages.ListDevicesResponse(devices=[device])

    def GetDeviceStatus(self, request, context):
        self._require(request.device_id, context)
        return messages.GetDeviceStatusResponse(
            device_id=self.device,
            status=types.DeviceStatus.Value("DEVICE_STATUS_ONLINE"),
            queue_depth=max(0, self.running - 1),
        )

    def ExecuteCircuit(self, request, context):
        self._require(request.device_id, context)
        if request.payload.format != READABLE:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "payload.format (expected: QASM3_TEXT)")
        if not 1 <= request.shots <= SHOTS_MAX:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"shots (expected: 1 to {SHOTS_MAX})")
        begin = time.monotonic()
        say("run", job=request.job_id, attempt=request.options.get("attempt", ""))
        self.running += 1
        try:
            program = statevector.Program(request.payload.data.decode())
            seed = request.options.get("seed") or None
            counts = statevector.run(program, request.shots, seed, context.is_active)
            while context.is_active() and time.monotonic() - begin < self.pace:
                time.sleep(0.01)
        except statevector.Refused as refused:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(refused))
        finally:
            self.running -= 1
        if counts is None or not context.is_active():
            say("stopped", job=request.job_id)
            context.abort(grpc.StatusCode.CANCELLED, "nobody waits for it")
        say("ran", job=request.job_id)
        return messages.ExecuteCircuitResponse(
            counts=counts,
            execution_time_sec=time.monotonic() - begin,
            metadata={"driver": "reference_python", "provider_profile": "plain"},
        )

    def CalibrateDevice(self, request, context):
        self._require(request.device_id, context)
        bell = statevector.Program("qubit[2] q;\nbit[2] c;\nrz(1.5707963267948966) q[0];\nsx q[0];\n"
                                   "rz(1.5707963267948966) q[0];\ncx q[0], q[1];\n"
                                   "c[0] = measure q[0];\nc[1] = measure q[1];\n")
        counts = statevector.run(bell, 1_000, 1)
        if set(counts) - {"00", "11"}:
            context.abort(grpc.StatusCode.INTERNAL, "a Bell pair is not one")
        self.calibrated = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return messages.CalibrateDeviceResponse(
            calibration_ref=f"{self.device}@{self.calibrated}")

    def _require(self, device, context):
        if device != self.device:
            context.abort(grpc.StatusCode.NOT_FOUND, f"device_id (expected: {self.device})")


def main():
    parser = argparse.ArgumentParser(description="A driver of a device for Reeve.")
    parser.add_argument("--port", type=int, default=7070, help="0 for a free one")
    parser.add_argument("--device", default="ref:line")
    parser.add_argument("--pace", type=float, default=0, help="least seconds of a run")
    options = parser.parse_args()
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=8))
    services.add_DriverManagerServiceServicer_to_server(
        Driver(options.device, options.pace), server)
    port = server.add_insecure_port(f"127.0.0.1:{options.port}")
    server.start()
    say("ready", port=port, device=options.device)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
