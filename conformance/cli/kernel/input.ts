/** The bytes of a file, of a pipe or of standard input, unpacked if they are packed by gzip. */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { closeSync, openSync, readSync } from 'node:fs';

/** The bytes of a file that are read at once. */
const CHUNK = 2 ** 18;

/** Those of what is unpacked: each has a buffer of its own, until the collector comes. */
const UNPACKED = 2 ** 14;

type Chunks = Iterator<Buffer> | AsyncIterator<Buffer>;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Yields the bytes of a file in one buffer, which is filled anew each time. */
function* inOneBuffer(file: string): Generator<Buffer> {
  const opened = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const length = readSync(opened, buffer, 0, CHUNK, null);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(opened);
  }
}

/** Yields what was read, and then the rest. */
async function* together(first: Buffer, rest: Chunks): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Yields copies. */
async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/** Returns the first two bytes or more, a copy; fewer if there are no more, none if there is nothing. */
async function firstOf(chunks: Chunks): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  return first;
}

/** Yields the bytes of a file, `-` for standard input, in buffers that hold until the next one is asked for; throws what the system says. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const chunks = file === '-' ? (process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>) : inOneBuffer(file);
  const first = await firstOf(chunks);
  const all = together(first, chunks);
  if (!isGzip(first)) {
    yield* all;
    return;
  }
  const packed = Readable.from(copied(all), { objectMode: false, highWaterMark: UNPACKED });
  const unpacked = createGunzip({ chunkSize: UNPACKED });
  pipeline(packed, unpacked, () => undefined); // whoever reads is thrown the error
  for await (const chunk of unpacked) yield chunk as Buffer;
}
