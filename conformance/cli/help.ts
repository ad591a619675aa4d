/** What the commands say of themselves at length, below their options. */

/** How to begin, and what an exit status says. */
export const helpFor = (languages: readonly string[]): string => `
Attach an allocator in three steps:
  1. npx buddy-oracle new c my-allocator    or ${languages.slice(1).join(', ')}
  2. let its attach file call your allocate and free, and build it
  3. npx buddy-oracle check -- ./judged

Exit status: 0 conforms, 1 diverges, crashes, hangs or is not deterministic, 2 usage, 3 the harness is unusable,
4 the list of --expect is not what was found, 5 the run ended before it had seen what it must, 70 a bug of the judge,
130 interrupted with nothing found.`;

/** Examples of `check`. */
export const EXAMPLES = `
Examples:
  buddy-oracle check                                    the 2.4 reference against the specification
  buddy-oracle check -- ./harness                       your allocator, over a pipe
  buddy-oracle check --pages 64 --orders 7 -- ./harness only arenas of 64 frames and 7 orders
  buddy-oracle check --json -- ./harness | tail -1      the verdict as JSON`;

/** What `explain` reads. */
export const EXPLAINS = `
It reads what a kernel printed, as it was pasted: with time stamps, syslog's prefixes, quotes of mail, broken lines, among other text.
  page allocation failure, oom-killer   each zone that the request may use, the inequality that refused it, and what was missing
  SysRq-M of 2.4, /proc/zoneinfo        counts against lists, marks and reserves against the rules that set them
  /proc/buddyinfo, pagetypeinfo         free blocks by order, unusable free space, fragmentation index
2.4 is held against the rule of 2.4.22, 2.6 against that of 2.6.24. Later kernels have other rules: their requests are not judged.

Exit status: 0 the rule and the kernel agree, or there is no request; 1 they differ; 2 usage, or no such text; 5 not judged.

Examples:
  dmesg | buddy-oracle explain -
  buddy-oracle explain --order 3 --mode 0x20 sysrq-m.txt    would order 3 have been given then, to a caller that may not wait?`;

/** What `boot` reads. */
export const BOOTS = `
It reads the first table of memory that counts (a user's map, e820, EFI, e801, 88), mem= and crashkernel= of the command line, the MP table and
the initrd if the log names them, and the size of the kernel in the Memory line. What the log prints of the sizes that follow
(totalpages, zone(0), pages reserved twice) is held against those that are found here, unless --mem makes another machine of it.

JSON, in bytes: {"usable":[[0,654336],[1048576,33554432]],"reserved":[],"image":[1048576,3145728],"kept":[{"name":"initrd","range":[...]}],
"pageSize":8192}

Exit status: 0 the sizes agree, or the text has none; 1 they differ; 2 usage, or no such table.

Examples:
  dmesg | buddy-oracle boot -
  buddy-oracle boot dmesg.txt --mem 64M --keep initrd=217K@0x1f00000`;

/** What `mutate` changes, and what becomes of it. */
export const MUTATES = `
Each change is made in a copy of this folder, which is built and judged there; the folder itself stays as it is. Changed are
operators (< to <=, + to -, && to ||), whole numbers (by one), conditions (always, never) and statements (left out).

  refuted     the judge says what is wrong: the clause, or that it crashes, hangs or does not start
  survived    nothing that is judged notices the change: a line that could be wrong unseen, or that does nothing
  alike       not refuted, and the answers are those of the original in 300 cases and in every state of a small arena
  not built   the compiler notices it

Exit status: 0 none survived, 1 some did, 2 usage, 3 the original is not built, or is refuted itself.

Example:
  buddy-oracle mutate --files buddy.c --build 'cc -O2 -o judged attach.c' -- ./judged`;

/** How a trace is recorded, and what is said of it. */
export const TRACES = `
How to record one, on a machine of yours, as root:
  cd /sys/kernel/tracing; echo counter > trace_clock; echo 1 > events/kmem/enable; cat trace_pipe | gzip > trace.gz

A fault is reported only where the trace proves it: two lives of a page that overlap, a block that is not aligned, an order that there
is not, a page that enters or leaves the buddy system while it is held. What was allocated before the trace is learned; where events
were lost, all is forgotten. Frees of pages not known to be held prove nothing, because kernels take pages without an event.

Lines of JSON: {"op":"alloc","order":0,"pfn":12} with pfn null for a refusal, {"op":"free","order":0,"pfn":12}; cpu and time if known.

Exit status: 0 nothing is wrong, 1 something is, 2 usage or no such file, 5 nothing could be judged.`;
