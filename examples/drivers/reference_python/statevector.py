"""A state vector in plain Python: what the reference driver runs circuits on.

Reads the OpenQASM 3 that Reeve's compiler writes for the gates rz, sx, x and cx: one statement a line,
measurements and resets anywhere, no decisions. The cost is 2 ** qubits for each gate, so 12 qubits.
"""

import cmath
import math
import random
import re

QUBITS_MAX = 12

_REGISTER = re.compile(r"(qubit|bit)(?:\[(\d+)\])? (\w+);")
_ROTATION = re.compile(r"rz\((-?[0-9.eE+-]+)\) (\w+)\[(\d+)\];")
_GATE = re.compile(r"(sx|x) (\w+)\[(\d+)\];")
_FLIP = re.compile(r"cx (\w+)\[(\d+)\], ?(\w+)\[(\d+)\];")
_MEASURE = re.compile(r"(\w+)(?:\[(\d+)\])? = measure (\w+)\[(\d+)\];")
_RESET = re.compile(r"reset (\w+)\[(\d+)\];")


class Refused(Exception):
    """The circuit is not one that this device can run."""


class Program:
    """The operations of a circuit, checked."""

    def __init__(self, text):
        self.qubits = 0
        self.bits = {}
        self.width = 0
        self.operations = []
        for number, line in enumerate(text.splitlines(), start=1):
            self._read(number, line.strip())
        if not 1 <= self.qubits <= QUBITS_MAX:
            raise Refused(f"qubits: {self.qubits} (expected: 1 to {QUBITS_MAX})")

    def _read(self, number, line):
        if not line or line.startswith(("//", "OPENQASM", "include", "barrier")):
            return
        if found := _REGISTER.fullmatch(line):
            self._declare(found[1], int(found[2] or 1), found[3])
        elif found := _ROTATION.fullmatch(line):
            self.operations.append(("rz", int(found[3]), float(found[1])))
        elif found := _GATE.fullmatch(line):
            self.operations.append((found[1], int(found[3])))
        elif found := _FLIP.fullmatch(line):
            self.operations.append(("cx", int(found[2]), int(found[4])))
        elif found := _MEASURE.fullmatch(line):
            bit = self.bits[found[1]] + int(found[2] or 0)
            self.operations.append(("measure", int(found[4]), bit))
        elif found := _RESET.fullmatch(line):
            self.operations.append(("reset", int(found[2])))
        else:
            raise Refused(f"line {number}: {line} (expected: rz, sx, x, cx, measure or reset)")

    def _declare(self, kind, size, name):
        if kind == "qubit":
            self.qubits += size
        else:
            self.bits[name] = self.width
            self.width += size

    def measures_last(self):
        """Whether nothing happens to a qubit after it was measured."""
        measured = set()
        for operation in self.operations:
            qubits = operation[1:3] if operation[0] == "cx" else operation[1:2]
            if operation[0] == "reset" or measured.intersection(qubits):
                return False
            if operation[0] == "measure":
                measured.add(operation[1])
        return True

    def written(self):
        """How wide outcomes are: up to the highest bit that is written."""
        return 1 + max((op[2] for op in self.operations if op[0] == "measure"), default=-1)


def run(program, shots, seed, is_active=lambda: True):
    """Counts of so many shots, or None when somebody stopped it."""
    draws = random.Random(seed)
    counts = {}
    if program.measures_last():
        state = _apply(program, draws, None, is_active)
        if state is None:
            return None
        weights = [abs(amplitude) ** 2 for amplitude in state]
        measures = [op for op in program.operations if op[0] == "measure"]
        for index in draws.choices(range(len(state)), weights=weights, k=shots):
            _count(counts, program, {bit: index >> qubit & 1 for _, qubit, bit in measures})
        return counts
    for _ in range(shots):
        outcome = {}
        if _apply(program, draws, outcome, is_active) is None:
            return None
        _count(counts, program, outcome)
    return counts


def _count(counts, program, outcome):
    width = program.written()
    text = "".join(str(outcome.get(bit, 0)) for bit in reversed(range(width)))
    counts[text] = counts.get(text, 0) + 1


def _apply(program, draws, outcome, is_active):
    state = [0j] * (1 << program.qubits)
    state[0] = 1 + 0j
    for operation in program.operations:
        if not is_active():
            return None
        name = operation[0]
        mask = 1 << operation[1]
        if name == "rz":
            half = cmath.exp(0.5j * operation[2])
            state = [a * (half if i & mask else half.conjugate()) for i, a in enumerate(state)]
        elif name == "x":
            state = [state[i ^ mask] for i in range(len(state))]
        elif name == "sx":
            plus, minus = (1 + 1j) / 2, (1 - 1j) / 2
            state = [plus * a + minus * state[i ^ mask] for i, a in enumerate(state)]
        elif name == "cx":
            target = 1 << operation[2]
            state = [state[i ^ target] if i & mask else a for i, a in enumerate(state)]
        elif outcome is not None:
            one = sum(abs(a) ** 2 for i, a in enumerate(state) if i & mask)
            bit = 1 if draws.random() < one else 0
            scale = 1 / math.sqrt(one if bit else 1 - one)
            state = [a * scale if bool(i & mask) == bool(bit) else 0j for i, a in enumerate(state)]
            if name == "measure":
                outcome[operation[2]] = bit
            elif bit:
                state = [state[i ^ mask] for i in range(len(state))]
    return state
