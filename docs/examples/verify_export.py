#!/usr/bin/env python3
"""Verifies an audit export of Reeve: python3 verify_export.py EXPORT [KEPT_NOTE]

Written from docs/reference/audit.md with nothing but the standard library, so that nobody has to
trust the program that wrote the export. Reads exports in the form jsonl. Exit code 0: in order.
"""
import base64
import hashlib
import json
import sys

# Ed25519 (RFC 8032), verification alone.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE_Y = 4 * pow(5, -1, P) % P


def x_of(y, odd):
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and odd):
        raise ValueError("no point of the curve")
    return P - x if x % 2 != odd else x


def point(data):
    number = int.from_bytes(data, "little")
    y = number % 2**255
    if y >= P:
        raise ValueError("no point of the curve")
    x = x_of(y, number >> 255)
    return (x, y, 1, x * y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, p):
    q = (0, 1, 1, 0)
    while number:
        if number & 1:
            q = add(q, p)
        p, number = add(p, p), number >> 1
    return q


def signed(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(digest, "little") % L
    left = times(s, (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P))
    right = add(point(signature[:32]), times(h, point(key)))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return s < L and same and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The form of everything that is hashed or signed: RFC 8785 with integers only.
def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


# What is being looked at, for messages about what is not as written.
place = ["the file"]


def check(holds, message):
    if not holds:
        sys.exit("damaged: " + message)


def no_float(text):
    raise ValueError(text + " (expected: an integer)")


def read(line, where):
    """The one line of canonical JSON with integers only that a line is."""
    try:
        value = json.loads(line, parse_float=no_float, parse_constant=no_float)
    except (ValueError, RecursionError) as fault:
        check(False, f"{where} is no JSON of an export: {fault}")
    check(isinstance(value, dict) and canonical(value) == line, where + " is not canonical")
    return value


def from_hex(text):
    check(text == text.lower(), "upper-case hex")
    return bytes.fromhex(text)


def from_base64(text):
    data = base64.b64decode(text, validate=True)
    check(base64.b64encode(data).decode() == text, "base64 that nobody writes")
    return data


def sha256(data):
    return hashlib.sha256(data).digest()


def root(peaks):
    if not peaks:
        return sha256(b"")
    node = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        node = sha256(b"\x01" + left + node)
    return node


def check_keys(records):
    """Gives the keys by id, with the size at which each was replaced."""
    first = from_base64(records[0]["key"].split("+", 2)[2])[1:]
    origin = "reeve/" + sha256(first).hex()[:32]
    keys, voucher = [], None
    for record in records:
        name, key_id, encoded = record["key"].split("+", 2)
        key = from_base64(encoded)[1:]
        check(name == origin, "a key is of another log")
        check(encoded.startswith("A"), "a key is not Ed25519")
        check(sha256(name.encode() + b"\n\x01" + key)[:4].hex() == key_id, "a key id is wrong")
        by = voucher or (key_id, key)
        body = {member: record[member] for member in record if member != "sig"}
        message = b"reeve audit key\n" + canonical(body)
        check(record["by"] == by[0], "a key is not vouched for")
        check(signed(by[1], message, from_hex(record["sig"])), "a key's signature is wrong")
        keys.append((key_id, key, record["from"]))
        voucher = (key_id, key)
    return origin, keys


def check_note(note, origin, keys):
    text, signature = note.split("\n\n")
    name, size, root_hash, _ = (text + "\n").rstrip("\n").split("\n")
    check(name == origin, "the head is of another log")
    dash, signer, encoded = signature.split(" ")
    check((dash, signer, encoded[-1:]) == ("\u2014", origin, "\n"), "the note is malformed")
    blob = from_base64(encoded[:-1])
    for number, (key_id, key, _) in enumerate(keys):
        in_force = number + 1 == len(keys) or int(size) <= keys[number + 1][2]
        if in_force and key_id == blob[:4].hex():
            if signed(key, (text + "\n").encode(), blob[4:]):
                return int(size), from_base64(root_hash)
    check(False, "the head is not signed by a key in force")


def main(export, kept=None):
    with open(export, "rb") as file:
        lines = file.read().split(b"\n")
    check(lines[-1] == b"" and len(lines) > 1, "the file is empty or cut off")
    kept_note = open(kept, encoding="utf-8").read() if kept else None
    kept_size = int(kept_note.split("\n")[1]) if kept_note else -1
    peaks, kept_root, receipts = [], root([]) if kept_size == 0 else None, 0
    for number, line in enumerate(lines[:-2]):
        where = f"line {number + 1}"
        place[0] = where
        entry = read(line, where)
        members = {"decision", "hash", "index", "job_id", "leaf" if "leaf" in entry else "pruned"}
        check(set(entry) == members, where + " has other members")
        check(type(entry["index"]) is int and entry["index"] == number,
              where + " is in the wrong place")
        node = from_hex(entry["hash"])
        check(len(node) == 32, where + " has no hash")
        if "leaf" in entry:
            receipts += 1
            leaf = entry["leaf"]
            check(sha256(b"\x00" + canonical(leaf)) == node, where + " has another hash")
            told = (entry["index"], entry["job_id"], entry["decision"])
            check(told == (leaf["index"], leaf.get("job", ""), leaf["decision"]),
                  where + " says otherwise than its leaf")
        else:
            told = (entry["pruned"], entry["decision"], entry["job_id"])
            check(told == (True, "", "") and entry["pruned"] is True, where + " has no receipt")
            check(receipts == 0, where + " is pruned behind receipts that are not")
        height = 0
        while peaks and peaks[-1][0] == height:
            node, height = sha256(b"\x01" + peaks.pop()[1] + node), height + 1
        peaks.append((height, node))
        if number + 1 == kept_size:
            kept_root = root(peaks)
    line = lines[-2]
    place[0] = "the head"
    last = read(line, "the last line")
    check(set(last) == {"head"} and isinstance(last["head"], dict), "the last line is no head")
    head = last["head"]
    check(set(head) == {"keys", "note", "root", "size"}, "the head has other members")
    origin, keys = check_keys(head["keys"])
    size, root_hash = check_note(head["note"], origin, keys)
    check(size == len(lines) - 2 == head["size"], "the head has another size")
    check(root_hash == root(peaks) == from_hex(head["root"]), "the head has another root")
    if kept_note:
        place[0] = "the kept note"
        check(kept_root is not None, "the log was cut: the kept note has more receipts")
        check(check_note(kept_note, origin, keys)[1] == kept_root, "the log was rewritten")
    print(f"verified: {size} receipts of {origin}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        sys.exit(f"damaged: {place[0]} is not as written: {fault}")
    except OSError as fault:
        sys.exit(f"cannot be read: {fault}")
