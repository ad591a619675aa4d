//! Attaches a page allocator written in Rust to buddy-oracle, the judge: implement `Allocator`, hand a `Harness` to
//! `serve` in main, and run  npx buddy-oracle check -- ./your-program
//!
//! Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let it panic: a crash
//! is a verdict, and the judge names the operation. One process serves thousands of arenas, one after the other.
#![allow(dead_code)]
use std::io::{stdin, stdout, BufRead, Write};

/// The frames [base, base + pages), in blocks of the orders 0 to orders - 1. Frames include the base; they are never
/// byte addresses. The runs of (first frame, count) in `reserved` are never to be handed out.
pub struct Arena { pub base: u64, pub pages: u64, pub orders: u32, pub reserved: Vec<(u64, u64)> }

/// Why there is no arena; which frames of one can be handed out, if that is not all but the reserved.
pub enum NoArena { Unsupported(String), Failed(String) }
pub enum Usable { AllButReserved, Runs(Vec<(u64, u64)>), Probe }

/// Why an operation was not done: it is refused; or it is wrong, as "double-free" or another misuse, as "internal", a
/// check of yours that fired, or as "no-frame", a grant that is no frame at all. The detail is in your words.
pub enum Not { Refused, Wrong(&'static str, String) }

pub trait Allocator {
    /// Returns the first frame of a block. The order may be `orders` or more: refuse it.
    fn allocate(&mut self, order: u32) -> Result<u64, Not>;
    fn free(&mut self, frame: u64, order: u32) -> Result<(), Not>;
    fn usable(&self) -> Usable { Usable::AllButReserved }
    // Each with the feature of that name:
    fn free_count(&self) -> u64 { 0 } // observe:free-count
    fn free_list(&self, _order: u32) -> Vec<u64> { vec![] } // observe:free-lists; sorted for you, observe:free-blocks
    fn pair_bits(&self, _order: u32) -> Vec<bool> { vec![] } // observe:pair-bits
    fn memory(&mut self, _frame: u64) -> &mut [u8] { &mut [] } // payload: the bytes of a granted frame
    fn resize(&mut self, _pages: u64) -> Result<(), Not> { Err(Not::Refused) } // resize: [base, base + pages)
    fn allocate_in(&mut self, _order: u32, _low: u64, _end: u64) -> Result<u64, Not> { Err(Not::Refused) } // range
    fn allocate_frames(&mut self, _frames: u64, _align: u64) -> Result<u64, Not> { Err(Not::Refused) } // sized
    fn free_frames(&mut self, _frame: u64, _frames: u64) -> Result<(), Not> { Err(Not::Refused) } // sized: frees them
    fn free_all(&mut self, _blocks: &[(u64, u32)]) -> Result<(), Not> { Err(Not::Refused) } // bulk: by frame and order
    fn threads(&mut self, _scripts: &[&str]) -> Vec<String> { vec![] } // threads:N: carry_out, of threads.rs
}

pub struct Harness {
    pub name: &'static str,
    pub revision: &'static str,
    pub claims: Vec<&'static str>,   // what you will be held to
    pub features: Vec<&'static str>, // which of the optional methods are there
    pub open: fn(&Arena) -> Result<Box<dyn Allocator>, NoArena>,
}

fn quoted<T: AsRef<str>>(text: T) -> String {
    let plain = text.as_ref().replace(|c| c < ' ', " ");
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

fn joined<T>(list: impl IntoIterator<Item = T>, show: impl Fn(T) -> String) -> String {
    list.into_iter().map(show).collect::<Vec<_>>().join(",")
}

/// The numbers of a text, in their order, whatever stands between them.
fn numbers(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// What an allocation was granted, by frame and order, and how many frames if it was a sized one; an arena, all slots.
struct Slot { block: (u64, u32), frames: u64, held: bool }
struct Open { allocator: Box<dyn Allocator>, orders: u32, tagged: bool, slots: Vec<Slot> }

impl Open {
    /// Fills the memory of a slot's block with a tag of its own, or checks that it is there still.
    fn tag(&mut self, number: usize, fill: bool) -> Result<(), Not> {
        let Slot { block: (frame, order), frames, .. } = self.slots[number];
        let tag = (number as u32 + 1).wrapping_mul(0x9E37_79B1).to_le_bytes();
        let changed = |at| Err(Not::Wrong("payload", format!("frame {at} of the block at frame {frame}")));
        let count = if !self.tagged { 0 } else if frames > 0 { frames } else { 1 << order };
        for at in frame..frame + count {
            for (byte, wanted) in self.allocator.memory(at).iter_mut().zip(tag.iter().cycle()) {
                if !fill && byte != wanted { return changed(at) }
                *byte = *wanted;
            }
        }
        Ok(())
    }

    /// Notes an allocation, which counts as a slot whatever comes of it.
    fn granted(&mut self, order: u32, frames: u64, grant: Result<u64, Not>) -> Result<String, Not> {
        self.slots.push(Slot { block: (*grant.as_ref().unwrap_or(&0), order), frames, held: grant.is_ok() });
        let frame = grant?;
        self.tag(self.slots.len() - 1, true)?;
        Ok(frame.to_string())
    }

    /// Frees a block; the slot that holds it, if one does, then holds nothing.
    fn free(&mut self, number: Option<usize>, (frame, order): (u64, u32)) -> Result<(), Not> {
        let frames = number.map_or(0, |number| self.slots[number].frames);
        if let Some(number) = number.filter(|&number| self.slots[number].block.1 == order) { self.tag(number, false)? }
        if frames > 0 { self.allocator.free_frames(frame, frames)? } else { self.allocator.free(frame, order)? }
        if let Some(number) = number { self.slots[number].held = false }
        Ok(())
    }

    /// Frees at once the blocks of those of some slots that hold one.
    fn free_all(&mut self, mut numbers: Vec<u64>) -> Result<(), Not> {
        numbers.retain(|&n| self.slots.get(n as usize).map_or(false, |slot| slot.held && slot.frames == 0));
        numbers.iter().try_for_each(|&n| self.tag(n as usize, false))?;
        let blocks: Vec<_> = numbers.iter().map(|&n| self.slots[n as usize].block).collect();
        if !blocks.is_empty() { self.allocator.free_all(&blocks)? }
        numbers.iter().for_each(|&n| self.slots[n as usize].held = false);
        Ok(())
    }

    fn operation(&mut self, word: &str) -> Result<String, Not> {
        let given = numbers(word);
        let [n, next, last] = [0, 1, 2].map(|at| given.get(at).copied().unwrap_or(0));
        let (at, order) = (n as usize, n.min(65_535) as u32);
        match &word[..1] {
            "a" => { let grant = self.allocator.allocate(order); return self.granted(order, 0, grant) }
            "r" => { let grant = self.allocator.allocate_in(order, next, last); return self.granted(order, 0, grant) }
            "A" => { let grant = self.allocator.allocate_frames(n, next); return self.granted(0, n, grant) }
            "b" => self.free_all(given)?,
            "z" => self.allocator.resize(n)?,
            "F" => self.free(self.slots.iter().rposition(|slot| slot.held && slot.block.0 == n),
                             (n, next.min(65_535) as u32))?,
            // A slot that holds nothing is no mistake: shortening a case leaves such behind.
            "f" => if let Some(&Slot { block, held: true, .. }) = self.slots.get(at) { self.free(Some(at), block)? },
            _ => return Err(Not::Refused), // like any operation of a later day: the judge sends only what is declared
        }
        Ok(".".into())
    }

    fn run(&mut self, script: &str) -> String {
        let (mut results, mut detail) = (vec![], vec![]);
        for (at, word) in script.split(' ').enumerate() {
            results.push(self.operation(word).unwrap_or_else(|not| {
                let Not::Wrong(kind, said) = not else { return "-".into() };
                detail.push(format!("\"{at}\":{}", quoted(&said)));
                format!("!{kind}")
            }));
        }
        format!("\"ran\":\"{}\",\"detail\":{{{}}}", results.join(" "), detail.join(","))
    }

    fn view(&self, name: &str) -> String {
        if name == "free-count" { return format!("\"{name}\":{}", self.allocator.free_count()) }
        let bits = |order| self.allocator.pair_bits(order).iter().map(|&set| if set { '1' } else { '0' }).collect();
        let row = |order| {
            if name == "pair-bits" { return quoted::<String>(bits(order)) }
            let mut frames = self.allocator.free_list(order);
            if name == "free-blocks" { frames.sort_unstable() }
            format!("[{}]", joined(frames, |frame| frame.to_string()))
        };
        format!("\"{name}\":[{}]", joined(0..self.orders - u32::from(name == "pair-bits"), row))
    }
}

fn hello(Harness { name, revision, claims, features, .. }: &Harness) -> String {
    let [name, revision] = [name, revision].map(quoted);
    let [claims, features] = [claims, features].map(|words| joined(words, quoted));
    format!("\"hello\":{{\"version\":1,\"name\":{name},\"revision\":{revision},\"language\":\"Rust\",\
             \"claims\":[{claims}],\"features\":[{features}],\"maxBatch\":1000,\"maxLine\":1048576}}")
}

fn init(harness: &Harness, n: &[u64], open: &mut Option<Open>) -> String {
    *open = None; // forgotten before there is another
    let reserved = n[3..].chunks_exact(2).map(|run| (run[0], run[1])).collect();
    let allocator = match (harness.open)(&Arena { base: n[0], pages: n[1], orders: n[2] as u32, reserved }) {
        Err(NoArena::Unsupported(why)) => return format!("\"unsupported\":{}", quoted(&why)),
        Err(NoArena::Failed(why)) => return format!("\"failed\":{}", quoted(&why)),
        Ok(allocator) => allocator,
    };
    let usable = match allocator.usable() {
        Usable::AllButReserved => String::new(),
        Usable::Probe => "\"usable\":\"probe\"".into(),
        Usable::Runs(runs) => format!("\"usable\":[{}]", joined(runs, |(first, count)| format!("[{first},{count}]"))),
    };
    *open = Some(Open { allocator, orders: n[2] as u32, tagged: harness.features.contains(&"payload"), slots: vec![] });
    format!("\"ready\":{{{usable}}}")
}

/// Answers until the judge says goodbye or is gone.
pub fn serve(harness: &Harness) {
    let (mut open, mut output) = (None, stdout().lock());
    for line in stdin().lock().lines().map_while(Result::ok) {
        let n = numbers(&line); // the first is the id
        let texts: Vec<_> = line.split('"').skip(1).step_by(2).collect();
        let said = match (&texts[1..], &mut open) {
            (["run", script], Some(open)) => Open::run(open, script),
            (["observe", names @ ..], Some(open)) => {
                format!("\"observed\":{{{}}}", joined(names, |name| open.view(name)))
            }
            (["threads", scripts @ ..], Some(open)) => {
                format!("\"threads\":[{}]", joined(open.allocator.threads(scripts), quoted))
            }
            (["init", "base", ..], _) => init(harness, &n[1..], &mut open),
            (["hello", ..], _) if n[1..].contains(&1) => hello(harness),
            (["hello", ..], _) => "\"refuse\":\"this harness speaks version 1 only\"".into(),
            (["bye"], _) => "\"bye\":true".into(),
            _ => "\"unknown\":true".into(),
        };
        let sent = writeln!(output, "{{\"id\":{},{said}}}", n[0]).and_then(|()| output.flush());
        if sent.is_err() || texts[1] == "bye" { return } // the judge is gone, and nobody is left to tell
    }
}
