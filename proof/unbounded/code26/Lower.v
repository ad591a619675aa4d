(* 2.6 without words of memory: it joins as 2.4 does, but splits the other way, so that the first part of a block is granted. *)
From Coq Require Import Arith Bool Lia List.
From Buddy Require Import Pages Zone Allocate.
Import ListNotations.

Section Orders.
Variable top : nat.
Notation holds := (holds top).
Notation listed := (listed top).
Notation put := (put top).
Notation take := (take top).

(* expand: the block x of order d + k, which is on no list, is split; each upper half is listed, the lower one split on. *)
Fixpoint expand_lower (d k x : nat) (z : zone) : nat * zone :=
  match d with
  | 0 => (x, z)
  | S e => expand_lower e k (2 * x) (put z (e + k) (2 * x + 1))
  end.

(* __rmqueue_smallest: the first block of the smallest order that has one. *)
Definition rmqueue_lower (k : nat) (z : zone) : option (nat * zone) :=
  match first (top - k) k z with
  | Some (from, x) => Some (expand_lower (from - k) k x (take z from x))
  | None => None
  end.

(* What is left of a block that is split is its first part. *)
Lemma expand_lower_first : forall d k x z, fst (expand_lower d k x z) = x * 2 ^ d.
Proof.
  induction d; intros k x z; cbn [expand_lower]; [cbn; lia |]; rewrite IHd, Nat.pow_succ_r'; lia.
Qed.

(* PLACE-3: a block that is on no list is split down to order k: what is left of it is granted, the rest is free. *)
Theorem expand_lower_holds : forall d k x z F, d + k <= top -> holds z F -> none F (d + k) x ->
  let (g, z') := expand_lower d k x z in g / 2 ^ d = x /\ holds z' (del (add F (d + k) x) k g).
Proof.
  induction d; intros k x z F K H N.
  - cbn [expand_lower plus]; split; [apply Nat.div_1_r |]; revert H; apply holds_ext; intros p.
    unfold del, add, inside; destruct (Nat.eqb_spec (p / 2 ^ k) x) as [E |]; [exact (N p E) | reflexivity].
  - cbn [expand_lower].
    assert (NL : none F (d + k) (2 * x)) by (apply (none_half F (d + k) x); [exact N | apply div_half_even]).
    assert (NU : none F (d + k) (2 * x + 1)) by (apply (none_half F (d + k) x); [exact N | apply div_half_odd]).
    assert (B : buddy (2 * x + 1) = 2 * x) by (destruct (halves (2 * x + 1)) as [[C _] | [_ C]]; rewrite div_half_odd in C; lia).
    specialize (IHd k (2 * x) (put z (d + k) (2 * x + 1)) (add F (d + k) (2 * x + 1))).
    destruct (expand_lower d k (2 * x) (put z (d + k) (2 * x + 1))) as [g z'].
    destruct IHd as [G R].
    + lia.
    + apply put_holds; [lia | exact H | exact NU |]; right; rewrite B; apply whole_none_same; exact NL.
    + intros p E; unfold add, inside; rewrite E, (NL p E).
      destruct (Nat.eqb_spec (2 * x) (2 * x + 1)); [lia | reflexivity].
    + split.
      * rewrite div_up, G; apply div_half_even.
      * revert R; apply holds_ext; intros p; unfold del, add, inside; f_equal.
        change (S d + k) with (S (d + k)); rewrite div_up.
        destruct (Nat.eqb_spec (p / 2 ^ (d + k)) (2 * x)) as [-> | D].
        -- rewrite div_half_even, Nat.eqb_refl; reflexivity.
        -- destruct (Nat.eqb_spec (p / 2 ^ (d + k)) (2 * x + 1)) as [-> | U].
           ++ rewrite div_half_odd, Nat.eqb_refl; reflexivity.
           ++ destruct (Nat.eqb_spec (p / 2 ^ (d + k) / 2) x) as [E | E]; [| reflexivity].
              destruct (halves (p / 2 ^ (d + k))) as [[C _] | [C _]]; rewrite E in C; contradiction.
Qed.

(* A granted block was wholly free, lies in a listed block of the smallest order that has one, and is free no more; a refusal means
   that no block of that order was wholly free. *)
Theorem rmqueue_lower_holds : forall k z F, k <= top -> holds z F ->
  match rmqueue_lower k z with
  | Some (g, z') =>
      whole F k g = true /\ holds z' (del F k g) /\
      exists c, k <= c <= top /\ listed F c (g / 2 ^ (c - k)) = true /\ forall j x, k <= j < c -> listed F j x = false
  | None => forall x, whole F k x = false
  end.
Proof.
  intros k z F K H; pose proof H as [L _]; unfold rmqueue_lower; destruct (first (top - k) k z) as [[c x] |] eqn:E.
  - apply first_some in E; destruct E as [A [C [I M]]].
    assert (O : listed F c x = true) by (apply (proj2 (L c ltac:(lia))); exact I).
    assert (W : whole F c x = true) by (unfold Pages.listed in O; apply andb_true_iff in O; tauto).
    pose proof (expand_lower_holds (c - k) k x (take z c x) (del F c x)) as X.
    replace (c - k + k) with c in X by lia.
    destruct (expand_lower (c - k) k x (take z c x)) as [g z'].
    destruct X as [G R]; [lia | apply take_holds; [lia | exact H | exact O] | apply none_del |].
    split; [| split].
    + apply (whole_inner F k (c - k) g); rewrite G; replace (k + (c - k)) with c by lia; exact W.
    + revert R; apply holds_ext; intros p; unfold del at 1 3; rewrite (add_del F c x W); reflexivity.
    + exists c; split; [lia | split].
      * rewrite G; exact O.
      * intros j y J; destruct (listed F j y) eqn:Y; [| reflexivity].
        apply (proj2 (L j ltac:(lia))) in Y; rewrite (M j J) in Y; destruct Y.
  - intros x; destruct (whole F k x) eqn:W; [| reflexivity].
    destruct (whole_listed top F (top - k) k x ltac:(lia) W) as [c [C O]].
    apply (proj2 (L c ltac:(lia))) in O; rewrite (first_none _ _ _ E c ltac:(lia)) in O; destruct O.
Qed.
End Orders.
