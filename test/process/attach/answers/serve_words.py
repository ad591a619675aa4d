"""A scripted boot memory and machine, for the test of the words in Python."""
from harness import Unsupported, serve
from words import BootWords, MachineWords


class Boot:
    def __init__(self, nodes):
        self.nodes = nodes

    def reserve(self, node, address, size):
        return [address // 4096] if size > 4096 else "no-such-node" if node == 9 else []

    def free(self, node, address, size):
        return "out-of-range" if address > 99 else None

    def allocate(self, node, size, align, goal):
        return None if size == 5 else 8192 if node == "*" else size + align + goal

    def retire(self, node):
        return [1, 2, 5, 6, 7, 3] if node == 0 else "retired"


class Machine:
    def __init__(self, shape):
        self.next = shape["orders"]

    def allocate_pages(self, node, order, gfp, task, bound, reclaim):
        if order == 3:
            return "stalled", True
        if order == 2:
            return (None if reclaim() and reclaim() else 77), False
        self.next += 1
        return (None if bound else self.next), gfp == 1

    def free(self, frame, order):
        return "double-free" if order == 9 else None

    def get_page(self, frame):
        pass

    def kswapd(self, reclaim):
        while reclaim():
            pass

    def observe(self, views):
        return {"zones": [[self.next, True]]}


def none(*_):
    raise Unsupported("no arena")


serve("words", "1", none, [], ["boot", "machine"], lambda nodes: BootWords(Boot(nodes)),
      lambda shape: MachineWords(Machine(shape)))
