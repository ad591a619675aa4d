"""Runs vectors.json against an allocator of yours: python3 run.py vectors.json yours complete best-fit

Module `yours` has open(base, pages, orders, reserved), which returns an allocator, or None if it can have no such arena. Its
allocate(order) returns a frame, or None; free(frame, order) returns None, or what is wrong: "double-free". If it has a method
shows(), that returns the views of the vectors.
"""
import importlib, json, sys


def answer(own, operation, slots):
    numbers = [int(number) for number in operation[1:].split(":")]
    if operation[0] == "a":
        head = own.allocate(numbers[0])
        slots.append(None if head is None else [head, numbers[0]])
        return "-" if head is None else str(head)
    block = numbers
    if operation[0] == "f":
        block, slots[numbers[0]] = slots[numbers[0]], None
    error = None if block is None else own.free(*block)
    return "." if error is None else "!" + error


def wrong(vector, own):
    state, slots = 0, []
    for operation, permits in zip(vector["run"].split(), vector["permits"]):
        said = answer(own, operation, slots)
        if said not in permits[state]:
            return f"{said} at {operation}, permitted: {', '.join(permits[state])}"
        state = permits[state][said]
    shown = own.shows() if hasattr(own, "shows") and "shows" in vector else {}
    return next((f"{name} {shown[name]}, not {vector['shows'][name]}" for name in shown if shown[name] != vector["shows"][name]), None)


file, name, *claims = sys.argv[1:]
wanted = [one for one in json.load(open(file))["vectors"] if set(one["needs"]) <= set(claims)]
made = [(one, importlib.import_module(name).open(**one["arena"])) for one in wanted]
found = {one["id"]: wrong(one, own) for one, own in made if own is not None}
print(*[f"{key}: {why}" for key, why in found.items() if why], f"{len(found)} vectors, {sum(map(bool, found.values()))} wrong", sep="\n")
sys.exit(any(found.values()) or not found)
