"""First fit over a list of frames: slow, simple, and complete.

    npx buddy-oracle check -- python3 example.py
"""
from harness import serve


class FirstFit:
    def __init__(self, base, pages, orders, reserved):
        self.base, self.orders = base, orders
        self.free_frames = [True] * pages
        for first, count in reserved:
            self.mark(first, count, False)

    def mark(self, first, count, free):
        self.free_frames[first - self.base:first - self.base + count] = [free] * count

    def allocate(self, order):
        if order >= self.orders:
            return None
        size = 1 << order
        for index in range(0, len(self.free_frames) - size + 1, size):
            if all(self.free_frames[index:index + size]):
                self.mark(self.base + index, size, False)
                return self.base + index
        return None

    def free(self, frame, order):
        self.mark(frame, 1 << order, True)


if __name__ == "__main__":
    serve(name="first fit", revision="1", open=FirstFit, claims=["complete", "capacity"])
