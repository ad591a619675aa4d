(* Swapping buddies, of any pairs of any orders, makes a right zone of a right zone, and the steps out of it are those of the other,
   swapped. So of each orbit one state is enough. *)
From Coq Require Import Arith Bool Lia List Permutation.
From Buddy Require Import Pages Zone History.
Import ListNotations.

Section Swap.
Variable top : nat.

(* By order, where a block goes; a block's halves go where the block goes, and doing it twice does nothing. *)
Variable swap : nat -> nat -> nat.
Hypothesis keeps_parents : forall k x, swap (S k) (x / 2) = swap k x / 2.
Hypothesis undone : forall k x, swap k (swap k x) = x.

Definition swapped (F : pages) : pages := fun p => F (swap 0 p).
Definition swapped_zone (z : zone) : zone :=
  {| lists := fun k => map (swap k) (lists z k); bits := fun k p => bits z k (swap (S k) p) |}.

Lemma swap_buddy : forall k x, swap k (buddy x) = buddy (swap k x).
Proof.
  intros k x; destruct (half_cases (swap k x) (swap k (buddy x))) as [E | E].
  - rewrite <- !keeps_parents, buddy_half; reflexivity.
  - exfalso; apply (buddy_other x); rewrite <- (undone k (buddy x)), E; apply undone.
  - exact E.
Qed.

(* The halves of a swapped block are the swapped halves, in one order or the other. *)
Lemma swap_halves : forall k p,
  (swap k (2 * p) = 2 * swap (S k) p /\ swap k (2 * p + 1) = 2 * swap (S k) p + 1) \/
  (swap k (2 * p) = 2 * swap (S k) p + 1 /\ swap k (2 * p + 1) = 2 * swap (S k) p).
Proof.
  intros k p; assert (B : buddy (2 * p) = 2 * p + 1)
    by (destruct (halves (2 * p)) as [[_ C] | [C _]]; rewrite div_half_even in C; lia).
  pose proof (swap_buddy k (2 * p)) as S; rewrite B in S; pose proof (keeps_parents k (2 * p)) as K.
  rewrite div_half_even in K; rewrite K, S.
  destruct (halves (swap k (2 * p))) as [[E C] | [E C]]; rewrite C; [left | right]; split; congruence.
Qed.

Lemma whole_swapped : forall F k x, whole (swapped F) k x = whole F k (swap k x).
Proof.
  intros F; induction k; intros x; [reflexivity |]; cbn [whole]; rewrite !IHk.
  destruct (swap_halves k x) as [[-> ->] | [-> ->]]; [reflexivity | apply andb_comm].
Qed.

Lemma listed_swapped : forall F k x, listed top (swapped F) k x = listed top F k (swap k x).
Proof. intros F k x; unfold listed; rewrite !whole_swapped, keeps_parents; reflexivity. Qed.

Lemma bit_swapped : forall F k p, bit (swapped F) k p = bit F k (swap (S k) p).
Proof.
  intros F k p; unfold bit; rewrite !whole_swapped.
  destruct (swap_halves k p) as [[-> ->] | [-> ->]]; [reflexivity | apply xorb_comm].
Qed.

Theorem swapped_holds : forall z F, holds top z F -> holds top (swapped_zone z) (swapped F).
Proof.
  intros z F [L B]; split.
  - intros k K; destruct (L k K) as [N I]; cbn [lists swapped_zone]; split.
    + apply FinFun.Injective_map_NoDup; [intros x y E | exact N].
      rewrite <- (undone k x), E; apply undone.
    + intros x; rewrite listed_swapped, <- I, in_map_iff; split.
      * intros [y [<- Y]]; rewrite undone; exact Y.
      * intros Y; exists (swap k x); split; [apply undone | exact Y].
  - intros k p K; cbn [bits swapped_zone]; rewrite bit_swapped; apply B; exact K.
Qed.

Lemma inside_swapped : forall k x p, inside k (swap k x) p = inside k x (swap 0 p).
Proof.
  intros k x p; unfold inside.
  assert (D : forall j q, swap 0 q / 2 ^ j = swap j (q / 2 ^ j)).
  { induction j; intros q; [change (2 ^ 0) with 1; rewrite !Nat.div_1_r; reflexivity |].
    rewrite !div_up, IHj, keeps_parents; reflexivity. }
  rewrite D; destruct (Nat.eqb_spec (p / 2 ^ k) (swap k x)) as [E | E], (Nat.eqb_spec (swap k (p / 2 ^ k)) x) as [G | G];
    try reflexivity; exfalso; [apply G; rewrite E | apply E; rewrite <- G; symmetry]; apply undone.
Qed.

(* To free a swapped block in a swapped zone is to free the block, and to swap: the order within the lists apart. *)
Theorem give_swapped : forall k x z F z', k <= top -> holds top z F -> none F k x -> give top (top - k) k x z = Some z' ->
  exists w, give top (top - k) k (swap k x) (swapped_zone z) = Some w /\ alike top w (swapped_zone z').
Proof.
  intros k x z F z' K H N E.
  assert (N' : none (swapped F) k (swap k x)).
  { intros p P; unfold swapped; apply N; apply Nat.eqb_eq; change (inside k x (swap 0 p) = true).
    rewrite <- inside_swapped; apply Nat.eqb_eq; exact P. }
  destruct (give_holds top (top - k) k (swap k x) (swapped_zone z) (swapped F) ltac:(lia) (swapped_holds z F H) N')
    as [w [W HW]].
  exists w; split; [exact W |].
  destruct (give_holds top (top - k) k x z F ltac:(lia) H N) as [z'' [E' H']]; rewrite E in E'; injection E' as <-.
  apply (history_leaves_no_trace top w _ (swapped (add F k x))).
  - revert HW; apply holds_ext; intros p; unfold swapped, add; rewrite inside_swapped; reflexivity.
  - apply swapped_holds; exact H'.
Qed.
End Swap.

(* Such a swap: the two halves of the block q of order k0 + 1, and all that is in them. Any others are made of these. *)
Definition swap_at (k0 q k x : nat) : nat :=
  if (k <=? k0) && (x / 2 ^ (k0 - k) / 2 =? q) then Nat.lxor x (2 ^ (k0 - k)) else x.

Lemma lxor_half : forall x e, Nat.lxor x (2 ^ S e) / 2 = Nat.lxor (x / 2) (2 ^ e).
Proof.
  intros x e; change 2 with (2 ^ 1) at 2 3; rewrite <- !Nat.shiftr_div_pow2, Nat.shiftr_lxor; f_equal.
  rewrite Nat.shiftr_div_pow2; apply div_half_even.
Qed.

Lemma lxor_lowest : forall x, Nat.lxor x 1 / 2 = x / 2.
Proof.
  intros x; change 2 with (2 ^ 1); rewrite <- !Nat.shiftr_div_pow2, Nat.shiftr_lxor.
  rewrite (Nat.shiftr_div_pow2 1 1); apply Nat.lxor_0_r.
Qed.

Lemma lxor_pair : forall x d, Nat.lxor x (2 ^ d) / 2 ^ d / 2 = x / 2 ^ d / 2.
Proof.
  intros x d; rewrite <- !div_up, <- !Nat.shiftr_div_pow2, Nat.shiftr_lxor, (Nat.shiftr_div_pow2 (2 ^ d)).
  rewrite (Nat.div_small (2 ^ d)); [apply Nat.lxor_0_r |]; apply Nat.pow_lt_mono_r; lia.
Qed.

Theorem swap_at_keeps_parents : forall k0 q k x, swap_at k0 q (S k) (x / 2) = swap_at k0 q k x / 2.
Proof.
  intros k0 q k x; unfold swap_at; destruct (lt_eq_lt_dec k k0) as [[L | ->] | L].
  - replace (k0 - k) with (S (k0 - S k)) by lia; rewrite !div_succ.
    replace (S k <=? k0) with true by (symmetry; apply Nat.leb_le; lia).
    replace (k <=? k0) with true by (symmetry; apply Nat.leb_le; lia); cbn [andb].
    destruct (x / 2 / 2 ^ (k0 - S k) / 2 =? q); [symmetry; apply lxor_half | reflexivity].
  - replace (S k0 <=? k0) with false by (symmetry; apply Nat.leb_gt; lia); rewrite Nat.leb_refl, Nat.sub_diag; cbn [andb].
    change (2 ^ 0) with 1; destruct (x / 1 / 2 =? q); [symmetry; apply lxor_lowest | reflexivity].
  - replace (S k <=? k0) with false by (symmetry; apply Nat.leb_gt; lia).
    replace (k <=? k0) with false by (symmetry; apply Nat.leb_gt; lia); reflexivity.
Qed.

Theorem swap_at_undone : forall k0 q k x, swap_at k0 q k (swap_at k0 q k x) = x.
Proof.
  intros k0 q k x; unfold swap_at; destruct (k <=? k0); cbn [andb]; [| reflexivity].
  destruct (x / 2 ^ (k0 - k) / 2 =? q) eqn:E; [| rewrite E; reflexivity].
  rewrite lxor_pair, E, Nat.lxor_assoc, Nat.lxor_nilpotent; apply Nat.lxor_0_r.
Qed.

(* It is no swap that does nothing: page 0 goes where page 1 is. *)
Example swap_at_swaps : swap_at 0 0 0 0 = 1.
Proof. reflexivity. Qed.
