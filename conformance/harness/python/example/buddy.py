"""A buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours."""

FRAME_BYTES = 16


class Buddy:
    """Blocks are counted from the arena's base inside, and frames with the base included outside."""

    def __init__(self, base, pages, orders, reserved):
        self.base, self.pages, self.orders = base, pages, orders
        self.blocks = [set() for _ in range(orders)]  # the free blocks of each order, by their first frames
        self.head = [None] * pages  # of each frame, the first one of the outstanding block that it lies in
        self.size = {}  # frames of each outstanding block
        self.freed = set()  # frames that headed a block which was freed
        self.bytes = bytearray(pages * FRAME_BYTES)
        self.reserved = {frame - base for first, count in reserved for frame in range(first, first + count)}
        self.give_singly(0, pages)

    def give(self, at, order):
        """Makes a block free; it joins its buddy as long as that is free too."""
        while order < self.orders - 1 and at ^ 1 << order in self.blocks[order]:
            self.blocks[order].remove(at ^ 1 << order)
            at &= ~(1 << order)
            order += 1
        self.blocks[order].add(at)

    def give_singly(self, first, end):
        for at in range(first, end):
            if at not in self.reserved:
                self.give(at, 0)

    def carve(self, at, order, block, larger):
        """Takes a block out of a larger free one; what is left of that stays free."""
        self.blocks[larger].remove(block)
        while larger > order:
            larger -= 1
            upper = block + (1 << larger)
            self.blocks[larger].add(block if at >= upper else upper)
            block = upper if at >= upper else block
        return at

    def hold(self, at, frames):
        self.head[at:at + frames] = [at] * frames
        self.size[at] = frames
        return self.base + at

    def drop(self, at):
        frames = self.size.pop(at)
        self.head[at:at + frames] = [None] * frames
        self.freed.add(at)
        return frames

    def take(self, order):
        for larger in range(order, self.orders):
            if self.blocks[larger]:
                block = min(self.blocks[larger])
                return self.carve(block, order, block, larger)
        return None

    def allocate(self, order):
        at = self.take(order)
        return None if at is None else self.hold(at, 1 << order)

    def free(self, frame, order):
        at = frame - self.base
        misuse = self.misuse(at, order)
        if misuse is None:
            self.drop(at)
            self.give(at, order)
        return misuse

    def free_all(self, blocks):
        for frame, order in blocks:
            self.free(frame, order)

    def misuse(self, at, order):
        if order >= self.orders or at < 0 or at + (1 << order) > self.pages:
            return "out-of-range"
        if self.head[at] == at:
            return None if self.size[at] == 1 << order else "wrong-order"
        if at % (1 << order):
            return "misaligned"
        if self.head[at] is not None:
            return "inner-page"
        return "double-free" if at in self.freed else "never-allocated"

    def allocate_in(self, order, low, end):
        for larger in range(order, self.orders):
            size = 1 << order  # an order may be of any size; only one that the arena has is shifted by
            for block in sorted(self.blocks[larger]):
                at = -(-max(block, low - self.base) // size) * size
                if at + size <= min(block + (1 << larger), end - self.base):
                    return self.hold(self.carve(at, order, block, larger), size)
        return None

    def allocate_frames(self, frames, align):
        order = (max(frames, align) - 1).bit_length()
        at = self.take(order)
        if at is None:
            return None
        frame = self.hold(at, frames)
        self.give_singly(at + frames, at + (1 << order))
        return frame

    def free_frames(self, frame, _frames):
        at = frame - self.base
        self.give_singly(at, at + self.drop(at))

    def resize(self, pages):
        if any(at + frames > pages for at, frames in self.size.items()) or any(at >= pages for at in self.reserved):
            return False
        cut = [(at, order) for order in range(self.orders) for at in self.blocks[order] if at + (1 << order) > pages]
        for at, order in cut:
            self.blocks[order].remove(at)
        for at, _ in cut:
            self.give_singly(at, pages)
        self.give_singly(self.pages, pages)
        self.pages = pages
        return True

    def observe(self, _views):
        bits = ["".join(str(int((at in self.blocks[order]) != (at + (1 << order) in self.blocks[order])))
                        for at in range(0, self.pages, 2 << order)) for order in range(self.orders - 1)]
        return {"free-count": sum(len(blocks) << order for order, blocks in enumerate(self.blocks)),
                "free-blocks": [sorted(self.base + at for at in blocks) for blocks in self.blocks],
                "pair-bits": bits}

    def memory(self, frame):
        return memoryview(self.bytes)[(frame - self.base) * FRAME_BYTES:(frame - self.base + 1) * FRAME_BYTES]
