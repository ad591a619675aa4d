(* The whole of it: the generated code, from a new zone on, answers any commands with any numbers as Spec.v permits. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Bits History Spec Starts Serves Runs Owners Face.
From Buddy Require Words Generated GeneratedFace.
Import ListNotations.
Import Words(Done, core, result, bind, outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

(* Carries out one command by the generated code, over the operations of a kernel. *)
Definition carry (core : core) (c : Words.zone) (command : command) : result (outcome * Words.zone) :=
  match command with
  | Allocate order => GeneratedFace.allocate core c order
  | Free frame order => GeneratedFace.free core c frame order
  | HandOver frame => GeneratedFace.handOver core c frame
  end.

(* Carries out commands, one after another. *)
Fixpoint talk (core : core) (c : Words.zone) (commands : list command) : result (list outcome * Words.zone) :=
  match commands with
  | [] => Done ([], c)
  | one :: rest =>
      bind (carry core c one) (fun '(answer, c) => bind (talk core c rest) (fun '(answers, c) => Done (answer :: answers, c)))
  end.

Section Talk.
Variables before span top : nat.
Variable core : core.
Variable fresh : Words.zone -> Prop.
Variable stands : pages -> Words.zone -> Prop.
Hypothesis served : serves before span top core fresh stands.

Section Asked.
Variable hole : nat -> bool.
Variable origin : Z.
Notation tended := (tended before span top stands hole).
Notation permitted := (permitted before span top hole origin).
Notation conversation := (conversation before span top hole origin).

(* One command, whatever it is: it ends, reports nothing, and is answered as is permitted. *)
Theorem answers_one : forall c out given freed one, tended c out given freed -> origin_of before c = origin ->
  exists answer c' out' given' freed', carry core c one = Done (answer, c') /\ permitted (out, given, freed) one answer (out', given', freed') /\
    tended c' out' given' freed' /\ origin_of before c' = origin.
Proof.
  intros c out given freed one T B.
  assert (O : forall c', Words.base c' = Words.base c -> origin_of before c' = origin) by (intros c' E; unfold origin_of in *; lia).
  destruct one as [k | h k | f]; cbn [carry].
  - pose proof (allocate_answers _ _ _ _ _ _ served hole c out given freed k T) as A; rewrite B in A.
    destruct A as [[j [x [c' [-> [N [E [BA T']]]]]]] | [[E [K N]] | [E K]]].
    + exists (Outcome_granted (origin + Z.of_nat (head j x))), c', ((j, head j x) :: out), given, (remove Nat.eq_dec (head j x) freed).
      split; [exact E |]; split; [constructor; exact N |]; split; [exact T' | exact (O c' BA)].
    + exists Outcome_exhausted, c, out, given, freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T | exact B].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; exact K |]; split; [exact T | exact B].
  - pose proof (free_answers _ _ _ _ _ _ served hole c out given freed h k T) as A; rewrite B in A.
    destruct A as [[prior [j [p [after [c' [-> [-> [-> [E [BA T']]]]]]]]]] | [N [misuse [E Q]]]].
    + exists Outcome_done, c', (prior ++ after), given, (p :: freed).
      split; [exact E |]; split; [constructor |]; split; [exact T' | exact (O c' BA)].
    + exists (Outcome_rejected misuse), c, out, given, freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T | exact B].
  - pose proof (hand_over_answers _ _ _ _ _ _ served hole c out given freed f T) as A; rewrite B in A.
    destruct A as [[p [c' [-> [P [N [H [E [BA T']]]]]]]] | [[E [p [-> [I [G H]]]]] | [E N]]].
    + exists Outcome_done, c', out, (p :: given), freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T' | exact (O c' BA)].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; assumption |]; split; [exact T | exact B].
    + eexists; exists c, out, given, freed; split; [exact E |]; split; [constructor; exact N |]; split; [exact T | exact B].
Qed.

(* Any commands, one after another. *)
Theorem answers_all : forall commands c out given freed, tended c out given freed -> origin_of before c = origin ->
  exists answers c' out' given' freed', talk core c commands = Done (answers, c') /\
    conversation (out, given, freed) commands answers (out', given', freed') /\ tended c' out' given' freed'.
Proof.
  induction commands as [| one rest IH]; intros c out given freed T B; cbn [talk].
  - exists [], c, out, given, freed; split; [reflexivity |]; split; [constructor | exact T].
  - destruct (answers_one c out given freed one T B) as [answer [c1 [out1 [given1 [freed1 [E [P [T1 B1]]]]]]]].
    destruct (IH c1 out1 given1 freed1 T1 B1) as [answers [c2 [out2 [given2 [freed2 [E2 [P2 T2]]]]]]].
    rewrite E; cbn [bind]; rewrite E2; cbn [bind].
    exists (answer :: answers), c2, out2, given2, freed2; split; [reflexivity |]; split; [econstructor; eassumption | exact T2].
Qed.
End Asked.

(* A page that a run of frames has. *)
Definition holes_of (origin : Z) (holes : list (Z * Z)) (p : nat) : bool := existsb (in_run origin p) holes.

(* Holes hold the same pages, counted from the origin or from the base. *)
Lemma runs_from_origin : forall c holes p, (before <= p)%nat ->
  existsb (in_run (Words.base c) (p - before)) holes = holes_of (origin_of before c) holes p.
Proof.
  intros c holes p P; unfold holes_of, origin_of; induction holes as [| run holes I]; [reflexivity |]; cbn [existsb]; rewrite I.
  f_equal; unfold in_run; f_equal; apply eq_true_iff_eq; rewrite ?Z.leb_le, ?Z.ltb_lt; lia.
Qed.

(* A new zone has no block outstanding, and no page was handed over. *)
Theorem new_zone : forall c holes, fresh c -> Forall (within_zone span (Words.base c)) holes ->
  exists c', Generated.initZone c holes = Done (tt, c') /\ Words.base c' = Words.base c /\
    tended before span top stands (holes_of (origin_of before c) holes) c' [] [] [].
Proof.
  intros c holes N H; destruct (starts _ _ _ _ _ _ served c holes N) as [c' [E [R [B [L W]]]]].
  specialize (W H); exists c'; split; [exact E |]; split; [exact B |].
  assert (V : forall p, in_zone before span p -> owner before c' p = if holes_of (origin_of before c) holes p then - 4 else - 3).
  { intros p P; unfold in_zone in P; unfold owner; replace (own before p) with (Z.of_nat (p - before)) by (unfold own; lia).
    rewrite W by lia; rewrite (runs_from_origin c holes p) by lia; reflexivity. }
  split; try assumption.
  - destruct (reached_stands _ _ _ _ _ _ served c' [] [] (Started _ _ _ _ c holes c' N E)) as [F Q]; exists F; exact Q.
  - intros p k P; rewrite (V p P); destruct (holes_of _ holes p); split; try lia; intros [].
  - intros p P; rewrite (V p P); destruct (holes_of _ holes p); lia.
  - intros p P; rewrite (V p P); destruct (holes_of _ holes p); split; try lia; intros _ [].
  - intros p P; rewrite (V p P); destruct (holes_of _ holes p); split; try lia; intros [].
  - intros p P; rewrite (V p P); destruct (holes_of _ holes p); split; try lia; discriminate || reflexivity.
Qed.

(* For any holes and any commands: what src makes of them, as it is generated, never stops, and is a conversation that is permitted. *)
Theorem generated_code_converses : forall c holes commands, fresh c -> Forall (within_zone span (Words.base c)) holes ->
  let origin := origin_of before c in
  let hole := holes_of origin holes in
  exists c' answers c'' out given freed,
    Generated.initZone c holes = Done (tt, c') /\ talk core c' commands = Done (answers, c'') /\
    conversation before span top hole origin ([], [], []) commands answers (out, given, freed) /\
    tended before span top stands hole c'' out given freed.
Proof.
  intros c holes commands N H origin hole; destruct (new_zone c holes N H) as [c' [E [B T]]].
  assert (O : origin_of before c' = origin) by (unfold origin, origin_of; rewrite B; reflexivity).
  destruct (answers_all hole origin commands c' [] [] [] T O) as [answers [c'' [out [given [freed [A [C T']]]]]]].
  exists c', answers, c'', out, given, freed; split; [exact E |]; split; [exact A |]; split; assumption.
Qed.
End Talk.

(* For any number of pages and orders that fit: 2.4. *)
Theorem generated_code_is_right : forall span top c holes commands,
  sized span top c -> Words.offset c = 0 -> Forall (within_zone span (Words.base c)) holes ->
  let hole := holes_of (Words.base c) holes in
  exists c' answers c'' out given freed,
    Generated.initZone c holes = Done (tt, c') /\ talk Generated.core_2_4 c' commands = Done (answers, c'') /\
    conversation 0 span top hole (Words.base c) ([], [], []) commands answers (out, given, freed) /\
    tended 0 span top (stands_2_4 span top) hole c'' out given freed.
Proof.
  intros span top c holes commands S O H hole.
  pose proof (generated_code_converses _ _ _ _ _ _ (serves_2_4 span top) c holes commands (conj S O) H) as Q; unfold hole.
  replace (origin_of 0 c) with (Words.base c) in Q by (unfold origin_of; lia); exact Q.
Qed.
