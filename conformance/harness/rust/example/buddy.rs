//! A buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours.
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub const FRAME_BYTES: usize = 16;

/// Blocks are counted from 0.
pub struct Buddy {
    pages: u64,
    blocks: Vec<BTreeSet<u64>>, // the free blocks of each order
    size: BTreeMap<u64, u64>,   // frames of each outstanding block
    freed: HashSet<u64>,        // frames that headed a block which was freed
    reserved: HashSet<u64>,
    bytes: Vec<u8>,
}

impl Buddy {
    /// All frames are free but the reserved ones.
    pub fn new(pages: u64, orders: u32, reserved: HashSet<u64>) -> Self {
        let blocks = vec![BTreeSet::new(); orders as usize];
        let bytes = vec![0; pages as usize * FRAME_BYTES];
        let mut buddy = Buddy { pages, blocks, size: BTreeMap::new(), freed: HashSet::new(), reserved, bytes };
        buddy.give_singly(0, pages);
        buddy
    }

    fn orders(&self) -> u32 {
        self.blocks.len() as u32
    }

    /// Makes a block free; it joins its buddy as long as that is free too.
    fn give(&mut self, mut at: u64, mut order: u32) {
        while order + 1 < self.orders() && self.blocks[order as usize].remove(&(at ^ 1 << order)) {
            at &= !(1 << order);
            order += 1;
        }
        self.blocks[order as usize].insert(at);
    }

    fn give_singly(&mut self, first: u64, end: u64) {
        for at in first..end {
            if !self.reserved.contains(&at) {
                self.give(at, 0);
            }
        }
    }

    /// Takes a block out of a larger free one; what is left of that stays free.
    fn carve(&mut self, at: u64, order: u32, mut block: u64, larger: u32) -> u64 {
        self.blocks[larger as usize].remove(&block);
        for half in (order..larger).rev() {
            let upper = block + (1 << half);
            self.blocks[half as usize].insert(if at >= upper { block } else { upper });
            block = if at >= upper { upper } else { block };
        }
        at
    }

    fn drop(&mut self, at: u64) -> u64 {
        self.freed.insert(at);
        self.size.remove(&at).expect("only what is outstanding is freed")
    }

    fn take(&mut self, order: u32, frames: u64) -> Option<u64> {
        let larger = (order..self.orders()).find(|&at| !self.blocks[at as usize].is_empty())?;
        let block = *self.blocks[larger as usize].first()?;
        let at = self.carve(block, order, block, larger);
        self.size.insert(at, frames);
        Some(at)
    }

    pub fn allocate(&mut self, order: u32) -> Option<u64> {
        if order < self.orders() { self.take(order, 1 << order) } else { None }
    }

    pub fn free(&mut self, at: u64, order: u32) {
        self.drop(at);
        self.give(at, order);
    }

    /// What misuse it would be to free a block.
    pub fn misuse(&self, at: Option<u64>, order: u32) -> Option<&'static str> {
        let Some(at) = at else { return Some("out-of-range") };
        if order >= self.orders() || at + (1 << order) > self.pages {
            return Some("out-of-range");
        }
        match self.size.range(..=at).next_back() {
            Some((&head, &frames)) if head == at => return if frames == 1 << order { None } else { Some("wrong-order") },
            _ if at % (1 << order) != 0 => return Some("misaligned"),
            Some((&head, &frames)) if head + frames > at => return Some("inner-page"),
            _ => {}
        }
        Some(if self.freed.contains(&at) { "double-free" } else { "never-allocated" })
    }

    /// A block within [low, end).
    pub fn allocate_in(&mut self, order: u32, low: u64, end: u64) -> Option<u64> {
        let size = 1u64.checked_shl(order)?;
        for larger in order..self.orders() {
            let fits = |&block: &u64| {
                let at = (block.max(low) + size - 1) / size * size;
                (at + size <= end.min(block + (1 << larger))).then_some((at, block))
            };
            if let Some((at, block)) = self.blocks[larger as usize].iter().find_map(fits) {
                self.size.insert(at, size);
                return Some(self.carve(at, order, block, larger));
            }
        }
        None
    }

    /// That many frames; the rest of the block is given back.
    pub fn allocate_frames(&mut self, frames: u64, align: u64) -> Option<u64> {
        let order = frames.max(align).next_power_of_two().trailing_zeros();
        let at = self.take(order, frames)?;
        self.give_singly(at + frames, at + (1 << order));
        Some(at)
    }

    pub fn free_frames(&mut self, at: u64) {
        let end = at + self.drop(at);
        self.give_singly(at, end);
    }

    pub fn resize(&mut self, pages: u64) -> bool {
        let is_cut = self.size.iter().any(|(at, frames)| at + frames > pages) || self.reserved.iter().any(|&at| at >= pages);
        if is_cut {
            return false;
        }
        let mut cut = vec![];
        for (order, blocks) in self.blocks.iter_mut().enumerate() {
            cut.extend(blocks.iter().copied().filter(|at| at + (1 << order) > pages));
            blocks.retain(|at| at + (1 << order) <= pages);
        }
        for at in cut {
            self.give_singly(at, pages);
        }
        self.give_singly(self.pages, pages);
        self.pages = pages;
        true
    }

    pub fn free_count(&self) -> u64 {
        self.blocks.iter().enumerate().map(|(order, blocks)| (blocks.len() as u64) << order).sum()
    }

    pub fn free_blocks(&self, order: u32) -> Vec<u64> {
        self.blocks[order as usize].iter().copied().collect()
    }

    pub fn pair_bits(&self, order: u32) -> Vec<bool> {
        let blocks = &self.blocks[order as usize];
        (0..self.pages).step_by(2 << order).map(|at| blocks.contains(&at) != blocks.contains(&(at + (1 << order)))).collect()
    }

    pub fn memory(&mut self, at: u64) -> &mut [u8] {
        &mut self.bytes[at as usize * FRAME_BYTES..(at as usize + 1) * FRAME_BYTES]
    }
}
