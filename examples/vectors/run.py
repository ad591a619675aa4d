"""Runs vectors.json against an allocator of yours: python3 run.py vectors.json yours complete best-fit

Module `yours` has one or more of these; each returns an allocator, or None if it can have no such memory; shows() returns views.
  open(base, pages, orders, reserved): allocate(order) returns a frame or None, free(frame, order) None or "double-free"; for `range`
    allocate(order, low, end), `resize` resize(pages) -> bool, `bulk` free_all([[frame, order], ...]), `sized` allocate_frames(frames,
    align), free_frames(frame, frames)
  boot(nodes), machine(orders, policy, balance, nodes): answer(word) returns the protocol's answer to one operation, a word, too
"""
import collections, importlib, json, sys

def answer(own, operation, slots):
    kind, numbers = operation[0], [int(number) for number in operation[1:].split(":")]
    if kind == "z": return "." if own.resize(*numbers) else "-"
    if kind in "arA":
        head = (own.allocate_frames if kind == "A" else own.allocate)(*numbers)
        slots.append([] if head is None else [(own.free_frames if kind == "A" else own.free, head, numbers[0])])
        return "-" if head is None else str(head)
    frees = [(own.free, *numbers)] if kind == "F" else [slots[n].pop() for n in numbers if slots[n]]
    if kind == "b": frees = [(own.free_all, [block for _, *block in frees])]
    return "!" + error if frees and (error := frees[0][0](*frees[0][1:])) else "."

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
