"""A page allocator with zones, watermarks and nodes, as a pattern for attaching your own.

    npx buddy-oracle check -- python3 machine.py

It keeps to Linux 2.4's rules of which zone may give a block, and not to its choice of the block within a zone.
"""
from harness import Unsupported, serve
from words import MachineWords

DMA, HIGHMEM, WAIT, EXEMPT = 0x01, 0x02, 0x10, 0x1800
NAMES = ["DMA", "Normal", "HighMem"]


class Zone:
    """One zone: a buddy system that keeps the free blocks of each order in a set."""

    def __init__(self, node, shape, balance, orders):
        name, self.base, self.pages, holes = shape
        self.node, self.kind, self.asks = node, NAMES.index(name), False
        self.lists = [set() for _ in range(orders)]
        ratio, least, most = balance[self.kind]
        self.min = min(max((self.pages - sum(count for _, count in holes)) // ratio, least), most)
        missing = {frame - self.base for first, count in holes for frame in range(first, first + count)}
        for page in range(self.pages):
            if page not in missing:
                self.give(page, 0)

    def free(self):
        return sum(len(blocks) << order for order, blocks in enumerate(self.lists))

    def take(self, order):
        """The first frame of a block, or None."""
        larger = next((at for at in range(order, len(self.lists)) if self.lists[at]), None)
        if larger is None:
            return None
        page = self.lists[larger].pop()
        for at in range(order, larger):
            self.lists[at].add(page + (1 << at))
        return self.base + page

    def give(self, page, order):
        while order < len(self.lists) - 1 and page ^ 1 << order in self.lists[order]:
            self.lists[order].remove(page ^ 1 << order)
            page &= ~(1 << order)
            order += 1
        self.lists[order].add(page)


class Machine:
    """All of a machine's memory."""

    def __init__(self, shape):
        self.orders, self.is_local = shape["orders"], shape["policy"] == "node-local"
        self.zones = [Zone(node, zone, shape["balance"], self.orders)
                      for node, zones in enumerate(shape["nodes"]) for zone in zones]
        self.nodes = list(reversed(range(len(shape["nodes"]))))  # the last node is first in the list
        self.next, self.users = 0, {}
        self.kept = None  # while somebody reclaims for himself: a list, of the first block that becomes free

    def zone_of(self, frame):
        return next(zone for zone in self.zones if zone.base <= frame < zone.base + zone.pages)

    def of_node(self, node, highest):
        """The zones of a node up to a kind of zone, the highest first."""
        zones = [zone for zone in self.zones if zone.node == node and zone.kind <= highest]
        return sorted(zones, key=lambda zone: -zone.kind)

    @staticmethod
    def take_above(zonelist, order, mark_of):
        """A block of the first zone that keeps its marks, and those of the zones before it."""
        needed = 1 << order
        for zone in zonelist:
            needed += mark_of(zone)
            frame = zone.take(order) if zone.free() > needed else None
            if frame is not None:
                return frame
        return None

    def on_node(self, node, order, gfp, task, reclaim, wake):
        """Linux's __alloc_pages on one node: a frame, None, or "stalled"."""
        zonelist = self.of_node(node, 0 if gfp & DMA else 2 if gfp & HIGHMEM else 1)
        if not zonelist:
            return None
        frame = self.take_above(zonelist, order, lambda zone: 2 * zone.min)
        if frame is not None:
            return frame
        zonelist[0].asks = True
        wake()
        frame = self.take_above(zonelist, order, lambda zone: zone.min if gfp & WAIT else zone.min >> 2)
        if frame is not None:
            return frame
        if task & EXEMPT:
            blocks = (zone.take(order) for zone in zonelist)
            return next((block for block in blocks if block is not None), None)
        while gfp & WAIT:
            has_progress, frame = self.reclaim_for(zonelist[0], order, reclaim)
            if frame is None:
                frame = self.take_above(zonelist, order, lambda zone: zone.min)
            if frame is not None or order > 3:
                return frame
            if not has_progress:
                return "stalled"
        return None

    def reclaim_for(self, class_zone, order, reclaim):
        """A direct reclaim: the first block that it frees is the caller's if it suits."""
        self.kept = []
        has_succeeded = reclaim()
        kept, self.kept = self.kept, None
        if not kept:
            return False, None  # what becomes free first is kept: nothing was freed
        [(frame, of)] = kept
        zone = self.zone_of(frame)
        if has_succeeded and zone.node == class_zone.node and zone.kind <= class_zone.kind and of == order:
            return True, frame
        zone.give(frame - zone.base, of)
        return True, None

    def allocate_pages(self, node, order, gfp, task, bound, reclaim):
        woken = []
        if order >= self.orders:
            return None, False
        start, count = self.nodes.index(node), 1 if self.is_local and bound else len(self.nodes)
        if not self.is_local:
            start, self.next = self.next, (self.next + 1) % len(self.nodes)
        for n in range(count):
            on = self.nodes[(start + n) % len(self.nodes)]
            frame = self.on_node(on, order, gfp, task, reclaim, lambda: woken.append(True))
            if frame is not None:
                if frame != "stalled":
                    self.users[frame] = 1
                return frame, bool(woken)
        return None, bool(woken)

    def free(self, frame, order):
        self.users[frame] -= 1
        if self.users[frame] > 0:
            return
        if self.kept == []:
            self.kept = [(frame, order)]
        else:
            self.zone_of(frame).give(frame - self.zone_of(frame).base, order)

    def get_page(self, frame):
        self.users[frame] += 1

    def kswapd(self, reclaim):
        for node in self.nodes:
            for zone in self.of_node(node, 2):
                if zone.asks:
                    has_succeeded = reclaim()
                    zone.asks = has_succeeded and not any(
                        one.free() > 3 * one.min for one in self.of_node(node, zone.kind))

    def observe(self, _views):
        return {"zones": [[zone.free(), zone.asks] for zone in self.zones]}


def no_arena(*_):
    raise Unsupported("no machine")


if __name__ == "__main__":
    serve(name="machine in Python", revision="1", open=no_arena, claims=["complete", "best-fit"],
          features=["machine", "observe:zones"], machine=lambda shape: MachineWords(Machine(shape)))
