/** What Coq is asked: to compute, by `permits` of Spec.v, which answers are permitted to each command of a talk. */

import { originOf } from '../../../spec/arithmetic.ts';
import type { Command, Outcome } from '../../../protocol/index.ts';
import type { State, Talk } from './talk.ts';

/** Returns a list of Coq. */
const list = (items: readonly string[]): string => `[${items.join('; ')}]`;

function commandIn(command: Command): string {
  switch (command.kind) {
    case 'allocate':
      return `Allocate (${command.order})`;
    case 'free':
      return `Free (${command.head}) (${command.order})`;
    case 'hand-over':
      return `HandOver (${command.frame})`;
  }
}

function answerIn(answer: Outcome): string {
  switch (answer.kind) {
    case 'granted':
      return `Outcome_granted (${answer.head})`;
    case 'exhausted':
      return 'Outcome_exhausted';
    case 'done':
      return 'Outcome_done';
    case 'rejected':
      return `Outcome_rejected "${answer.misuse}"`;
  }
}

/** What goes through a talk: each command's answers as one number, of which each permitted one is a bit, and the state at the end. */
const RUN = `
Definition permitted_bits (s : state) (one : command) : Z :=
  fold_right (fun answer bits => 2 * bits + match allowed s one answer with Some _ => 1 | None => 0 end) 0 answers.
Fixpoint go (turns : list (command * Z)) (s : state) : list Z * state :=
  match turns with
  | [] => ([], s)
  | (one, given) :: turns =>
      let bits := permitted_bits s one in
      match allowed s one (nth (Z.to_nat given) answers Outcome_done) with
      | Some s => let (rest, s) := go turns s in (bits :: rest, s)
      | None => ([bits], s)
      end
  end.
Definition numbers (ps : list nat) : list Z := map Z.of_nat ps.
Definition said (result : list Z * state) : list Z * list (Z * Z) * list Z * list Z :=
  let '(bits, (out, given, freed)) := result in
  (bits, map (fun b => (Z.of_nat (fst b), Z.of_nat (snd b))) out, numbers given, numbers freed).
Eval vm_compute in said (go turns ([], [], [])).
`;

/** Returns a file of Coq that computes what is permitted along a talk. */
export function scriptOf({ answers, arena, turns }: Talk): string {
  const origin = originOf(arena);
  const holes = arena.holes.map(
    ([first, count]) => `((${first - origin} <=? p) && (p <? ${first - origin + count}))%nat`,
  );
  const numbers = [arena.base - origin, arena.pages, arena.orders - 1].map((n) => `${n}%nat`).join(' ');
  return `From Coq Require Import Arith ZArith Bool List String.
From Buddy Require Words.
From Buddy Require Import Spec.
Import Words(outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Import ListNotations.
Open Scope Z_scope.
Notation state := (list (nat * nat) * list nat * list nat)%type.
Definition hole (p : nat) : bool := ${['false', ...holes].join(' || ')}.
Definition allowed : state -> command -> outcome -> option state := permits ${numbers} hole ${origin}.
Definition answers : list outcome := ${list(answers.map(answerIn))}%string.
Definition turns : list (command * Z) :=
  ${list(turns.map(({ command, given }) => `(${commandIn(command)}, ${given})`))}.
${RUN}`;
}

/** What Coq says of a talk: of each turn's answers, those that are permitted as the bits of a number; and the state at its end. */
export interface Said {
  readonly bits: readonly bigint[];
  readonly end: State;
}

/** Reads what coqc prints for a file. */
export function readSaid(printed: string): Said {
  const lists = [...printed.matchAll(/\[([^\]]*)\]/gu)].map(([, items]) =>
    [...(items ?? '').matchAll(/-?\d+/gu)].map(([digits]) => BigInt(digits)),
  );
  const [bits = [], blocks = [], ...pages] = lists;
  const [handedOver = [], freed = []] = pages.map((items) => items.map(Number).sort((a, b) => a - b));
  const numbers = blocks.map(Number);
  const outstanding = numbers
    .flatMap((of, n) => (n % 2 === 0 ? [[of, numbers[n + 1] ?? 0] as const] : []))
    .sort(([, a], [, b]) => a - b);
  return { bits, end: { outstanding, handedOver, freed } };
}
