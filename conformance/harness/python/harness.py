"""Attaches a page allocator written in Python to buddy-oracle, the judge.

    from harness import serve
    serve(name="mine", revision="1.0", open=Mine, claims=["complete"])

    npx buddy-oracle check -- python3 mine.py

`open(base, pages, orders, reserved)` starts a new arena, the frames [base, base + pages) without the runs of
[first frame, count] in `reserved`, and forgets the one before. It returns an allocator, or says why it cannot with
`raise Unsupported("why")`. The allocator has

    allocate(order) -> first frame of a block of 2**order, or None: refused (order may be >= orders)
    free(frame, order) -> None: done; or what misuse it is, undone: "double-free"
    observe(views) -> {"free-count": 16, ...}, only with the features observe:*

The judge writes one request a line on stdin and reads one reply a line from stdout: never print() there, stderr is
yours. An exception that nobody catches ends the process: a crash is a verdict.
"""
import json
import os
import sys


class Unsupported(Exception):
    pass


def serve(name, revision, open, claims=(), features=()):
    allocator = None
    slots, holder = [], {}  # what each allocation was granted; which slot holds a frame, until it is freed

    def run(operation):
        letter, numbers = operation[0], [int(number) for number in operation[1:].split(":")]
        if letter == "a":
            frame = allocator.allocate(numbers[0])
            if frame is not None:
                holder[frame] = len(slots)
            slots.append((frame, numbers[0]))
            return "-" if frame is None else str(frame)
        if letter == "f":  # a slot that holds nothing is no mistake: shortening a case leaves such behind
            slot = numbers[0]
            if slot >= len(slots) or holder.get(slots[slot][0]) != slot:
                return "."
            frame, order = slots[slot]
        elif letter == "F":
            frame, order = numbers
        else:  # not done, like any operation of a later day: the judge sends only what is declared
            return "-"
        kind = allocator.free(frame, order)
        if kind:
            return "!" + kind
        holder.pop(frame, None)
        return "."

    def answer(request):
        nonlocal allocator, slots, holder
        if "hello" in request:
            if 1 not in request["hello"]["versions"]:
                return {"refuse": "this harness speaks version 1 only"}
            return {"hello": {"version": 1, "name": name, "revision": revision, "language": "Python",
                              "claims": list(claims), "features": list(features),
                              "maxBatch": 1000, "maxLine": 1048576}}
        if "init" in request:
            init = request["init"]
            allocator, slots, holder = None, [], {}
            try:
                allocator = open(init["base"], init["pages"], init["orders"], init["reserved"])
            except Unsupported as why:
                return {"unsupported": str(why)}
            return {"ready": {}}
        if "run" in request:
            return {"ran": " ".join(map(run, request["run"].split(" ")))}
        if "observe" in request:
            return {"observed": allocator.observe(request["observe"])}
        return {"bye": True} if "bye" in request else {"unknown": True}

    try:
        for line in sys.stdin.buffer:
            if not line.endswith(b"\n"):
                return  # the judge went away in the middle of it
            request = json.loads(line)
            reply = {"id": request["id"], **answer(request)}
            sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
            sys.stdout.buffer.flush()
            if "bye" in request:
                return
    except BrokenPipeError:  # the judge is gone; without this Python complains once more when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
