(* Which pages are free decides everything: which blocks are wholly free, which belong on a list, and what each bit must be.
   A block is an order and an index: block x of order k has the pages p with p / 2^k = x. There is no largest page. *)
From Coq Require Import Arith Bool Lia.

Definition pages := nat -> bool.

(* The specification's two bits: a block is wholly free when both of its halves are. *)
Fixpoint whole (F : pages) (k x : nat) : bool :=
  match k with
  | 0 => F x
  | S j => whole F j (2 * x) && whole F j (2 * x + 1)
  end.

Definition inside (k x p : nat) : bool := p / 2 ^ k =? x.
Definition add (F : pages) (k x p : nat) : bool := inside k x p || F p.
Definition del (F : pages) (k x p : nat) : bool := negb (inside k x p) && F p.

(* No page of a block is free. *)
Definition none (F : pages) (k x : nat) : Prop := forall p, p / 2 ^ k = x -> F p = false.

Definition buddy (x : nat) : nat := if Nat.even x then x + 1 else x - 1.

(* What belongs on the list of an order, and what the bit of a pair must be. *)
Definition listed (top : nat) (F : pages) (k x : nat) : bool :=
  whole F k x && ((k =? top) || negb (whole F (S k) (x / 2))).
Definition bit (F : pages) (k p : nat) : bool := xorb (whole F k (2 * p)) (whole F k (2 * p + 1)).

Lemma pow_pos : forall k, 2 ^ k <> 0.
Proof. intros; apply Nat.pow_nonzero; lia. Qed.

Lemma div_half_even : forall y, (2 * y) / 2 = y.
Proof. intros; rewrite Nat.mul_comm; apply Nat.div_mul; lia. Qed.

Lemma div_half_odd : forall y, (2 * y + 1) / 2 = y.
Proof. intros; symmetry; apply Nat.div_unique with 1; lia. Qed.

Lemma div_succ : forall y d, y / 2 ^ S d = y / 2 / 2 ^ d.
Proof. intros; rewrite Nat.div_div by (try apply pow_pos; lia); reflexivity. Qed.

Lemma div_up : forall p k, p / 2 ^ S k = p / 2 ^ k / 2.
Proof.
  intros; rewrite Nat.div_div by (try apply pow_pos; lia).
  rewrite (Nat.mul_comm (2 ^ k) 2); reflexivity.
Qed.

Lemma div_even : forall y d, (2 * y) / 2 ^ S d = y / 2 ^ d.
Proof. intros; rewrite div_succ, div_half_even; reflexivity. Qed.

Lemma div_odd : forall y d, (2 * y + 1) / 2 ^ S d = y / 2 ^ d.
Proof. intros; rewrite div_succ, div_half_odd; reflexivity. Qed.

(* A block is the lower or the upper half of its pair, and its buddy is the other. *)
Lemma halves : forall x,
  (x = 2 * (x / 2) /\ buddy x = 2 * (x / 2) + 1) \/ (x = 2 * (x / 2) + 1 /\ buddy x = 2 * (x / 2)).
Proof.
  intros x; unfold buddy; destruct (Nat.even x) eqn:E.
  - apply Nat.even_spec in E; destruct E as [q ->]; left; rewrite div_half_even; lia.
  - assert (O : Nat.odd x = true) by (rewrite <- Nat.negb_even, E; reflexivity).
    apply Nat.odd_spec in O; destruct O as [q ->]; right; rewrite div_half_odd; lia.
Qed.

Lemma buddy_half : forall x, buddy x / 2 = x / 2.
Proof.
  intros x; destruct (halves x) as [[_ ->] | [_ ->]]; [apply div_half_odd | apply div_half_even].
Qed.

Lemma buddy_other : forall x, buddy x <> x.
Proof. intros x; destruct (halves x) as [[E B] | [E B]]; lia. Qed.

Lemma buddy_twice : forall x, buddy (buddy x) = x.
Proof.
  intros x; destruct (halves (buddy x)) as [[E B] | [E B]], (halves x) as [[E' B'] | [E' B']];
    rewrite buddy_half in *; lia.
Qed.

Lemma half_cases : forall x y, y / 2 = x / 2 -> y = x \/ y = buddy x.
Proof.
  intros x y H; destruct (halves x) as [[E B] | [E B]], (halves y) as [[E' _] | [E' _]]; rewrite H in E'; lia.
Qed.

Lemma whole_ext : forall F G, (forall p, F p = G p) -> forall k x, whole F k x = whole G k x.
Proof. intros F G H k; induction k; intros x; simpl; [apply H | rewrite !IHk; reflexivity]. Qed.

(* What adding a block does to the blocks in it, and beside it. *)
Lemma whole_add_below : forall j d F x y,
  whole (add F (j + d) x) j y = (y / 2 ^ d =? x) || whole F j y.
Proof.
  induction j; intros d F x y.
  - reflexivity.
  - cbn [whole]; replace (S j + d) with (j + S d) by lia; rewrite !IHj, div_even, div_odd.
    destruct (y / 2 ^ d =? x); reflexivity.
Qed.

Lemma whole_add_same : forall k F x y, whole (add F k x) k y = (y =? x) || whole F k y.
Proof.
  intros; pose proof (whole_add_below k 0 F x y) as H; rewrite Nat.add_0_r in H; rewrite H.
  simpl (2 ^ 0); rewrite Nat.div_1_r; reflexivity.
Qed.

Lemma whole_none : forall j d F x y, none F (j + d) x -> y / 2 ^ d = x -> whole F j y = false.
Proof.
  induction j; intros d F x y N E.
  - apply N; exact E.
  - cbn [whole]; rewrite (IHj (S d) F x (2 * y)); [reflexivity | | rewrite div_even; exact E].
    replace (j + S d) with (S j + d) by lia; exact N.
Qed.

Lemma whole_none_same : forall k F x, none F k x -> whole F k x = false.
Proof.
  intros; apply (whole_none k 0 F x x); [rewrite Nat.add_0_r; assumption | apply Nat.div_1_r].
Qed.

Lemma whole_parent : forall F k x, whole F (S k) (x / 2) = whole F k x && whole F k (buddy x).
Proof.
  intros F k x; cbn [whole]; destruct (halves x) as [[E B] | [E B]]; rewrite B.
  - rewrite <- E; reflexivity.
  - rewrite andb_comm; rewrite <- E; reflexivity.
Qed.

Lemma pair_of : forall x, exists q, x / 2 = q /\ ((x = 2 * q /\ buddy x = 2 * q + 1) \/ (x = 2 * q + 1 /\ buddy x = 2 * q)).
Proof. intros x; exists (x / 2); split; [reflexivity | apply halves]. Qed.

Lemma whole_add_above : forall F k x, none F k x -> whole F k (buddy x) = false ->
  forall e y, whole (add F k x) (S k + e) y = whole F (S k + e) y.
Proof.
  intros F k x N B e; induction e; intros y.
  - rewrite Nat.add_0_r; cbn [whole]; rewrite !whole_add_same.
    pose proof (whole_none_same _ _ _ N) as W.
    destruct (pair_of x) as [q [_ [[E Bx] | [E Bx]]]]; rewrite Bx in B; subst x;
      destruct (Nat.eq_dec y q) as [-> | D].
    + rewrite W, B, Nat.eqb_refl; replace (2 * q + 1 =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia).
      reflexivity.
    + replace (2 * y =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia).
      replace (2 * y + 1 =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia); reflexivity.
    + rewrite W, B, Nat.eqb_refl; replace (2 * q =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia).
      reflexivity.
    + replace (2 * y =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia).
      replace (2 * y + 1 =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia); reflexivity.
  - replace (S k + S e) with (S (S k + e)) by lia; cbn [whole]; rewrite !IHe; reflexivity.
Qed.

(* All that changes when a block becomes free whose buddy is not wholly free: it is listed, and its pair's bit is complemented. *)
Lemma listed_add : forall top F k x, k <= top -> none F k x -> (k = top \/ whole F k (buddy x) = false) ->
  forall j y, j <= top -> listed top (add F k x) j y = ((j =? k) && (y =? x)) || listed top F j y.
Proof.
  intros top F k x K N B j y J; unfold listed.
  destruct (lt_eq_lt_dec j k) as [[L | ->] | L].
  - replace (j =? k) with false by (symmetry; apply Nat.eqb_neq; lia).
    replace (j =? top) with false by (symmetry; apply Nat.eqb_neq; lia).
    destruct (Nat.le_exists_sub (S j) k L) as [d [Ek _]].
    pose proof (whole_add_below j (S d) F x y) as W1; replace (j + S d) with k in W1 by lia.
    pose proof (whole_add_below (S j) d F x (y / 2)) as W2; replace (S j + d) with k in W2 by lia.
    rewrite W1, W2, div_succ; destruct (Nat.eqb_spec (y / 2 / 2 ^ d) x) as [E | E]; [| reflexivity].
    rewrite (whole_none j (S d) F x y); [reflexivity | replace (j + S d) with k by lia; exact N |].
    rewrite div_succ; exact E.
  - rewrite Nat.eqb_refl, whole_add_same; cbn [andb].
    destruct (Nat.eqb_spec k top) as [-> | T].
    + rewrite !orb_true_l, !andb_true_r; reflexivity.
    + destruct B as [-> | B]; [lia |].
      pose proof (whole_add_above F k x N B 0 (y / 2)) as W; rewrite Nat.add_0_r in W; rewrite W.
      destruct (Nat.eqb_spec y x) as [-> |]; [| reflexivity].
      rewrite whole_parent, (whole_none_same _ _ _ N); reflexivity.
  - replace (j =? k) with false by (symmetry; apply Nat.eqb_neq; lia).
    destruct B as [-> | B]; [lia |].
    destruct (Nat.le_exists_sub (S k) j L) as [e [Ej _]].
    pose proof (whole_add_above F k x N B e y) as W1; replace (S k + e) with j in W1 by lia.
    pose proof (whole_add_above F k x N B (S e) (y / 2)) as W2; replace (S k + S e) with (S j) in W2 by lia.
    rewrite W1, W2; reflexivity.
Qed.

Lemma bit_add : forall top F k x, k <= top -> none F k x -> (k = top \/ whole F k (buddy x) = false) ->
  forall j p, j < top -> bit (add F k x) j p = xorb ((j =? k) && (p =? x / 2)) (bit F j p).
Proof.
  intros top F k x K N B j p J; unfold bit.
  destruct (lt_eq_lt_dec j k) as [[L | ->] | L].
  - replace (j =? k) with false by (symmetry; apply Nat.eqb_neq; lia).
    destruct (Nat.le_exists_sub (S j) k L) as [d [Ek _]].
    pose proof (whole_add_below j (S d) F x (2 * p)) as W1.
    pose proof (whole_add_below j (S d) F x (2 * p + 1)) as W2.
    replace (j + S d) with k in W1, W2 by lia; rewrite W1, W2, div_even, div_odd.
    destruct (Nat.eqb_spec (p / 2 ^ d) x) as [E | E]; [| destruct (whole F j (2 * p)), (whole F j (2 * p + 1)); reflexivity].
    assert (N' : none F (j + S d) x) by (replace (j + S d) with k by lia; exact N).
    rewrite (whole_none j (S d) F x (2 * p) N') by (rewrite div_even; exact E).
    rewrite (whole_none j (S d) F x (2 * p + 1) N') by (rewrite div_odd; exact E); reflexivity.
  - rewrite Nat.eqb_refl, !whole_add_same; cbn [andb].
    pose proof (whole_none_same _ _ _ N) as W.
    destruct (pair_of x) as [q [H [[E _] | [E _]]]]; rewrite H; clear H; subst x;
      destruct (Nat.eqb_spec p q) as [-> | D].
    + replace (2 * q + 1 =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia).
      rewrite W, Nat.eqb_refl; destruct (whole F k (2 * q + 1)); reflexivity.
    + replace (2 * p =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia).
      replace (2 * p + 1 =? 2 * q) with false by (symmetry; apply Nat.eqb_neq; lia).
      destruct (whole F k (2 * p)), (whole F k (2 * p + 1)); reflexivity.
    + replace (2 * q =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia).
      rewrite W, Nat.eqb_refl; destruct (whole F k (2 * q)); reflexivity.
    + replace (2 * p =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia).
      replace (2 * p + 1 =? 2 * q + 1) with false by (symmetry; apply Nat.eqb_neq; lia).
      destruct (whole F k (2 * p)), (whole F k (2 * p + 1)); reflexivity.
  - replace (j =? k) with false by (symmetry; apply Nat.eqb_neq; lia).
    destruct B as [-> | B]; [lia |].
    destruct (Nat.le_exists_sub (S k) j L) as [e [Ej _]].
    pose proof (whole_add_above F k x N B e (2 * p)) as W1.
    pose proof (whole_add_above F k x N B e (2 * p + 1)) as W2.
    replace (S k + e) with j in W1, W2 by lia; rewrite W1, W2.
    destruct (whole F j (2 * p)), (whole F j (2 * p + 1)); reflexivity.
Qed.

(* A block is wholly free exactly when each of its pages is. *)
Lemma whole_pages : forall F k x, whole F k x = true <-> forall p, p / 2 ^ k = x -> F p = true.
Proof.
  intros F; induction k; intros x.
  - cbn [whole]; change (2 ^ 0) with 1; split;
      [intros H p; rewrite Nat.div_1_r; intros ->; exact H | intros H; apply H, Nat.div_1_r].
  - cbn [whole]; rewrite andb_true_iff, !IHk; split.
    + intros [L U] p E; rewrite div_up in E.
      destruct (halves (p / 2 ^ k)) as [[H _] | [H _]]; rewrite E in H; [apply L | apply U]; exact H.
    + intros H; split; intros p E; apply H; rewrite div_up, E; [apply div_half_even | apply div_half_odd].
Qed.

Lemma whole_inner : forall F j d y, whole F (j + d) (y / 2 ^ d) = true -> whole F j y = true.
Proof.
  intros F j d y H; apply whole_pages; intros p E; apply (proj1 (whole_pages F (j + d) _) H).
  rewrite Nat.pow_add_r, <- Nat.div_div by apply pow_pos; rewrite E; reflexivity.
Qed.
