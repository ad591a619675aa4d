"""An allocator that answers by a script, for the test of the harness in Python."""
from harness import Failed, Unsupported, Wrong, serve

BYTES = bytearray(32768)


class Scripted:
    def __init__(self, base, pages, orders, reserved):
        if pages == 1:
            raise Unsupported('no "single" frame')
        if pages == 2:
            raise Failed("panic")
        self.usable = {3: "probe", 5: [[8, 2], [12, 1]]}.get(pages)
        self.base = self.next = base
        self.reserved = sum(100 * first + count for first, count in reserved)

    def allocate(self, order):
        if order == 0:
            self.next += 1
            return self.next - 1
        if order == 2:
            raise Wrong("internal", 'list "2" is broken')
        if order == 3:
            return 1.5
        if order == 4:
            BYTES[4 * (self.next - 1) + 2] ^= 1
        return self.reserved if order == 7 else None

    def free(self, _frame, order):
        if order == 9:
            return "wrong-order"
        if order != 0:
            raise Wrong("double-free", "twice")
        return None

    def observe(self, views):
        all_views = {"free-count": 7, "free-blocks": [[1, 2], [self.base]], "free-lists": [[2, 1], [self.base]],
                     "pair-bits": ["01"]}
        return {view: all_views[view] for view in views}

    def memory(self, frame):
        return memoryview(BYTES)[4 * frame:4 * frame + 4]

    def resize(self, pages):
        return pages == 4

    def allocate_in(self, order, low, end):
        return low + order if low + order < end else None

    def allocate_frames(self, frames, align):
        return frames + align

    def free_frames(self, frame, frames):
        return None if (frame, frames) == (7, 3) else "wrong-order"


serve('a "scripted" one', "1", Scripted, ["complete", "best-fit"], ["observe:free-count", "payload"])
