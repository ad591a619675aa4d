(* A zone with one bit for each pair, as the code has it: free lists and a map. Freeing leads from a zone that holds what the
   free pages say it must to another that does, with any number of orders and pages. *)
From Coq Require Import Arith Bool Lia List Permutation.
From Buddy Require Import Pages.
Import ListNotations.

(* By order, the indices of the blocks on its list, from head to tail; by order and pair, the bits. *)
Record zone := { lists : nat -> list nat; bits : nat -> nat -> bool }.

Lemma NoDup_remove_value : forall x (l : list nat), NoDup l -> NoDup (remove Nat.eq_dec x l).
Proof.
  intros x l D; induction D as [| y l N D IH]; [constructor |]; cbn [remove].
  destruct (Nat.eq_dec x y); [exact IH |]; constructor; [| exact IH]; intros I; apply in_remove in I; tauto.
Qed.

Section Orders.
Variable top : nat.

Definition upd {A} (k : nat) (a : A) (f : nat -> A) (j : nat) : A := if j =? k then a else f j.
Definition toggled (z : zone) (k x : nat) : nat -> nat -> bool :=
  if k <? top then fun j p => xorb ((j =? k) && (p =? x / 2)) (bits z j p) else bits z.

(* A block goes on its list, or off it; each time the bit of its pair is complemented, if its order has a map. *)
Definition put (z : zone) (k x : nat) : zone := {| lists := upd k (x :: lists z k) (lists z); bits := toggled z k x |}.
Definition take (z : zone) (k x : nat) : zone :=
  {| lists := upd k (remove Nat.eq_dec x (lists z k)) (lists z); bits := toggled z k x |}.

(* __free_pages_ok: a block that is in use is freed. It looks at one bit of the map; None is the kernel's BUG(), where a block
   is to be unlinked that is on no list. `left` is how many orders there are above. *)
Fixpoint give (left k x : nat) (z : zone) : option zone :=
  match left with
  | 0 => Some (put z k x)
  | S above =>
      if bits z k (x / 2)
      then if in_dec Nat.eq_dec (buddy x) (lists z k) then give above (S k) (x / 2) (take z k (buddy x)) else None
      else Some (put z k x)
  end.

(* expand: the block x of order d + k, which is on no list, is split; each lower half is listed, the upper one split on. *)
Fixpoint expand (d k x : nat) (z : zone) : nat * zone :=
  match d with
  | 0 => (x, z)
  | S e => expand e k (2 * x + 1) (put z (e + k) (2 * x))
  end.

(* rmqueue: the first block of the smallest order that has one, split by `expand`, or in another way. *)
Fixpoint first (left k : nat) (z : zone) : option (nat * nat) :=
  match lists z k with
  | x :: _ => Some (k, x)
  | [] => match left with 0 => None | S above => first above (S k) z end
  end.

Definition rmqueue_by (split : nat -> nat -> nat -> zone -> nat * zone) (k : nat) (z : zone) : option (nat * zone) :=
  match first (top - k) k z with
  | Some (from, x) => Some (split (from - k) k x (take z from x))
  | None => None
  end.
Definition rmqueue : nat -> zone -> option (nat * zone) := rmqueue_by expand.

(* What a zone must hold: each list has the blocks that belong on it, once each and in any order, and each bit is right. *)
Definition holds (z : zone) (F : pages) : Prop :=
  (forall k, k <= top -> NoDup (lists z k) /\ forall x, In x (lists z k) <-> listed top F k x = true) /\
  (forall k p, k < top -> bits z k p = bit F k p).

Lemma listed_ext : forall F G, (forall p, F p = G p) -> forall k x, listed top F k x = listed top G k x.
Proof. intros F G H k x; unfold listed; rewrite !(whole_ext F G H); reflexivity. Qed.

Lemma holds_ext : forall z F G, (forall p, F p = G p) -> holds z F -> holds z G.
Proof.
  intros z F G E [L B]; split.
  - intros k K; destruct (L k K) as [N I]; split; [exact N | intros x; rewrite I, (listed_ext F G E); reflexivity].
  - intros k p K; rewrite (B k p K); unfold bit; rewrite !(whole_ext F G E); reflexivity.
Qed.

Lemma toggled_is : forall z k x j p, j < top -> toggled z k x j p = xorb ((j =? k) && (p =? x / 2)) (bits z j p).
Proof.
  intros z k x j p J; unfold toggled; destruct (Nat.ltb_spec k top); [reflexivity |].
  replace (j =? k) with false by (symmetry; apply Nat.eqb_neq; lia); destruct (bits z j p); reflexivity.
Qed.

Lemma put_holds : forall z F k x, k <= top -> holds z F -> none F k x -> (k = top \/ whole F k (buddy x) = false) ->
  holds (put z k x) (add F k x).
Proof.
  intros z F k x K [L B] N W; split.
  - intros j J; cbn [lists put]; unfold upd; destruct (L j J) as [D I].
    pose proof (listed_add top F k x K N W j) as A; destruct (Nat.eqb_spec j k) as [-> | E].
    + split.
      * constructor; [| exact D]; rewrite I; unfold listed; rewrite (whole_none_same _ _ _ N); discriminate.
      * intros y; rewrite (A y J); cbn [In andb]; rewrite orb_true_iff, Nat.eqb_eq, I; intuition congruence.
    + split; [exact D | intros y; rewrite (A y J), I; cbn [andb orb]; reflexivity].
  - intros j p J; cbn [bits put]; rewrite (toggled_is z k x j p J), (B j p J); symmetry; apply (bit_add top); assumption.
Qed.

Lemma none_del : forall F k x, none (del F k x) k x.
Proof. intros F k x p E; unfold del, inside; rewrite E, Nat.eqb_refl; reflexivity. Qed.

Lemma add_del : forall F k x, whole F k x = true -> forall p, add (del F k x) k x p = F p.
Proof.
  intros F k x W p; unfold add, del, inside; destruct (Nat.eqb_spec (p / 2 ^ k) x) as [E |]; [| reflexivity].
  symmetry; exact (proj1 (whole_pages F k x) W p E).
Qed.

Lemma listed_alone : forall F k x, k < top -> listed top F k x = true -> whole F k (buddy x) = false.
Proof.
  intros F k x K H; unfold listed in H; apply andb_true_iff in H; destruct H as [W P].
  replace (k =? top) with false in P by (symmetry; apply Nat.eqb_neq; lia).
  rewrite whole_parent, W in P; cbn in P; destruct (whole F k (buddy x)); [discriminate | reflexivity].
Qed.

Lemma take_holds : forall z F k x, k <= top -> holds z F -> listed top F k x = true -> holds (take z k x) (del F k x).
Proof.
  intros z F k x K [L B] H.
  assert (W : whole F k x = true) by (unfold listed in H; apply andb_true_iff in H; tauto).
  assert (N := none_del F k x).
  assert (A : k = top \/ whole (del F k x) k (buddy x) = false).
  { destruct (Nat.eq_dec k top) as [-> | T]; [left; reflexivity | right].
    pose proof (listed_alone F k x ltac:(lia) H) as O.
    rewrite <- (whole_ext _ _ (add_del F k x W)), whole_add_same in O; apply orb_false_iff in O; tauto. }
  assert (LA := listed_add top (del F k x) k x K N A); assert (BA := bit_add top (del F k x) k x K N A).
  split.
  - intros j J; cbn [lists take]; unfold upd; destruct (L j J) as [D I].
    assert (I' : forall y, In y (lists z j) <-> ((j =? k) && (y =? x)) || listed top (del F k x) j y = true).
    { intros y; rewrite I, <- (LA j y J), (listed_ext _ _ (add_del F k x W)); reflexivity. }
    destruct (Nat.eqb_spec j k) as [-> | E].
    + split; [apply NoDup_remove_value; exact D |].
      intros y; split.
      * intros R; apply in_remove in R; destruct R as [R Y]; apply I' in R.
        cbn [andb] in R; apply orb_true_iff in R; rewrite Nat.eqb_eq in R; tauto.
      * intros R; apply in_in_remove.
        -- intros ->; unfold listed in R; rewrite (whole_none_same _ _ _ N) in R; discriminate.
        -- apply I'; rewrite R; apply orb_true_r.
    + split; [exact D | intros y; rewrite I'; reflexivity].
  - intros j p J; cbn [bits take]; rewrite (toggled_is z k x j p J), (B j p J).
    assert (E : bit F j p = bit (add (del F k x) k x) j p)
      by (unfold bit; rewrite !(whole_ext _ _ (add_del F k x W)); reflexivity).
    rewrite E, (BA j p J); destruct ((j =? k) && (p =? x / 2)), (bit (del F k x) j p); reflexivity.
Qed.

(* A block of which no page is free is freed; every block that is unlinked was on its list, and afterwards the zone holds what it
   must with the pages of the block free as well. *)
Theorem give_holds : forall left k x z F, k + left = top -> holds z F -> none F k x ->
  exists z', give left k x z = Some z' /\ holds z' (add F k x).
Proof.
  induction left; intros k x z F K H N.
  - exists (put z k x); split; [reflexivity | apply put_holds; try assumption; lia].
  - cbn [give]; pose proof H as [L B]; rewrite (B k (x / 2)) by lia.
    assert (W := whole_none_same _ _ _ N).
    assert (T : bit F k (x / 2) = whole F k (buddy x)).
    { unfold bit; destruct (pair_of x) as [q [Q [[E C] | [E C]]]]; rewrite Q, C; clear Q C; subst x; rewrite W;
        [destruct (whole F k (2 * q + 1)) | destruct (whole F k (2 * q))]; reflexivity. }
    rewrite T; destruct (whole F k (buddy x)) eqn:S.
    + assert (O : listed top F k (buddy x) = true).
      { unfold listed; rewrite S, whole_parent, buddy_twice, W, andb_false_r; apply orb_true_r. }
      destruct (in_dec Nat.eq_dec (buddy x) (lists z k)) as [_ | C];
        [| destruct C; apply (proj2 (L k ltac:(lia))); exact O].
      destruct (IHleft (Datatypes.S k) (x / 2) (take z k (buddy x)) (del F k (buddy x))) as [z' [G H']].
      * lia.
      * apply take_holds; [lia | exact H | exact O].
      * intros p E; rewrite div_up in E; unfold del, inside; destruct (half_cases x _ E) as [E' | E']; rewrite E'.
        -- rewrite (N p E'); apply andb_false_r.
        -- rewrite Nat.eqb_refl; reflexivity.
      * exists z'; split; [exact G |]; revert H'; apply holds_ext; intros p; unfold add, del, inside; rewrite div_up.
        destruct (Nat.eqb_spec (p / 2 ^ k) x) as [-> |]; [rewrite Nat.eqb_refl; reflexivity |].
        destruct (Nat.eqb_spec (p / 2 ^ k / 2) (x / 2)) as [E | D]; cbn [orb negb andb].
        -- destruct (half_cases x _ E) as [| E']; [contradiction |]; symmetry; exact (proj1 (whole_pages _ _ _) S p E').
        -- destruct (Nat.eqb_spec (p / 2 ^ k) (buddy x)) as [E |]; [| reflexivity].
           destruct D; rewrite E; apply buddy_half.
    + exists (put z k x); split; [reflexivity | apply put_holds; try assumption; [lia | right; exact S]].
Qed.
End Orders.
