/** An allocator in a WebAssembly module as a subject: what it exports is called in this process. */
import { objectSubject } from './object.ts';
import type { AllocatorObject, ArenaRequest } from './buddy-object.ts';
import type { Introduction } from './object.ts';
import type { LiveSubject } from '../judge/subject.ts';

/** What of WebAssembly is used; it is there in every Node. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

type Exported = (...numbers: number[]) => unknown;

/** What a module exports: numbers go in and come out. Its frames count from 0, whatever the arena's base. */
interface Exports {
  /** Makes an arena, of so many pages and orders; anything but 0 says that there is none. */
  readonly init?: Exported;
  /** Keeps back `count` frames from `first` on; without it, arenas with reserved frames are unsupported. */
  readonly reserve?: Exported;
  /** Returns the first frame of a block; a negative number refuses. */
  readonly allocate: Exported;
  /** Frees a block; anything but 0 says that it was misuse, and was not done. */
  readonly free: Exported;
}

/** A number beyond it would reach the module as another, because i32 has no more bits: it is refused here. */
const MOST = 2 ** 31 - 1;

/** A WebAssembly module, and what it is held to. */
export interface WasmSpec extends Introduction {
  readonly bytes: Uint8Array;
  /** What the module imports; nothing if it is left out. */
  readonly imports?: object;
  /** If `allocate` returns addresses in linear memory: where the first frame lies, and the bytes of a frame. */
  readonly memory?: { readonly start: number; readonly frameBytes: number };
}

function exportsOf(exported: unknown): Exports {
  const { allocate, free } = exported as Partial<Exports>;
  if (typeof allocate === 'function' && typeof free === 'function') return exported as Exports;
  throw new TypeError('the module must export the functions allocate and free');
}

/** One arena: a new instance, so that its linear memory is fresh. */
function open(
  exported: Exports,
  { memory = { start: 0, frameBytes: 1 } }: WasmSpec,
  { base, pages, orders, reserved }: ArenaRequest,
): AllocatorObject | { readonly unsupported: string } {
  if (reserved.length > 0 && exported.reserve === undefined) return { unsupported: 'it exports no reserve' };
  const made = Number(exported.init?.(pages, orders) ?? 0);
  if (made !== 0) return { unsupported: `init(${pages}, ${orders}) returned ${made}` };
  for (const [first, count] of reserved) exported.reserve?.(first - base, count);
  const { frameBytes, start } = memory;
  return {
    allocate(order) {
      if (order > MOST) return null;
      const answer = Number(exported.allocate(order));
      return answer < 0 ? null : base + (answer - start) / frameBytes;
    },
    free(frame, order) {
      const at = (frame - base) * frameBytes + start;
      if (Math.abs(at) > MOST || order > MOST) return 'internal';
      const answer = exported.free(at, order) ?? 0;
      return answer === 0 ? undefined : 'internal';
    },
  };
}

/**
 * Returns a module that exports `allocate` and `free` over its linear memory, as a subject of the judge. Misuse that it notices
 * has no kind: claim `misuse` for it.
 */
export function wasmSubject(spec: WasmSpec): LiveSubject {
  const module = new WebAssembly.Module(spec.bytes);
  const instantiate = (): Exports => exportsOf(new WebAssembly.Instance(module, spec.imports ?? {}).exports);
  return objectSubject({ ...spec, open: (arena) => open(instantiate(), spec, arena) });
}
