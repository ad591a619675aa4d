/** The bytes of a file, of a pipe or of standard input, unpacked if they are packed by gzip. */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';

const CHUNK = 2 ** 20;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Yields what was read, and then the rest. */
async function* together(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Returns the first two bytes or more; fewer if there are no more, none if there is nothing. */
async function firstOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

/** Yields the bytes of a file, `-` for standard input; throws what the system says. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const all = together(await firstOf(chunks), chunks);
  const first = await all.next();
  if (first.done === true) return;
  if (!isGzip(first.value)) {
    yield first.value;
    yield* all;
    return;
  }
  const packed = Readable.from(together(first.value, all), { objectMode: false, highWaterMark: CHUNK });
  const unpacked = createGunzip({ chunkSize: CHUNK });
  pipeline(packed, unpacked, () => undefined); // whoever reads is thrown the error
  for await (const chunk of unpacked) yield chunk as Buffer;
}
