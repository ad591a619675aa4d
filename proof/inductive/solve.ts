/** The solver that npm installs: z3, for machines that have no other. */

/** Answers questions in SMT-LIB. */
export interface Solver {
  readonly name: string;
  readonly ask: (text: string) => Promise<string>;
  readonly end: () => void;
}

/** The part of the package's memory and calls that is used. */
interface Memory {
  readonly HEAPU32: Uint32Array;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
  readonly async_call: (call: () => void) => Promise<string>;
  readonly ccall: (name: string, returns: 'void', types: readonly 'number'[], values: readonly number[]) => void;
  readonly PThread: { readonly terminateAllThreads: () => void };
}

/**
 * z3 as it comes in the package `z3-solver`: nothing has to be installed. The package's own call puts the question on the stack
 * and takes it off before the thread that answers has read it; so the question is kept in memory of its own here.
 */
export async function packagedZ3(): Promise<Solver> {
  const { init } = await import('z3-solver');
  const api = await init();
  const { Z3 } = api;
  const memory = api.em as Memory;
  const ask = async (text: string): Promise<string> => {
    const configuration = Z3.mk_config();
    const context = Z3.mk_context(configuration);
    Z3.del_config(configuration);
    const bytes = new TextEncoder().encode(`${text}\0`);
    const address = memory._malloc(bytes.length);
    new Uint8Array(memory.HEAPU32.buffer).set(bytes, address);
    const values = [context as unknown as number, address];
    const answer = await memory.async_call(() =>
      memory.ccall('async_Z3_eval_smtlib2_string', 'void', ['number', 'number'], values),
    );
    memory._free(address);
    Z3.del_context(context);
    return answer;
  };
  return { name: 'z3 4.16.0 of the package z3-solver', ask, end: () => memory.PThread.terminateAllThreads() };
}
