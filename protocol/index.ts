/** The language that the layers share: types only, nothing that runs. */
export type { ByteAddress, FrameIndex, Order, Paged, Pfn } from './unit.ts';
export type { Gfp, NodeId, TaskFlags, VirtualAddress, ZonelessGfp } from './unit.ts';
export type { Claim, Claims } from './claim.ts';
export type { Clause } from './clause.ts';
export type { Counterexample } from './counterexample.ts';

export type { Alignment, Arena, Block, Kernel, Run, ZoneName, ZoneSpan } from './buddy.ts';
export type { Command, FreeMisuse, HandOverMisuse, Misuse, Outcome } from './buddy.ts';
export type { Boot, Freed, Hole, Nobody, Observation, Owner, Reported } from './buddy.ts';

export type { Call, CallOf, Chapter, History, PageCall, ScheduleLine, ScheduleText, Stories, Story } from './smp.ts';

export type { BootCommand, BootMisuse, BootNode, BootOutcome, BootRejection } from './boot.ts';
export type { BootNodeObservation, BootObservation } from './boot.ts';
export type { Firmware, MachineSize, NodeSize, UsableRange } from './boot.ts';

export type { Balance, Machine, NodePolicy, NodeShape, Watermarks, ZoneId, ZoneLimits } from './machine.ts';
export type { PageCommand, PageMisuse, PageOutcome, Round } from './machine.ts';
export type { MachineObservation, ZoneObservation } from './machine.ts';
export type { Buffers, CacheAction, CachedPage, Contents, PageCacheObservation } from './machine.ts';
export type { Command26, Machine26, Misuse26, Outcome26, Reclaimed26, Settings26, Task26 } from './machine26.ts';
export type { Observation26, ZoneName26, ZoneObservation26, ZoneSpan26 } from './machine26.ts';
export type { AuditChapter, AuditStory, Audits } from './audit.ts';
export type { ExplainLog } from './explain-log.ts';
export type { Film, FilmBlock, FilmChange, FilmGround, FilmList, FilmStep, Reel, Stills } from './film.ts';
