"""Says one line per check and ends the program at the first that is wrong."""

import time


class Wrong(Exception):
    """A check that failed."""


class Checks:
    def __init__(self):
        self.count = 0
        self.about = ""

    def begin(self, about):
        """What the checks from here on are about: a service."""
        self.about = about

    def equal(self, what, found, expected):
        """Holds when both are equal; says both when not."""
        self.true(what, found == expected, f"{found!r} (expected: {expected!r})")

    def true(self, what, holds, found=""):
        self.count += 1
        if not holds:
            raise Wrong(f"{self.about}: {what}: {found}")
        print(f"ok {self.count} {self.about}: {what}", flush=True)

    def refused(self, what, refusal, call, *arguments, **more):
        """Holds when a call is refused with this code, reason and details."""
        code, reason, *details = refusal
        from reflected import Refused

        try:
            answer = call(*arguments, **more)
        except Refused as error:
            info = error.info()
            found = (error.code, info.reason)
            self.equal(what, found, (code, reason))
            for name in details:
                self.true(f"{what}: says {name}", error.detail(name) is not None, str(error))
            self.true(f"{what}: has a message of one line",
                      error.message and "\n" not in error.message, repr(error.message))
            return error
        raise Wrong(f"{self.about}: {what}: was answered {answer} (expected: {code} {reason})")


def until(what, question, seconds=15):
    """Asks until the answer is true, and gives it."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Wrong(f"{what} did not come within {seconds} s")
        time.sleep(0.02)
