(* The specification of spec/buddy: what may be answered to a command, and the state after it; as a relation, and computed. Pages are
   counted from the origin, the frame that blocks are counted from; the zone begins some pages after it, `before`. *)
From Coq Require Import Arith ZArith Bool List String.
From Buddy Require Import Bits.
From Buddy Require Words.
Import ListNotations.
Import Words(outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

(* A block: its order and its first page. The pages of some blocks, one after another. *)
Notation block := (nat * nat)%type (only parsing).
Definition pages_of (b : block) : list nat := seq (snd b) (2 ^ fst b).
Definition taken (blocks : list block) : list nat := flat_map pages_of blocks.

(* What a caller may ask for: numbers of any size, misuse included. *)
Inductive command := Allocate (order : Z) | Free (frame order : Z) | HandOver (frame : Z).

(* The outstanding blocks, the pages that were handed over, and those that headed a block which was freed. *)
Notation state := (list block * list nat * list nat)%type.

Section Spec.
Variables before span top : nat.
Variable hole : nat -> bool.
Variable origin : Z.

(* A page of the zone. *)
Definition in_zone (p : nat) : Prop := (before <= p < before + span)%nat.

(* A block of which every page was handed over and is in no outstanding block. *)
Definition fits_in (out : list block) (given : list nat) (k x : nat) : Prop :=
  (k <= top)%nat /\ forall p, In p (pages_of (k, head k x)) -> In p given /\ ~ In p (taken out).

(* The zone has no such page, no such order, or ends before such a block does. *)
Definition out_of_range (page k : Z) : Prop :=
  page < Z.of_nat before \/ Z.of_nat (before + span) <= page \/ k < 0 \/ Z.of_nat top < k \/ Z.of_nat (before + span) < page + 2 ^ k.

(* What each name says of a free of a page at an order: the first that is so. *)
Definition names (out : list block) (freed : list nat) (page k : Z) (misuse : string) : Prop :=
  (misuse = "out-of-range"%string /\ out_of_range page k) \/
  (~ out_of_range page k /\ exists p, page = Z.of_nat p /\
    ((misuse = "wrong-order"%string /\ exists j, In (j, p) out /\ Z.of_nat j <> k) \/
     (forall j, ~ In (j, p) out) /\
     ((misuse = "misaligned"%string /\ page mod 2 ^ k <> 0) \/
      page mod 2 ^ k = 0 /\
      ((misuse = "inner-page"%string /\ In p (taken out)) \/
       ~ In p (taken out) /\
       ((misuse = "double-free"%string /\ In p freed) \/ (misuse = "never-allocated"%string /\ ~ In p freed)))))).

(* What may be answered to a command, and the state after it. *)
Inductive permitted : state -> command -> outcome -> state -> Prop :=
| Grants out given freed j x : fits_in out given j x ->
    permitted (out, given, freed) (Allocate (Z.of_nat j)) (Outcome_granted (origin + Z.of_nat (head j x)))
      ((j, head j x) :: out, given, remove Nat.eq_dec (head j x) freed)
| Exhausts out given freed k : 0 <= k -> (~ exists x, fits_in out given (Z.to_nat k) x) ->
    permitted (out, given, freed) (Allocate k) Outcome_exhausted (out, given, freed)
| NoOrder s k : k < 0 -> permitted s (Allocate k) (Outcome_rejected "no-such-order") s
| Frees prior j p after given freed :
    permitted (prior ++ (j, p) :: after, given, freed) (Free (origin + Z.of_nat p) (Z.of_nat j)) Outcome_done
      (prior ++ after, given, p :: freed)
| Rejects out given freed h k misuse : (forall j p, h = origin + Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) ->
    names out freed (h - origin) k misuse ->
    permitted (out, given, freed) (Free h k) (Outcome_rejected misuse) (out, given, freed)
| Hands out given freed p : in_zone p -> ~ In p given -> hole p = false ->
    permitted (out, given, freed) (HandOver (origin + Z.of_nat p)) Outcome_done (out, p :: given, freed)
| Twice out given freed p : in_zone p -> In p given -> hole p = false ->
    permitted (out, given, freed) (HandOver (origin + Z.of_nat p)) (Outcome_rejected "handed-over-twice") (out, given, freed)
| NoFrame s f : (forall p, f = origin + Z.of_nat p -> in_zone p -> hole p = true) ->
    permitted s (HandOver f) (Outcome_rejected "no-such-frame") s.

(* Commands and answers, each permitted in the state that the one before left. *)
Inductive conversation : state -> list command -> list outcome -> state -> Prop :=
| Silence s : conversation s [] [] s
| Spoken s one answer t rest answers u : permitted s one answer t -> conversation t rest answers u ->
    conversation s (one :: rest) (answer :: answers) u.

(* The same, computed. *)
Definition mem (p : nat) (l : list nat) : bool := existsb (Nat.eqb p) l.
Definition is_block (b c : block) : bool := ((fst b =? fst c) && (snd b =? snd c))%nat.
Definition has (b : block) (out : list block) : bool := existsb (is_block b) out.

Definition fits (out : list block) (given : list nat) (k p : nat) : bool :=
  (k <=? top)%nat && (p mod 2 ^ k =? 0)%nat && forallb (fun q => mem q given && negb (mem q (taken out))) (pages_of (k, p)).

Fixpoint without (b : block) (out : list block) : list block :=
  match out with [] => [] | c :: out => if is_block b c then out else c :: without b out end.

Definition is_out_of_range (page k : Z) : bool :=
  (page <? Z.of_nat before) || (Z.of_nat (before + span) <=? page) || (k <? 0) || (Z.of_nat top <? k) ||
  (Z.of_nat (before + span) <? page + 2 ^ k).

Definition name_of (out : list block) (freed : list nat) (page k : Z) : string :=
  let p := Z.to_nat page in
  if is_out_of_range page k then "out-of-range"
  else if existsb (fun b => (snd b =? p)%nat) out then "wrong-order"
  else if negb (page mod 2 ^ k =? 0) then "misaligned"
  else if mem p (taken out) then "inner-page"
  else if mem p freed then "double-free" else "never-allocated".

Definition inside_zone (p : nat) : bool := ((before <=? p) && (p <? before + span))%nat.

(* The state after an answer, if it is permitted. *)
Definition permits (s : state) (one : command) (answer : outcome) : option state :=
  let '(out, given, freed) := s in
  let when (is : bool) (t : state) := if is then Some t else None in
  match one, answer with
  | Allocate k, Outcome_granted f =>
      let p := Z.to_nat (f - origin) in
      when ((0 <=? k) && (0 <=? f - origin) && fits out given (Z.to_nat k) p)
        ((Z.to_nat k, p) :: out, given, remove Nat.eq_dec p freed)
  | Allocate k, Outcome_exhausted => when ((0 <=? k) && negb (existsb (fits out given (Z.to_nat k)) given)) s
  | Allocate k, Outcome_rejected misuse => when ((k <? 0) && (misuse =? "no-such-order")%string) s
  | Free h k, _ =>
      let b := (Z.to_nat k, Z.to_nat (h - origin)) in
      let legal := (0 <=? k) && (0 <=? h - origin) && has b out in
      match answer with
      | Outcome_done => when legal (without b out, given, snd b :: freed)
      | Outcome_rejected misuse => when (negb legal && (misuse =? name_of out freed (h - origin) k)%string) s
      | _ => None
      end
  | HandOver f, _ =>
      let p := Z.to_nat (f - origin) in
      let exists_ := (0 <=? f - origin) && inside_zone p && negb (hole p) in
      match answer with
      | Outcome_done => when (exists_ && negb (mem p given)) (out, p :: given, freed)
      | Outcome_rejected misuse =>
          when ((misuse =? if exists_ then "handed-over-twice" else "no-such-frame")%string && (negb exists_ || mem p given)) s
      | _ => None
      end
  | _, _ => None
  end.
End Spec.
