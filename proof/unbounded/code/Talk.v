(* The whole of it: the generated code, from a new zone on, answers any commands with any numbers as the list of outstanding
   blocks, that of pages that were handed over, and that of pages that headed a block which was freed permit. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Zone History Bits Map Represents Starts Runs Owners Face.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, result, bind, outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

(* What a caller may ask for: numbers of any size, misuse included. *)
Inductive command := Allocate (order : Z) | Free (frame order : Z) | HandOver (frame : Z).

(* Carries out one command by the generated code. *)
Definition carry (c : Words.zone) (command : command) : result (outcome * Words.zone) :=
  match command with
  | Allocate order => Generated.allocate c order
  | Free frame order => Generated.free c frame order
  | HandOver frame => Generated.handOver c frame
  end.

(* Carries out commands, one after another. *)
Fixpoint talk (c : Words.zone) (commands : list command) : result (list outcome * Words.zone) :=
  match commands with
  | [] => Done ([], c)
  | one :: rest => bind (carry c one) (fun '(answer, c) => bind (talk c rest) (fun '(answers, c) => Done (answer :: answers, c)))
  end.

Section Talk.
Variables span top : nat.
Variable hole : nat -> bool.
Variable base : Z.

(* The specification's state: the outstanding blocks, the pages that were handed over, and those that headed a block which was freed. *)
Notation state := (list block * list nat * list nat)%type.

(* What may be answered to a command, and the state after it. *)
Inductive permitted : state -> command -> outcome -> state -> Prop :=
| Grants out given freed j x : fits_in top out given j x ->
    permitted (out, given, freed) (Allocate (Z.of_nat j)) (Outcome_granted (base + Z.of_nat (head j x)))
      ((j, head j x) :: out, given, remove Nat.eq_dec (head j x) freed)
| Exhausts out given freed k : 0 <= k -> (~ exists x, fits_in top out given (Z.to_nat k) x) ->
    permitted (out, given, freed) (Allocate k) Outcome_exhausted (out, given, freed)
| NoOrder s k : k < 0 -> permitted s (Allocate k) (Outcome_rejected "no-such-order") s
| Frees before j p after given freed :
    permitted (before ++ (j, p) :: after, given, freed) (Free (base + Z.of_nat p) (Z.of_nat j)) Outcome_done
      (before ++ after, given, p :: freed)
| Rejects out given freed h k misuse : (forall j p, h = base + Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) ->
    names span top out given freed (h - base) k misuse ->
    permitted (out, given, freed) (Free h k) (Outcome_rejected misuse) (out, given, freed)
| Hands out given freed p : (p < span)%nat -> ~ In p given -> hole p = false ->
    permitted (out, given, freed) (HandOver (base + Z.of_nat p)) Outcome_done (out, p :: given, freed)
| Twice out given freed p : In p given ->
    permitted (out, given, freed) (HandOver (base + Z.of_nat p)) (Outcome_rejected "handed-over-twice") (out, given, freed)
| NoFrame s f : (forall p, f = base + Z.of_nat p -> (p < span)%nat -> hole p = true) ->
    permitted s (HandOver f) (Outcome_rejected "no-such-frame") s.

(* Commands and answers, each permitted in the state that the one before left. *)
Inductive conversation : state -> list command -> list outcome -> state -> Prop :=
| Silence s : conversation s [] [] s
| Spoken s one answer t rest answers u : permitted s one answer t -> conversation t rest answers u ->
    conversation s (one :: rest) (answer :: answers) u.

(* One command, whatever it is: it ends, reports nothing, and is answered as is permitted. *)
Theorem answers_one : forall c out given freed one, tended span top hole c out given freed -> Words.base c = base ->
  exists answer c' out' given' freed', carry c one = Done (answer, c') /\ permitted (out, given, freed) one answer (out', given', freed') /\
    tended span top hole c' out' given' freed' /\ Words.base c' = base.
Proof.
  intros c out given freed one T B; destruct one as [k | h k | f]; cbn [carry].
  - pose proof (allocate_answers span top hole c out given freed k T) as A; rewrite B in A.
    destruct A as [[j [x [c' [-> [N [E [BA T']]]]]]] | [[E [K N]] | [E K]]].
    + exists (Outcome_granted (base + Z.of_nat (head j x))), c', ((j, head j x) :: out), given, (remove Nat.eq_dec (head j x) freed).
      split; [exact E |]; split; [constructor; exact N |]; split; [exact T' | exact BA].
    + exists Outcome_exhausted, c, out, given, freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T | exact B].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; exact K |]; split; [exact T | exact B].
  - pose proof (free_answers span top hole c out given freed h k T) as A; rewrite B in A.
    destruct A as [[before [j [p [after [c' [-> [-> [-> [E [BA T']]]]]]]]]] | [N [m [E Q]]]].
    + exists Outcome_done, c', (before ++ after), given, (p :: freed); split; [exact E |]; split; [constructor |]; split; [exact T' | exact BA].
    + exists (Outcome_rejected m), c, out, given, freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T | exact B].
  - pose proof (hand_over_answers span top hole c out given freed f T) as A; rewrite B in A.
    destruct A as [[p [c' [-> [P [N [H [E [BA T']]]]]]]] | [[E [p [-> I]]] | [E N]]].
    + exists Outcome_done, c', out, (p :: given), freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T' | exact BA].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; exact I |]; split; [exact T | exact B].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; exact N |]; split; [exact T | exact B].
Qed.

(* Any commands, one after another. *)
Theorem answers_all : forall commands c out given freed, tended span top hole c out given freed -> Words.base c = base ->
  exists answers c' out' given' freed', talk c commands = Done (answers, c') /\
    conversation (out, given, freed) commands answers (out', given', freed') /\ tended span top hole c' out' given' freed'.
Proof.
  induction commands as [| one rest IH]; intros c out given freed T B; cbn [talk].
  - exists [], c, out, given, freed; split; [reflexivity |]; split; [constructor | exact T].
  - destruct (answers_one c out given freed one T B) as [answer [c1 [out1 [given1 [freed1 [E [P [T1 B1]]]]]]]].
    destruct (IH c1 out1 given1 freed1 T1 B1) as [answers [c2 [out2 [given2 [freed2 [E2 [P2 T2]]]]]]].
    rewrite E; cbn [bind]; rewrite E2; cbn [bind].
    exists (answer :: answers), c2, out2, given2, freed2; split; [reflexivity |]; split; [econstructor; eassumption | exact T2].
Qed.
End Talk.

(* A new zone has no block outstanding, and no page was handed over. *)
Theorem new_zone : forall span top c holes, sized span top c -> Words.offset c = 0 -> Forall (within_zone span (Words.base c)) holes ->
  exists c', Generated.initZone c holes = Done (tt, c') /\ Words.base c' = Words.base c /\
    tended span top (fun p => existsb (in_run (Words.base c) p) holes) c' [] [] [].
Proof.
  intros span top c holes S O H; destruct (init_zone_starts span top c holes S) as [c' [E [R [B [O' [L W]]]]]].
  specialize (W H); exists c'; split; [exact E |]; split; [exact B |]; split; try assumption.
  - destruct (reached_represents span top c' [] [] (Started span top c holes c' S E)) as [F [z P]]; exists F, z; exact P.
  - rewrite O'; exact O.
  - intros p k P; unfold owner; rewrite (W p P); destruct (existsb _ holes); split; try lia; intros [].
  - intros p P; unfold owner; rewrite (W p P); destruct (existsb _ holes); lia.
  - intros p P; unfold owner; rewrite (W p P); destruct (existsb _ holes); split; try lia; intros _ [].
  - intros p P; unfold owner; rewrite (W p P); destruct (existsb _ holes); split; try lia; intros [].
  - intros p P; unfold owner; rewrite (W p P); destruct (existsb _ holes); split; try lia; discriminate || reflexivity.
Qed.

(* For any number of pages and orders that fit, any holes and any commands: what src makes of them, as it is generated, never stops, and
   is a conversation that the specification permits. *)
Theorem generated_code_is_right : forall span top c holes commands,
  sized span top c -> Words.offset c = 0 -> Forall (within_zone span (Words.base c)) holes ->
  exists c' answers c'' out given freed,
    Generated.initZone c holes = Done (tt, c') /\ talk c' commands = Done (answers, c'') /\
    conversation span top (fun p => existsb (in_run (Words.base c) p) holes) (Words.base c) ([], [], []) commands answers
      (out, given, freed) /\
    tended span top (fun p => existsb (in_run (Words.base c) p) holes) c'' out given freed.
Proof.
  intros span top c holes commands S O H; destruct (new_zone span top c holes S O H) as [c' [E [B T]]].
  destruct (answers_all span top _ (Words.base c) commands c' [] [] [] T B) as [answers [c'' [out [given [freed [A [C T']]]]]]].
  exists c', answers, c'', out, given, freed; split; [exact E |]; split; [exact A |]; split; assumption.
Qed.
