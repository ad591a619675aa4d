//! An allocator that answers by a script, for the test of the harness in Rust.
mod oracle;

use oracle::{Allocator, Arena, Harness, NoArena, Not, Usable};

struct Scripted {
    base: u64,
    pages: u64,
    next: u64,
    reserved: u64,
    bytes: Vec<u8>,
}

fn wrong<T>(kind: &'static str, detail: &str) -> Result<T, Not> {
    Err(Not::Wrong(kind, detail.into()))
}

impl Allocator for Scripted {
    fn usable(&self) -> Usable {
        match self.pages {
            3 => Usable::Probe,
            5 => Usable::Runs(vec![(8, 2), (12, 1)]),
            _ => Usable::AllButReserved,
        }
    }

    fn allocate(&mut self, order: u32) -> Result<u64, Not> {
        match order {
            0 => {
                self.next += 1;
                Ok(self.next - 1)
            }
            2 => wrong("internal", "list \"2\" is broken"),
            3 => wrong("no-frame", "byte 4097"),
            4 => {
                self.bytes[4 * (self.next as usize - 1) + 2] ^= 1;
                Err(Not::Refused)
            }
            7 => Ok(self.reserved),
            _ => Err(Not::Refused),
        }
    }

    fn free(&mut self, _frame: u64, order: u32) -> Result<(), Not> {
        match order {
            0 => Ok(()),
            9 => wrong("wrong-order", ""),
            _ => wrong("double-free", "twice"),
        }
    }

    fn free_count(&self) -> u64 {
        7
    }

    fn free_list(&self, order: u32) -> Vec<u64> {
        if order == 1 { vec![self.base] } else { vec![2, 1] }
    }

    fn pair_bits(&self, _order: u32) -> Vec<bool> {
        vec![false, true]
    }

    fn memory(&mut self, frame: u64) -> &mut [u8] {
        &mut self.bytes[4 * frame as usize..][..4]
    }

    fn resize(&mut self, pages: u64) -> Result<(), Not> {
        if pages == 4 { Ok(()) } else { Err(Not::Refused) }
    }

    fn allocate_in(&mut self, order: u32, low: u64, end: u64) -> Result<u64, Not> {
        if low + u64::from(order) < end { Ok(low + u64::from(order)) } else { Err(Not::Refused) }
    }

    fn allocate_frames(&mut self, frames: u64, align: u64) -> Result<u64, Not> {
        Ok(frames + align)
    }

    fn free_frames(&mut self, frame: u64, frames: u64) -> Result<(), Not> {
        if frame == 7 && frames == 3 { Ok(()) } else { wrong("wrong-order", "") }
    }
}

fn open(arena: &Arena) -> Result<Box<dyn Allocator>, NoArena> {
    let reserved = arena.reserved.iter().map(|(first, count)| 100 * first + count).sum();
    match arena.pages {
        1 => Err(NoArena::Unsupported("no \"single\" frame".into())),
        2 => Err(NoArena::Failed("panic".into())),
        pages => Ok(Box::new(Scripted { base: arena.base, pages, next: arena.base, reserved, bytes: vec![0; 32768] })),
    }
}

fn main() {
    oracle::serve(&Harness {
        name: "a \"scripted\" one",
        revision: "1",
        claims: vec!["complete", "best-fit"],
        features: vec!["observe:free-count", "payload"],
        open,
    });
}
