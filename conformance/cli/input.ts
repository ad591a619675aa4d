/** The bytes of a file, of a pipe or of standard input, unpacked if they are packed by gzip. */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';

const CHUNK = 2 ** 20;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Returns chunks with the first two bytes in one. */
async function* whole(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | undefined;
  for await (const chunk of source) {
    const bytes: Buffer = held === undefined ? chunk : Buffer.concat([held, chunk]);
    held = bytes.length < 2 ? bytes : undefined;
    if (held === undefined) yield bytes;
    if (held === undefined) break;
  }
  if (held !== undefined) yield held;
  else yield* source;
}

/** Yields the bytes of a file, `-` for standard input; throws what the system says. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
  const iterator = source.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  const chunks = whole(iterator);
  const next = await chunks.next();
  if (next.done === true) return;
  const first = next.value;
  if (!isGzip(first)) {
    yield first;
    yield* chunks;
    return;
  }
  async function* packed(): AsyncGenerator<Buffer> {
    yield first;
    yield* chunks;
  }
  const unpacked = createGunzip({ chunkSize: CHUNK });
  pipeline(Readable.from(packed(), { objectMode: false, highWaterMark: CHUNK }), unpacked, () => undefined); // an error is thrown to whoever reads
  for await (const chunk of unpacked) yield chunk as Buffer;
}
