//! Attaches the example, a small buddy system, to the judge: put your allocator in its place.
//!
//!     rustc --edition 2021 -O -o judged attach.rs && npx buddy-oracle check -- ./judged
//!
//! With --cfg threads several threads use it under a lock.
mod oracle;
#[cfg(threads)]
mod threads;
#[path = "example/buddy.rs"]
mod buddy;

use buddy::Buddy;
use oracle::{Allocator, Arena, Harness, NoArena, Not};

struct Attached {
    base: u64,
    buddy: Buddy,
}

impl Attached {
    fn framed(&self, at: Option<u64>) -> Result<u64, Not> {
        at.map(|at| self.base + at).ok_or(Not::Refused)
    }
}

impl Allocator for Attached {
    fn allocate(&mut self, order: u32) -> Result<u64, Not> {
        let at = self.buddy.allocate(order);
        self.framed(at)
    }

    fn free(&mut self, frame: u64, order: u32) -> Result<(), Not> {
        if let Some(misuse) = self.buddy.misuse(frame.checked_sub(self.base), order) {
            return Err(Not::Wrong(misuse, format!("freeing frame {frame}")));
        }
        self.buddy.free(frame - self.base, order);
        Ok(())
    }

    #[cfg(threads)]
    fn threads(&mut self, scripts: &[&str]) -> Vec<String> {
        threads::carry_out(&std::sync::Mutex::new(self), scripts)
    }

    fn free_all(&mut self, blocks: &[(u64, u32)]) -> Result<(), Not> {
        blocks.iter().try_for_each(|&(frame, order)| self.free(frame, order))
    }

    fn free_count(&self) -> u64 {
        self.buddy.free_count()
    }

    fn free_list(&self, order: u32) -> Vec<u64> {
        self.buddy.free_blocks(order).iter().map(|at| self.base + at).collect()
    }

    fn pair_bits(&self, order: u32) -> Vec<bool> {
        self.buddy.pair_bits(order)
    }

    fn memory(&mut self, frame: u64) -> &mut [u8] {
        self.buddy.memory(frame - self.base)
    }

    fn resize(&mut self, pages: u64) -> Result<(), Not> {
        if self.buddy.resize(pages) { Ok(()) } else { Err(Not::Refused) }
    }

    fn allocate_in(&mut self, order: u32, low: u64, end: u64) -> Result<u64, Not> {
        let at = self.buddy.allocate_in(order, low.saturating_sub(self.base), end.saturating_sub(self.base));
        self.framed(at)
    }

    fn allocate_frames(&mut self, frames: u64, align: u64) -> Result<u64, Not> {
        let at = self.buddy.allocate_frames(frames, align);
        self.framed(at)
    }

    fn free_frames(&mut self, frame: u64, _frames: u64) -> Result<(), Not> {
        self.buddy.free_frames(frame - self.base);
        Ok(())
    }
}

fn open(arena: &Arena) -> Result<Box<dyn Allocator>, NoArena> {
    let reserved = arena.reserved.iter().flat_map(|&(first, count)| first - arena.base..first - arena.base + count).collect();
    Ok(Box::new(Attached { base: arena.base, buddy: Buddy::new(arena.pages, arena.orders, reserved) }))
}

fn main() {
    oracle::serve(&Harness {
        name: "buddy in Rust",
        revision: "1",
        claims: vec![
            "complete", "best-fit", "capacity", "misuse:double-free", "misuse:never-allocated", "misuse:inner-page",
            "misuse:misaligned", "misuse:wrong-order", "misuse:out-of-range",
        ],
        features: vec!["observe:free-count", "observe:free-blocks", "observe:pair-bits", "payload", "range", "resize", "sized", "bulk", #[cfg(threads)] "threads:4"],
        open,
    });
}
