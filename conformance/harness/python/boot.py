"""A small boot allocator, a map with one byte for each page, as a pattern for attaching your own.

    npx buddy-oracle check -- python3 boot.py

What is granted begins in the rest of the page where the last grant ended, if it fits there, else at a free page.
"""
from harness import Unsupported, serve
from words import BootWords

def up(number, multiple):
    return -(-number // multiple) * multiple


class Node:
    """The memory of one node: every page is taken at first, and its bitmap is never granted."""

    def __init__(self, start, end, bitmap, page):
        self.start, self.end, self.page, self.retired = start, end, page, False
        self.taken = bytearray(b"\1" * (end - start))
        self.map = range(bitmap, bitmap + up(up(end - start, 8) // 8, page) // page)
        self.last = 0  # the byte where the last grant ended, while the rest of its page is free; a multiple of a page if not

    def is_free(self, first, end):
        """Whether a grant may lie in these pages."""
        return first >= self.start and end <= self.end and not any(
            self.taken[page - self.start] or page in self.map for page in range(first, end))

    def mark(self, first, end, is_taken):
        """Takes pages, or frees them; the rest of the last page among them is not the last grant's any more."""
        if first < end:
            self.taken[first - self.start:end - self.start] = bytes([is_taken]) * (end - first)
            if first * self.page <= self.last < end * self.page:
                self.last = 0

    def place(self, size, align):
        at, page = up(self.last, align), self.page
        if at < up(self.last, page) and self.is_free(up(self.last, page) // page, up(at + size, page) // page):
            return at
        step = max(align, page)
        places = range(up(self.start * page, step), self.end * page, step)
        return next((at for at in places if self.is_free(at // page, up(at + size, page) // page)), None)


class Boot:
    """Boot memory: its nodes, in their order. Pages and bytes count from 0."""

    def __init__(self, nodes, page=4096):
        self.nodes, self.page = [Node(*node, page) for node in nodes], page

    def reserve(self, node, address, size):
        of, first, end = self.nodes[node], address // self.page, up(address + size, self.page) // self.page
        before = [page for page in range(first, end) if of.taken[page - of.start]]
        of.mark(first, end, True)
        return before

    def free(self, node, address, size):
        self.nodes[node].mark(up(address, self.page) // self.page, (address + size) // self.page, False)

    def allocate(self, node, size, align, _goal):
        for of in self.nodes if node == "*" else [self.nodes[node]]:
            at = None if of.retired else of.place(size, align)
            if at is not None:
                of.mark(at // self.page, up(at + size, self.page) // self.page, True)
                of.last = at + size
                return at
        return None

    def retire(self, node):
        of = self.nodes[node]
        of.retired = True
        return [page for page in range(of.start, of.end) if not of.taken[page - of.start]] + list(of.map)


def no_arena(*_):
    raise Unsupported("it has boot memory alone")


if __name__ == "__main__":
    serve(name="a small boot allocator in Python", revision="1", open=no_arena, claims=["complete"],
          features=["boot", "boot:page-size"], boot=lambda *init: BootWords(Boot(*init)))
