/** Lines as a kernel printed them, out of what mail, terminals and loggers made of them. */

/** Before a kernel's line: quotes of mail, dots, prefixes of loggers, levels, time stamps of dmesg, and the task or processor that prints. */
const PREFIXES: readonly RegExp[] = [
  /^(?:> ?)+/u,
  /^\.\.\. /u,
  /^(?:[\w.-]{1,40} {1,20})?\| /u, // containers
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:\d\d /u, // dmesg, which names no host
  /^(?:[A-Z][a-z]{2,8} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32}) \S{1,64} (?:[a-z]+\.[a-z]+ )?(?:(?:kernel|klogd|vmunix|unknown)(?:\[\d{1,7}\])?: ?)?/u,
  /^1 \d{4}-\d\d-\d\dT\S{8,32} \S{1,64} kernel \S{1,64} \S{1,64} (?:-|\[[^\]]{0,200}\]) ?/u, // RFC 5424
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} (?:[a-z]+\.[a-z]+ )?kernel: ?/u, // OpenWrt
  /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {1,6}\d{1,7} {1,6}\d{1,7} [VDIWEF] [^:]{0,20}: ?/u, // logcat
  /^(?:\d\.\d[\w.+~-]{0,40},)?\d{1,3},\d{1,20},\d{1,20},[^;,]{1,3};/u, // netconsole
  /^(?:kern|user) *: *[a-z]+ *: /u,
  /^<\d{1,3}>/u,
  /^kernel: ?/u,
  /^\[<? *\+?\d+\.\d+(?:,\d{1,4})?>?\](?: ?\[ *[A-Z]?\d+\])*:? ?/u,
  /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [\d :]{10,24}\] /u,
  /^\[\d{1,4}: *[^\]:]{1,20}: *\d{1,7}\] ?/u, // kernels of telephones
  /^\(\d{1,4}\) ?\[\d{1,7}:[^\]]{1,24}\] ?/u,
];

/** The longest line that is looked at, in characters; what comes after it is left out. */
const MOST_LINE = 16 * 2 ** 10;

/** The most prefixes before one line. */
const MOST_PREFIXES = 8;

/** Colours of terminals, and what does not print. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const UNPRINTED = /\u001b\[[\d;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/gu;

function withoutPrefix(line: string): string {
  for (const prefix of PREFIXES) {
    const [found] = prefix.exec(line) ?? [];
    if (found !== undefined) return line.slice(found.length);
  }
  return line;
}

/** Returns a line without prefixes, colours and carriage returns, and with single spaces. */
export function cleanLine(line: string): string {
  let clean = line.slice(0, MOST_LINE).replace(UNPRINTED, '').trimEnd();
  for (let n = 0; n < MOST_PREFIXES; n++) {
    const shorter = withoutPrefix(clean.trimStart());
    if (shorter === clean) break;
    clean = shorter;
  }
  return clean.replace(/[ \t\u00a0]+/gu, ' ').trim();
}

/** Lines that may say something of zones or requests: words of the kernel's, or a line that goes on with numbers. */
const TELLING =
  /kB|KB|zone|Zone|Node|ZONE|reserve|protection|order|gfp|pages? |min|low|high|present|managed|spanned|empty|Linux version|ainted|Mem-?[iI]nfo|^[\d ]+$/u;

/** The most text of such lines that is kept, in characters. */
const MOST_TEXT = 8 * 2 ** 20;

/** What is left of a text. */
export interface Cleaned {
  /** The telling lines, cleaned. */
  readonly lines: readonly string[];
  /** The number of all lines that are not empty. */
  readonly read: number;
  /** Telling lines beyond the most that are kept. */
  readonly beyond: number;
}

/** Cleans lines one after the other. */
export class Cleaner {
  readonly #lines: string[] = [];
  #length = 0;
  #read = 0;
  #beyond = 0;

  /** Takes the next line of the text. */
  take(line: string): void {
    const clean = cleanLine(line);
    if (clean === '') return;
    this.#read++;
    if (!TELLING.test(clean)) return;
    if (this.#length + clean.length > MOST_TEXT) this.#beyond++;
    else {
      this.#lines.push(clean);
      this.#length += clean.length + 1;
    }
  }

  /** Returns what was kept. */
  cleaned(): Cleaned {
    return { lines: this.#lines, read: this.#read, beyond: this.#beyond };
  }
}

/** How mail writes `=` where it breaks lines with it. */
const EQUALS = '=3D';

/**
 * Returns lines as they were before mail made them quoted-printable: `=` at the end of a line breaks it anywhere. Lines of which none
 * has an escaped `=` are returned as they are.
 */
export function unquoted(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes(EQUALS))) return lines;
  const joined: string[] = [];
  let goesOn = false;
  for (const line of lines) {
    const body = line.endsWith('=') ? line.slice(0, -1) : line;
    const last = goesOn ? joined.pop() : undefined;
    joined.push((last ?? '') + body);
    goesOn = line.endsWith('=') && (joined.at(-1)?.length ?? 0) < MOST_LINE;
  }
  return joined.map((line) =>
    line
      .replaceAll('=3D', '=')
      .replaceAll(/=(?:A0|20|09)/gu, ' ')
      .replaceAll(/ {2,}/gu, ' '),
  );
}
