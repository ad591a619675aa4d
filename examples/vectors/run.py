"""Runs vectors.json against an allocator of yours: python3 run.py vectors.json yours complete best-fit

Module `yours` has one or more of these; each returns an allocator, or None if it can have no such memory. Its shows(), if any,
returns the views of the vectors.
  open(base, pages, orders, reserved): allocate(order) returns a frame, or None, and takes (order, low, end) if `range` is claimed;
    free(frame, order) returns None, or what is wrong: "double-free"
  boot(nodes), machine(orders, policy, balance, nodes): answer(word) returns the protocol's answer to one operation, a word, too
"""
import collections, importlib, json, sys

def answer(own, operation, slots):
    block = numbers = [int(number) for number in operation[1:].split(":")]
    if operation[0] in "ar":
        head = own.allocate(*numbers)
        slots.append(None if head is None else [head, numbers[0]])
        return "-" if head is None else str(head)
    if operation[0] == "f":
        block, slots[numbers[0]] = slots[numbers[0]], None
    error = None if block is None else own.free(*block)
    return "." if error is None else "!" + error

def wrong(vector, own, state=0):
    slots, right, shown = [], vector.get("shows", {}), own.shows if hasattr(own, "shows") else dict
    for operation, permits in zip(vector["run"].split(), vector["permits"]):
        said = own.answer(operation) if hasattr(own, "answer") else answer(own, operation, slots)
        if said not in permits[state]:
            return f"{said} at {operation}, permitted: {', '.join(permits[state])}"
        state = permits[state][said]
    return next((f"{name} {view}, not {right[name]}" for name, view in shown().items() if view != right.get(name, view)), None)

(file, name, *claims), left, found = sys.argv[1:], collections.Counter(), {}
for one in json.load(open(file))["vectors"]:
    lacks = [f"need {need}" for need in one["needs"] if need not in claims] + ["have a shape that yours cannot have"]
    given, maker = one.get("arena") or one.get("machine") or {"nodes": one["boot"]}, "open" if "arena" in one else one["kind"]
    own = None if lacks[1:] else getattr(importlib.import_module(name), maker, lambda **_: None)(**given)
    left.update([lacks[0]] if own is None else [])
    found.update({} if own is None else {one["id"]: wrong(one, own)})
report = [f"{key}: {why}" for key, why in found.items() if why] + [f"{n} are left out: they {why}" for why, n in left.items()]
print(*report, f"{len(found)} vectors, {sum(map(bool, found.values()))} wrong", sep="\n")
sys.exit(any(found.values()) or not found)
