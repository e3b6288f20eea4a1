"""The compilation service, whichever name it has."""

import base64
import hashlib

from jobs import encoded
from reflected import enum_name

INVALID = ("INVALID_ARGUMENT", "EIGEN_COMPILER_VALIDATION_FAILED", "BadRequest")
BELL2 = ('OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2];'
         " h q[0]; cx q[0],q[1]; measure q -> c;")
BELL_LANG = """from eigen_lang import *

@hybrid_program
def main():
    h(0)
    cx(0, 1)
    measure(0, 1)
"""


def check(checks, service, prefix):
    checks.begin(service.name)
    valid = {"language": "qasm2", "source": encoded(BELL2)}
    checks.equal("a right program is valid", service.call("ValidateCircuit", valid).valid, True)
    for method in ("ValidateCircuit", "CompileCircuit"):
        wrong = checks.refused(f"{method} of a wrong program", INVALID, service.call, method,
                               {"language": "qasm3", "source": encoded("OPENQASM 3.0; h q[0];")})
        checks.true("it names a field",
                    wrong.detail("BadRequest").field_violations[0].field, str(wrong))
        checks.refused(f"{method} of an unknown language", INVALID, service.call, method,
                       {"language": "fortran", "source": encoded("x")})
        checks.refused(f"{method} of nothing", INVALID, service.call, method,
                       {"language": "qasm3"})
    options = {"target": "line_5", "seed": "3"}
    compiled = service.call("CompileCircuit", dict(valid, options=options))
    text = compiled.circuit.data.decode()
    checks.equal("a circuit comes as OpenQASM 3", enum_name(compiled.circuit, "format"),
                 prefix + "QASM3_TEXT")
    checks.true("which it says itself", text.startswith("OPENQASM 3"), text[:40])
    checks.equal("the source has its digest", compiled.metadata["source_sha256"],
                 hashlib.sha256(BELL2.encode()).hexdigest())
    checks.equal("the circuit is certified", compiled.metadata["certificate.equivalent"], "true")
    again = service.call("CompileCircuit", dict(valid, options=options))
    checks.equal("a seed gives the same circuit", again.circuit.data, compiled.circuit.data)
    aqo = service.call("CompileCircuit", {"language": "eigen-lang", "source": encoded(BELL_LANG)})
    checks.equal("Eigen-Lang becomes AQO", enum_name(aqo.circuit, "format"), prefix + "AQO_JSON")
    twice = BELL2.replace("cx q[0],q[1];", "cx q[0],q[1]; cx q[0],q[1]; cx q[0],q[1];")
    flat = service.call("CompileCircuit", {"language": "qasm2", "source": encoded(twice),
                                           "options": {"optimization_level": "0"}})
    payload = {"format": prefix + "QASM3_TEXT",
               "data": base64.b64encode(flat.circuit.data).decode()}
    better = service.call("OptimizeCircuit", {"circuit": payload})
    checks.equal("what undoes itself goes",
                 (better.metrics["two_qubit_gates_before"], better.metrics["two_qubit_gates"]),
                 ("3", "1"))
    checks.refused("OptimizeCircuit of a wrong circuit", INVALID, service.call, "OptimizeCircuit",
                   {"circuit": dict(payload, data=encoded("OPENQASM 3.0; h q[0];"))})
    checks.refused("OptimizeCircuit of no format", ("UNIMPLEMENTED", "CAPABILITY_NOT_YET"),
                   service.call, "OptimizeCircuit")
