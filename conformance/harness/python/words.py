"""The words of boot memory and of machines, for harnesses with the features `boot` or `machine`: copy it beside harness.py.

    serve(name="mine", revision="1", open=Mine, features=["boot"], boot=lambda nodes: BootWords(Boot(nodes)))
    serve(name="mine", revision="1", open=Mine, features=["machine"], machine=lambda shape: MachineWords(Machine(shape)))

`nodes` are lists of [start, end, map], all of whose pages are reserved at first; `shape` is the machine of the request. Boot
memory counts in bytes, an address from 0; nodes from 0, as they were given. It has

    reserve(node, address, size) -> the pages that had been taken before; or what misuse it is, undone: "out-of-range"
    free(node, address, size) -> None, or what misuse it is
    allocate(node, size, align, goal) -> an address; None: refused; or what misuse it is. The node is "*" if any will do
    retire(node) -> the pages handed over, in order; or what misuse it is

A machine has

    allocate_pages(node, order, gfp, task, bound, reclaim) -> (frame, woken): the first frame of a block, None for a refusal
        or "stalled"; reclaim() frees what it can by calling `free`, and returns whether it succeeded
    free(frame, order) takes a user away, and the last of them frees; get_page(frame) adds one
    kswapd(reclaim) is one turn of kswapd
    observe(views) -> {"zones": [[free, asks], ...]}, with the feature observe:zones
"""


def runs_of(pages):
    """Pages as runs, in their order."""
    runs = []
    for page in pages:
        if runs and sum(runs[-1]) == page:
            runs[-1][1] += 1
        else:
            runs.append([page, 1])
    return ",".join(f"{first}+{count}" for first, count in runs)


class BootWords:
    """Boot memory, asked by words."""

    def __init__(self, memory):
        self.memory = memory

    def run(self, operation):
        node, *numbers = operation[2:].split(":")
        arguments = ["*" if node == "*" else int(node)] + [int(number) for number in numbers]
        word = operation[1]
        done = {"r": self.memory.reserve, "f": self.memory.free, "a": self.memory.allocate,
                "t": self.memory.retire}[word](*arguments)
        if isinstance(done, str):
            return "!" + done
        if word == "a":
            return "-" if done is None else str(done)
        if word == "t":
            return "h" + runs_of(done)
        return "w" + ",".join(map(str, done)) if done else "."


class MachineWords:
    """A machine, asked by words: its slots, and what its next reclaims are to free."""

    def __init__(self, machine):
        self.machine, self.slots, self.holder, self.plan = machine, [], {}, {}

    def observe(self, views):
        return self.machine.observe(views)

    def holds(self, slot):
        """Whether a slot's block is still its own."""
        return slot < len(self.slots) and self.holder.get(self.slots[slot]["frame"]) == slot

    def freed(self, frame, order):
        kind = self.machine.free(frame, order)
        if kind:
            return "!" + kind
        slot = self.holder.get(frame)
        if slot is not None:
            self.slots[slot]["users"] -= 1
            if self.slots[slot]["users"] == 0:
                del self.holder[frame]
        return "."

    def reclaiming(self, operation):
        """Carries out what may reclaim; counts how often it does."""
        plan, self.plan = self.plan, {}
        count = 0

        def reclaim():
            nonlocal count
            named = plan.get(count, [])
            count += 1
            for slot in named:
                if self.holds(slot):
                    self.freed(self.slots[slot]["frame"], self.slots[slot]["order"])
            return bool(named)

        result, woken = operation(reclaim)
        return result + (f"/{count}" if count else "") + ("w" if woken else "")

    def allocate(self, node, order, gfp, task, bound):
        def operation(reclaim):
            frame, woken = self.machine.allocate_pages(node, order, gfp, task, bound, reclaim)
            granted = None if frame == "stalled" else frame
            if granted is not None:
                self.holder[granted] = len(self.slots)
            self.slots.append({"frame": granted, "order": order, "users": 1})
            return "~" if frame == "stalled" else "-" if frame is None else str(frame), woken

        return self.reclaiming(operation)

    def run(self, operation):
        word, numbers = operation[0], [int(number) for number in operation[1:].split(":") if number]
        if word in "AN":
            return self.allocate(*numbers, word == "N")
        if word == "p":
            if self.holds(numbers[1]):
                self.plan.setdefault(numbers[0], []).append(numbers[1])
            return "."
        if word == "g":
            if self.holds(numbers[0]):
                self.machine.get_page(self.slots[numbers[0]]["frame"])
                self.slots[numbers[0]]["users"] += 1
            return "."
        if word == "f":
            slot = numbers[0]
            return self.freed(self.slots[slot]["frame"], self.slots[slot]["order"]) if self.holds(slot) else "."
        if word == "F":
            return self.freed(*numbers)
        if word == "k":
            return self.reclaiming(lambda reclaim: (self.machine.kswapd(reclaim) or ".", False))
        return "-"  # like any operation of a later day
