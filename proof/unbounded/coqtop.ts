/** Coq as it runs, which can go back: what is loaded once is not loaded again for each text that is tried. */

import { spawn } from 'node:child_process';

/** A place to go back to. */
export type Mark = number;

/** One process of Coq. */
export class Coqtop {
  readonly #coqtop;
  /** What Coq has said since the last answer. */
  #said = '';
  #ended = false;
  #wake: () => void = () => undefined;

  /** Starts Coq in a folder that is the library `Buddy`. */
  constructor(folder: string) {
    this.#coqtop = spawn('coqtop', ['-q', '-emacs', '-R', '.', 'Buddy'], {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#coqtop.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
      this.#wake();
    });
    this.#coqtop.on('exit', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Has Coq carry out a text. Returns what it says of it; an error does not end Coq. */
  async #answerTo(text: string): Promise<string> {
    this.#said = '';
    // Nothing has this name: Coq says so once it gets there.
    this.#coqtop.stdin.write(`${text}\nCheck the_end_is_here.\n`);
    while (!/the_end_is_here was not found[\s\S]*<\/prompt>/u.test(this.#said)) {
      if (this.#ended) throw new Error(`Coq ended: ${this.#said.slice(-500)}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#said;
  }

  /** Reports whether Coq accepts every sentence of a text. */
  async accepts(text: string): Promise<boolean> {
    const [before = ''] = (await this.#answerTo(text)).split(/Error:\s*The reference the_end_is_here/u);
    return !before.includes('Error:');
  }

  /** Returns the place where Coq is. */
  async mark(): Promise<Mark> {
    const said = await this.#answerTo('');
    return Number(/<prompt>.*? < (\d+) \|/u.exec(said)?.[1]);
  }

  /** Goes back to a place, whatever is open. Throws if Coq does not. */
  async back(to: Mark): Promise<void> {
    if (!(await this.accepts(`BackTo ${to}.`))) throw new Error(`Coq does not go back to ${to}`);
  }

  /** Ends Coq. */
  end(): void {
    this.#coqtop.stdin.end();
  }
}
