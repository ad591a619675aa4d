//! Attaches a page allocator written in Rust to buddy-oracle, the judge: implement `Allocator`, hand a `Harness` to `serve` in
//! main, and run  npx buddy-oracle check -- ./your-program
//!
//! Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let it panic: a crash is a
//! verdict, and the judge names the operation. One process serves thousands of arenas, one after the other.
#![allow(dead_code)]
use std::collections::HashMap;
use std::io::{BufRead, Write};

/// The frames [base, base + pages), in blocks of the orders 0 to orders - 1. Frames include the base; they are never byte
/// addresses. The runs of (first frame, count) in `reserved` are never to be handed out.
pub struct Arena {
    pub base: u64,
    pub pages: u64,
    pub orders: u32,
    pub reserved: Vec<(u64, u64)>,
}

/// Why there is no arena.
pub enum NoArena {
    Unsupported(String),
    Failed(String),
}

/// Which frames can be handed out, if that is not all but the reserved.
pub enum Usable {
    AllButReserved,
    Runs(Vec<(u64, u64)>),
    Probe,
}

/// Why an operation was not done: it is refused; or it is wrong, as "double-free" or another misuse, as "internal", a check of
/// yours that fired, or as "no-frame", a grant that is no frame at all. The detail is in your words.
pub enum Not {
    Refused,
    Wrong(&'static str, String),
}

pub trait Allocator {
    /// Returns the first frame of a block. The order may be `orders` or more: refuse it.
    fn allocate(&mut self, order: u32) -> Result<u64, Not>;
    fn free(&mut self, frame: u64, order: u32) -> Result<(), Not>;
    fn usable(&self) -> Usable {
        Usable::AllButReserved
    }
    // Each with the feature of that name:
    fn free_count(&self) -> u64 { 0 } // observe:free-count
    fn free_list(&self, _order: u32) -> Vec<u64> { vec![] } // observe:free-lists and, sorted for you, observe:free-blocks
    fn pair_bits(&self, _order: u32) -> Vec<bool> { vec![] } // observe:pair-bits
    fn memory(&mut self, _frame: u64) -> &mut [u8] { &mut [] } // payload: the bytes of a granted frame
    fn resize(&mut self, _pages: u64) -> Result<(), Not> { Err(Not::Refused) } // resize: [base, base + pages)
    fn allocate_in(&mut self, _order: u32, _low: u64, _end: u64) -> Result<u64, Not> { Err(Not::Refused) } // range: [low, end)
    fn allocate_frames(&mut self, _frames: u64, _align: u64) -> Result<u64, Not> { Err(Not::Refused) } // sized: that many
    fn free_frames(&mut self, _frame: u64, _frames: u64) -> Result<(), Not> { Err(Not::Refused) } // sized: frees them
    fn free_all(&mut self, _blocks: &[(u64, u32)]) -> Result<(), Not> { Err(Not::Refused) } // bulk: by frame and order, at once
    fn threads(&mut self, _scripts: &[&str]) -> Vec<String> { vec![] } // threads:N: carry_out, of threads.rs
}

pub struct Harness {
    pub name: &'static str,
    pub revision: &'static str,
    pub claims: Vec<&'static str>,
    pub features: Vec<&'static str>,
    pub open: fn(&Arena) -> Result<Box<dyn Allocator>, NoArena>,
}

/// What an allocation was granted; `frames` is the number of frames of a sized one, or 0.
struct Slot {
    frame: u64,
    frames: u64,
    order: u32,
    held: bool,
}

/// One arena, and what was granted of it.
struct Open {
    allocator: Box<dyn Allocator>,
    orders: u32,
    tagged: bool,
    slots: Vec<Slot>,
    holder: HashMap<u64, usize>, // which slot holds a frame, until it is freed
}

fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c < ' ' { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

fn listed<T>(list: impl IntoIterator<Item = T>, show: impl Fn(T) -> String) -> String {
    format!("[{}]", list.into_iter().map(show).collect::<Vec<_>>().join(","))
}

/// The numbers of a text, in their order, whatever stands between them.
fn numbers(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).map(|digits| digits.parse().unwrap_or(u64::MAX)).collect()
}

impl Open {
    /// Fills the memory of a slot's block with a tag of its own, or checks that it is there still.
    fn tag(&mut self, number: usize, fill: bool) -> Result<(), Not> {
        let Slot { frame, frames, order, .. } = self.slots[number];
        let tag = (number as u32 + 1).wrapping_mul(0x9E37_79B1).to_le_bytes();
        for at in frame..frame + if frames == 0 { 1 << order } else { frames } {
            for (n, byte) in self.allocator.memory(at).iter_mut().enumerate() {
                if fill {
                    *byte = tag[n % 4];
                } else if *byte != tag[n % 4] {
                    return Err(Not::Wrong("payload", format!("frame {at} of the block at frame {frame}")));
                }
            }
        }
        Ok(())
    }

    /// Notes an allocation, which counts as a slot whatever comes of it.
    fn granted(&mut self, order: u32, frames: u64, grant: Result<u64, Not>) -> Result<String, Not> {
        self.slots.push(Slot { frame: *grant.as_ref().unwrap_or(&0), frames, order, held: grant.is_ok() });
        let frame = grant?;
        self.holder.insert(frame, self.slots.len() - 1);
        if self.tagged {
            self.tag(self.slots.len() - 1, true)?;
        }
        Ok(frame.to_string())
    }

    fn free(&mut self, frame: u64, order: u32) -> Result<String, Not> {
        let number = self.holder.get(&frame).copied();
        let frames = number.map_or(0, |number| self.slots[number].frames);
        if let Some(number) = number.filter(|&number| self.tagged && self.slots[number].order == order) {
            self.tag(number, false)?;
        }
        if frames > 0 { self.allocator.free_frames(frame, frames)? } else { self.allocator.free(frame, order)? }
        if let Some(number) = number {
            self.slots[number].held = false;
            self.holder.remove(&frame);
        }
        Ok(".".into())
    }

    /// Frees at once the blocks of those of some slots that hold one.
    fn free_all(&mut self, mut wanted: Vec<u64>) -> Result<String, Not> {
        wanted.retain(|&n| self.slots.get(n as usize).map_or(false, |slot| slot.held && slot.frames == 0));
        if self.tagged { wanted.iter().try_for_each(|&number| self.tag(number as usize, false))? }
        let blocks: Vec<_> = wanted.iter().map(|&n| (self.slots[n as usize].frame, self.slots[n as usize].order)).collect();
        if !blocks.is_empty() { self.allocator.free_all(&blocks)? }
        for number in wanted {
            self.slots[number as usize].held = false;
            self.holder.remove(&self.slots[number as usize].frame);
        }
        Ok(".".into())
    }

    fn operation(&mut self, word: &str) -> Result<String, Not> {
        let n = [numbers(&word[1..]), vec![0; 3]].concat();
        let order = n[0].min(65_535) as u32;
        match &word[..1] {
            "a" => { let grant = self.allocator.allocate(order); self.granted(order, 0, grant) }
            "r" => { let grant = self.allocator.allocate_in(order, n[1], n[2]); self.granted(order, 0, grant) }
            "A" => { let grant = self.allocator.allocate_frames(n[0], n[1]); self.granted(0, n[0], grant) }
            "b" => self.free_all(numbers(&word[1..])),
            "z" => self.allocator.resize(n[0]).map(|()| ".".into()),
            "F" => self.free(n[0], n[1].min(65_535) as u32),
            "f" => match self.slots.get(n[0] as usize) {
                Some(slot) if slot.held => self.free(slot.frame, slot.order),
                _ => Ok(".".into()), // a slot that holds nothing is no mistake: shortening a case leaves such behind
            },
            _ => Err(Not::Refused), // like any operation of a later day: the judge sends only what is declared
        }
    }

    fn run(&mut self, script: &str) -> String {
        let (mut results, mut detail) = (vec![], vec![]);
        for (at, word) in script.split(' ').enumerate() {
            results.push(self.operation(word).unwrap_or_else(|not| match not {
                Not::Refused => "-".into(),
                Not::Wrong(kind, said) => {
                    detail.push(format!("\"{at}\":{}", quoted(&said)));
                    format!("!{kind}")
                }
            }));
        }
        format!("\"ran\":\"{}\",\"detail\":{{{}}}", results.join(" "), detail.join(","))
    }

    fn observe(&self, line: &str) -> String {
        let show = |frame: u64| frame.to_string();
        let sorted = |order| { let mut list = self.allocator.free_list(order); list.sort_unstable(); list };
        let bits = |order| quoted(&self.allocator.pair_bits(order).iter().map(|&bit| if bit { '1' } else { '0' }).collect::<String>());
        let views = [
            ("free-count", self.allocator.free_count().to_string()),
            ("free-blocks", listed(0..self.orders, |order| listed(sorted(order), show))),
            ("free-lists", listed(0..self.orders, |order| listed(self.allocator.free_list(order), show))),
            ("pair-bits", listed(0..self.orders - 1, bits)),
        ];
        let asked = views.iter().filter(|(name, _)| line.contains(&quoted(name)));
        format!("\"observed\":{{{}}}", asked.map(|(name, view)| format!("\"{name}\":{view}")).collect::<Vec<_>>().join(","))
    }
}

impl Harness {
    fn hello(&self, line: &str) -> String {
        if !numbers(line.split("\"versions\"").nth(1).unwrap_or("")).contains(&1) {
            return "\"refuse\":\"this harness speaks version 1 only\"".into();
        }
        let words = |list: &Vec<&str>| listed(list.iter(), |word| quoted(word));
        format!(
            "\"hello\":{{\"version\":1,\"name\":{},\"revision\":{},\"language\":\"Rust\",\"claims\":{},\"features\":{},\"maxBatch\":1000,\"maxLine\":1048576}}",
            quoted(self.name), quoted(self.revision), words(&self.claims), words(&self.features)
        )
    }

    fn init(&self, line: &str) -> (Option<Open>, String) {
        let n = numbers(line.split("\"base\"").nth(1).unwrap_or(""));
        let reserved = n[3..].chunks_exact(2).map(|run| (run[0], run[1])).collect();
        let arena = Arena { base: n[0], pages: n[1], orders: n[2] as u32, reserved };
        match (self.open)(&arena) {
            Err(NoArena::Unsupported(why)) => (None, format!("\"unsupported\":{}", quoted(&why))),
            Err(NoArena::Failed(why)) => (None, format!("\"failed\":{}", quoted(&why))),
            Ok(allocator) => {
                let usable = match allocator.usable() {
                    Usable::AllButReserved => String::new(),
                    Usable::Probe => "\"usable\":\"probe\"".into(),
                    Usable::Runs(runs) => format!("\"usable\":{}", listed(runs, |(first, count)| format!("[{first},{count}]"))),
                };
                let tagged = self.features.contains(&"payload");
                let open = Open { allocator, orders: arena.orders, tagged, slots: vec![], holder: HashMap::new() };
                (Some(open), format!("\"ready\":{{{usable}}}"))
            }
        }
    }
}

/// Answers until the judge says goodbye or is gone.
pub fn serve(harness: &Harness) {
    let (mut open, mut output) = (None::<Open>, std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let id = numbers(&line).first().copied().unwrap_or(0);
        let is = |key: &str| line.split_once(',').map_or(false, |(_, rest)| rest.starts_with(key));
        let said = match &mut open {
            Some(arena) if is("\"run\":") => arena.run(line.rsplitn(3, '"').nth(1).unwrap_or("")),
            Some(arena) if is("\"observe\":") => arena.observe(&line),
            Some(arena) if is("\"threads\":[") => {
                let scripts: Vec<_> = line.split('"').skip(5).step_by(2).collect();
                format!("\"threads\":{}", listed(arena.allocator.threads(&scripts), |text| quoted(&text)))
            }
            _ if is("\"init\":{\"base\"") => {
                drop(open.take()); // the arena before is forgotten
                let (opened, said) = harness.init(&line);
                open = opened;
                said
            }
            _ if is("\"hello\":") => harness.hello(&line),
            _ if is("\"bye\":") => "\"bye\":true".into(),
            _ => "\"unknown\":true".into(),
        };
        let sent = output.write_all(format!("{{\"id\":{id},{said}}}\n").as_bytes()).and_then(|()| output.flush());
        if sent.is_err() || is("\"bye\":") {
            return; // the judge is gone, and nobody is left to tell
        }
    }
}
