"""Attaches the example, a small buddy system, to the judge: put your allocator in its place.

    npx buddy-oracle check -- python3 attach.py
"""
from example.buddy import Buddy
from harness import serve

KINDS = ["double-free", "never-allocated", "inner-page", "misaligned", "wrong-order", "out-of-range"]

if __name__ == "__main__":
    serve(name="buddy in Python", revision="1", open=Buddy,
          claims=["complete", "best-fit", "capacity"] + ["misuse:" + kind for kind in KINDS],
          features=["observe:free-count", "observe:free-blocks", "observe:pair-bits", "payload", "range", "resize", "sized",
                    "bulk"])
