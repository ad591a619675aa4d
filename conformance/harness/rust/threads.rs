//! Has an allocator used by several threads at once: return what `carry_out` returns from the method `threads`, and
//! add the feature threads:4, or another number from 2 to 64. `allocate` and `free` are then called by all of them, and
//! nothing else is.
use crate::oracle::{Allocator, Not};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::Mutex;

/// What several threads may call at once.
pub trait Shared: Sync {
    fn allocate(&self, order: u32) -> Result<u64, Not>;
    fn free(&self, frame: u64, order: u32) -> Result<(), Not>;
}

/// An allocator under a lock.
impl<A: Allocator + Send> Shared for Mutex<&mut A> {
    fn allocate(&self, order: u32) -> Result<u64, Not> {
        self.lock().unwrap().allocate(order)
    }

    fn free(&self, frame: u64, order: u32) -> Result<(), Not> {
        self.lock().unwrap().free(frame, order)
    }
}

/// What one thread was granted; nothing where it was refused, or freed since.
type Slots = Vec<Option<(u64, u32)>>;

fn operation(shared: &dyn Shared, slots: &mut Slots, word: &str) -> Result<String, Not> {
    let mut numbers = word[1..].split(':').map(|digits| digits.parse::<u64>().unwrap_or(u64::MAX));
    let (n, order) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0).min(65_535) as u32);
    match &word[..1] {
        "a" => {
            let order = n.min(65_535) as u32;
            let grant = shared.allocate(order);
            slots.push(grant.as_ref().ok().map(|&frame| (frame, order)));
            grant.map(|frame| frame.to_string())
        }
        "F" => shared.free(n, order).map(|()| ".".into()),
        _ => match slots.get_mut(n as usize).and_then(Option::take) {
            Some((frame, order)) => shared.free(frame, order).map(|()| ".".into()),
            None => Ok(".".into()),
        },
    }
}

/// Carries out one script: each result with what the counter of all threads said before and after.
fn run(shared: &dyn Shared, script: &str, counter: &AtomicUsize) -> String {
    let mut slots = vec![];
    let results = script.split_whitespace().map(|word| {
        let before = counter.fetch_add(1, SeqCst);
        let answer = operation(shared, &mut slots, word);
        let after = counter.fetch_add(1, SeqCst);
        let result = answer.unwrap_or_else(|not| match not {
            Not::Refused => "-".into(),
            Not::Wrong(kind, _) => format!("!{kind}"),
        });
        format!("{before}:{result}:{after}")
    });
    results.collect::<Vec<_>>().join(" ")
}

/// Carries out scripts, each in a thread of its own; returns what came of each.
pub fn carry_out(shared: &dyn Shared, scripts: &[&str]) -> Vec<String> {
    let (counter, waiting) = (AtomicUsize::new(0), AtomicUsize::new(scripts.len()));
    std::thread::scope(|scope| {
        let begin = |script| {
            let (counter, waiting) = (&counter, &waiting);
            scope.spawn(move || {
                waiting.fetch_sub(1, SeqCst);
                while waiting.load(SeqCst) > 0 {
                    std::thread::yield_now(); // all begin together: whoever is early waits
                }
                run(shared, script, counter)
            })
        };
        let threads: Vec<_> = scripts.iter().copied().map(begin).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
