"""Attaches a page allocator written in Python to buddy-oracle, the judge.

    from harness import serve
    serve(name="mine", revision="1.0", open=Mine, claims=["complete"])

    npx buddy-oracle check -- python3 attach.py

`open(base, pages, orders, reserved)` starts a new arena, the frames [base, base + pages) without the runs of
[first frame, count] in `reserved`, and forgets the one before. It returns an allocator, or says why there is none with
`raise Unsupported("why")` or `raise Failed("why")`. Frames include the base; they are never byte addresses. It has

    allocate(order) -> first frame of a block of 2**order, or None: refused (order may be >= orders: refuse it)
    free(frame, order) -> None: done; or what misuse it is, undone: "double-free"
    usable: what can be handed out, as runs of [first frame, count], or "probe"; left out: all but the reserved

and, each with the feature of that name,

    observe(views) -> {"free-count": 16, "free-blocks": [[], [4]], ...}      observe:*
    memory(frame) -> the bytes of a granted frame, which can be written to   payload
    resize(pages) -> whether the arena is now [base, base + pages)           resize
    allocate_in(order, low, end) -> as allocate, within [low, end)           range
    allocate_frames(frames, align) -> as allocate, of that many frames       sized
    free_frames(frame, frames) -> frees what that granted                    sized
    free_all([(frame, order), ...]) -> as free, of several blocks at once    bulk

Any of them may `raise Wrong(kind, detail)`: nothing was done, because of a misuse ("double-free") or because a check
of its own fired ("internal"). Any other exception ends the process: a crash is a verdict.

The judge writes one request a line on stdin and reads one reply a line from stdout: never print(), stderr is yours.
"""
import json
import os
import sys


class Unsupported(Exception):
    """There is no such arena."""


class Failed(Exception):
    """The arena went wrong while it was made."""


class Wrong(Exception):
    """An operation that was not done: what kind of error it is, and details in your words."""

    def __init__(self, kind, detail=""):
        super().__init__(kind, detail)
        self.kind, self.detail = kind, detail


class Slot:
    """What one allocation was granted; `frames` is the number of frames of a sized one."""

    def __init__(self, number, order, frames):
        self.frame, self.order, self.frames, self.held = None, order, frames, False
        self.tag = (number * 2654435761 + 1 & 0xFFFFFFFF).to_bytes(4, "little")

    def pieces(self, allocator):
        count = 1 << self.order if self.frames is None else self.frames
        return [allocator.memory(self.frame + n) for n in range(count)]

    def fill(self, allocator):
        for piece in self.pieces(allocator):
            piece[:] = (self.tag * (len(piece) // 4 + 1))[:len(piece)]

    def check(self, allocator):
        for n, piece in enumerate(self.pieces(allocator)):
            if bytes(piece) != (self.tag * (len(piece) // 4 + 1))[:len(piece)]:
                raise Wrong("payload", f"frame {self.frame + n} of the block at frame {self.frame}")


class Arena:
    """One arena, and what was granted of it."""

    def __init__(self, allocator, features):
        self.allocator, self.tagged = allocator, "payload" in features
        self.slots, self.holder = [], {}  # the holder of a frame is its slot, until it is freed

    def allocate(self, grant, order, frames=None):
        slot = Slot(len(self.slots), order, frames)
        self.slots.append(slot)  # whatever comes of it
        frame = grant()
        if frame is None:
            return "-"
        if not isinstance(frame, int) or frame < 0:
            raise Wrong("no-frame", repr(frame))
        self.holder[frame], slot.frame, slot.held = slot, frame, True
        if self.tagged:
            slot.fill(self.allocator)
        return str(frame)

    def free(self, frame, order):
        slot = self.holder.get(frame)
        if slot and self.tagged and (slot.frames is not None or slot.order == order):
            slot.check(self.allocator)
        if slot and slot.frames is not None:
            kind = self.allocator.free_frames(frame, slot.frames)
        else:
            kind = self.allocator.free(frame, order)
        if kind:
            raise Wrong(kind)
        if self.holder.pop(frame, None):
            slot.held = False
        return "."

    def free_all(self, slots):
        for slot in slots if self.tagged else []:
            slot.check(self.allocator)
        kind = self.allocator.free_all([(slot.frame, slot.order) for slot in slots]) if slots else None
        if kind:
            raise Wrong(kind)
        for slot in slots:
            self.holder.pop(slot.frame).held = False
        return "."

    def run(self, operation):
        letter, numbers = operation[0], [int(number) for number in operation[1:].split(":")]
        if letter == "a":
            return self.allocate(lambda: self.allocator.allocate(numbers[0]), numbers[0])
        if letter == "f":  # a slot that holds nothing is no mistake: shortening a case leaves such behind
            slot = self.slots[numbers[0]] if numbers[0] < len(self.slots) else None
            return self.free(slot.frame, slot.order) if slot and slot.held else "."
        if letter == "b":
            slots = [self.slots[number] for number in numbers if number < len(self.slots)]
            return self.free_all([slot for slot in slots if slot.held and slot.frames is None])
        if letter == "F":
            return self.free(*numbers)
        if letter == "r":
            return self.allocate(lambda: self.allocator.allocate_in(*numbers), numbers[0])
        if letter == "A":
            return self.allocate(lambda: self.allocator.allocate_frames(*numbers), 0, numbers[0])
        if letter == "z":
            return "." if self.allocator.resize(numbers[0]) else "-"
        return "-"  # not done, like any operation of a later day: the judge sends only what is declared

    def ran(self, operations):
        results, detail = [], {}
        for at, operation in enumerate(operations):
            try:
                results.append(getattr(self.allocator, "run", self.run)(operation))
            except Wrong as wrong:
                results.append("!" + wrong.kind)
                detail.update({str(at): wrong.detail} if wrong.detail else {})
        return {"ran": " ".join(results), **({"detail": detail} if detail else {})}


def paged(init):
    """The size of a page, if it is not 4,096 bytes: only a harness with the feature boot:page-size is sent one."""
    return [init["pageSize"]] if "pageSize" in init else []


def serve(name, revision, open, claims=(), features=(), boot=None, machine=None):
    """Serves until the judge says goodbye or is gone. `boot` and `machine` open what words.py has the words of."""
    arena = None

    def answer(request):
        nonlocal arena
        if "hello" in request:
            if 1 not in request["hello"]["versions"]:
                return {"refuse": "this harness speaks version 1 only"}
            return {"hello": {"version": 1, "name": name, "revision": revision, "language": "Python",
                              "claims": list(claims), "features": list(features),
                              "maxBatch": 1000, "maxLine": 1048576}}
        if "init" in request:
            init, arena = request["init"], None
            try:
                if "boot" in init:
                    arena = Arena(boot(init["boot"], *paged(init)), features)
                elif "machine" in init:
                    arena = Arena(machine(init["machine"]), features)
                else:
                    arena = Arena(open(init["base"], init["pages"], init["orders"], init["reserved"]), features)
            except Unsupported as why:
                return {"unsupported": str(why)}
            except Failed as why:
                return {"failed": str(why)}
            usable = getattr(arena.allocator, "usable", None)
            return {"ready": {} if usable is None else {"usable": usable}}
        if "run" in request and arena:
            return arena.ran(request["run"].split(" "))
        if "observe" in request and arena:
            return {"observed": arena.allocator.observe(request["observe"])}
        return {"bye": True} if "bye" in request else {"unknown": True}

    try:
        for line in sys.stdin.buffer:
            if not line.endswith(b"\n"):
                return  # the judge went away in the middle of it
            request = json.loads(line)
            sys.stdout.buffer.write(json.dumps({"id": request["id"], **answer(request)}).encode() + b"\n")
            sys.stdout.buffer.flush()
            if "bye" in request:
                return
    except BrokenPipeError:  # the judge is gone; without this Python complains once more when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
