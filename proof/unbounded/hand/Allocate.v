(* Allocation: succeeds exactly when a free block is large enough, takes the smallest order that has one, and leaves a zone that holds
   what it must. *)
From Coq Require Import Arith Bool Lia List.
From Buddy Require Import Pages Zone.
Import ListNotations.

Section Orders.
Variable top : nat.
Notation holds := (holds top).
Notation listed := (listed top).
Notation put := (put top).
Notation take := (take top).
Notation expand := (expand top).
Notation rmqueue_by := (rmqueue_by top).
Notation rmqueue := (rmqueue top).

Lemma none_half : forall F k x y, none F (S k) x -> y / 2 = x -> none F k y.
Proof. intros F k x y N E p P; apply N; rewrite div_up, P; exact E. Qed.

(* A block of which no page is free is kept back as it is. *)
Lemma unsplit_holds : forall k x z F, holds z F -> none F k x -> holds z (del (add F k x) k x).
Proof.
  intros k x z F H N; revert H; apply holds_ext; intros p; unfold del, add, inside.
  destruct (Nat.eqb_spec (p / 2 ^ k) x) as [E |]; [exact (N p E) | reflexivity].
Qed.

(* One half of such a block is listed; the other one is in use still, and with it all of the block would be free. *)
Lemma half_holds : forall k x y z F, k < top -> holds z F -> none F (S k) x -> y / 2 = x ->
  holds (put z k y) (add F k y) /\ none (add F k y) k (buddy y) /\ forall p, add (add F k y) k (buddy y) p = add F (S k) x p.
Proof.
  intros k x y z F K H N E; assert (NB : none F k (buddy y)) by (apply (none_half F k x); [exact N | rewrite buddy_half; exact E]).
  split; [| split].
  - apply put_holds; [lia | exact H | exact (none_half F k x y N E) | right; apply whole_none_same; exact NB].
  - intros p P; unfold add, inside; rewrite P, (NB p P); destruct (Nat.eqb_spec (buddy y) y) as [C |]; [| reflexivity].
    destruct (buddy_other y C).
  - intros p; unfold add, inside; rewrite div_up; subst x.
    destruct (Nat.eqb_spec (p / 2 ^ k) (buddy y)) as [-> | B]; [rewrite buddy_half, Nat.eqb_refl; reflexivity |].
    destruct (Nat.eqb_spec (p / 2 ^ k) y) as [-> | Y]; [rewrite Nat.eqb_refl; reflexivity |].
    destruct (Nat.eqb_spec (p / 2 ^ k / 2) (y / 2)) as [E |]; [| reflexivity].
    destruct (half_cases y _ E); contradiction.
Qed.

(* The buddy of a half. *)
Lemma buddy_lower : forall x, buddy (2 * x) = 2 * x + 1.
Proof. intros x; destruct (halves (2 * x)) as [[_ C] | [C _]]; rewrite div_half_even in C; lia. Qed.

Lemma buddy_upper : forall x, buddy (2 * x + 1) = 2 * x.
Proof. intros x; destruct (halves (2 * x + 1)) as [[C _] | [_ C]]; rewrite div_half_odd in C; lia. Qed.

(* A way to split: what is left of a block that is on no list, down to order k, is granted, the rest is free. *)
Definition splits_down (split : nat -> nat -> nat -> zone -> nat * zone) : Prop :=
  forall d k x z F, d + k <= top -> holds z F -> none F (d + k) x ->
  let (g, z') := split d k x z in g / 2 ^ d = x /\ holds z' (del (add F (d + k) x) k g).

(* expand is one. *)
Theorem expand_holds : splits_down expand.
Proof.
  intros d; induction d; intros k x z F K H N.
  - split; [apply Nat.div_1_r | apply unsplit_holds; assumption].
  - cbn [Zone.expand]; destruct (half_holds (d + k) x (2 * x) z F K H N (div_half_even x)) as [H' [N' P]]; rewrite buddy_lower in *.
    specialize (IHd k (2 * x + 1) (put z (d + k) (2 * x)) (add F (d + k) (2 * x)) ltac:(lia) H' N').
    destruct (expand d k (2 * x + 1) (put z (d + k) (2 * x))) as [g z']; destruct IHd as [G R]; split.
    + rewrite div_up, G; apply div_half_odd.
    + revert R; apply holds_ext; intros p; unfold del; f_equal; apply P.
Qed.

(* What the search over the lists finds: the smallest order that has a block, or that there is none. *)
Lemma first_some : forall left k z c x, first left k z = Some (c, x) ->
  k <= c /\ c <= k + left /\ (exists row, lists z c = x :: row) /\ forall j, k <= j < c -> lists z j = [].
Proof.
  induction left; intros k z c x; cbn [first]; destruct (lists z k) as [| y l] eqn:L; intros E; try discriminate.
  - injection E as <- <-; repeat split; try lia; exists l; exact L.
  - apply IHleft in E; destruct E as [A [C [I M]]]; repeat split; try lia; [exact I |].
    intros j J; destruct (Nat.eq_dec j k) as [-> |]; [exact L | apply M; lia].
  - injection E as <- <-; repeat split; try lia; exists l; exact L.
Qed.

Lemma first_none : forall left k z, first left k z = None -> forall j, k <= j <= k + left -> lists z j = [].
Proof.
  induction left; intros k z; cbn [first]; destruct (lists z k) as [| y l] eqn:L; intros E; try discriminate; intros j J.
  - replace j with k by lia; exact L.
  - destruct (Nat.eq_dec j k) as [-> |]; [exact L | apply (IHleft (S k) z E); lia].
Qed.

(* A block that is wholly free lies in one that is listed. *)
Lemma whole_listed : forall F left k x, k + left = top -> whole F k x = true ->
  exists c, k <= c <= top /\ listed F c (x / 2 ^ (c - k)) = true.
Proof.
  induction left; intros k x K W.
  - exists k; split; [lia |]; rewrite Nat.sub_diag, Nat.div_1_r; unfold Pages.listed; rewrite W.
    replace (k =? top) with true by (symmetry; apply Nat.eqb_eq; lia); reflexivity.
  - destruct (whole F (S k) (x / 2)) eqn:P.
    + destruct (IHleft (S k) (x / 2) ltac:(lia) P) as [c [C L]]; exists c; split; [lia |].
      replace (c - k) with (S (c - S k)) by lia; rewrite div_succ; exact L.
    + exists k; split; [lia |]; rewrite Nat.sub_diag, Nat.div_1_r; unfold Pages.listed; rewrite W, P; apply orb_true_r.
Qed.

(* A way to take: a granted block was wholly free, lies in a listed block of the smallest order that has one, and is free no more; a
   refusal means that no block of that order was wholly free. *)
Definition takes_first (request : nat -> zone -> option (nat * zone)) : Prop := forall k z F, k <= top -> holds z F ->
  match request k z with
  | Some (g, z') =>
      whole F k g = true /\ holds z' (del F k g) /\
      exists c, k <= c <= top /\ listed F c (g / 2 ^ (c - k)) = true /\ forall j x, k <= j < c -> listed F j x = false
  | None => forall x, whole F k x = false
  end.

(* To take the first block of the smallest order is one, whichever way it is split. *)
Lemma rmqueue_by_holds : forall split, splits_down split -> takes_first (rmqueue_by split).
Proof.
  intros split S k z F K H; pose proof H as [L _]; unfold Zone.rmqueue_by; destruct (first (top - k) k z) as [[c x] |] eqn:E.
  - apply first_some in E; destruct E as [A [C [[row I] M]]].
    assert (O : listed F c x = true) by (apply (proj2 (L c ltac:(lia))); rewrite I; left; reflexivity).
    assert (W : whole F c x = true) by (unfold Pages.listed in O; apply andb_true_iff in O; tauto).
    pose proof (S (c - k) k x (take z c x) (del F c x)) as X.
    replace (c - k + k) with c in X by lia.
    destruct (split (c - k) k x (take z c x)) as [g z'].
    destruct X as [G R]; [lia | apply take_holds; [lia | exact H | exact O] | apply none_del |].
    split; [| split].
    + apply (whole_inner F k (c - k) g); rewrite G; replace (k + (c - k)) with c by lia; exact W.
    + revert R; apply holds_ext; intros p; unfold del at 1 3; rewrite (add_del F c x W); reflexivity.
    + exists c; split; [lia | split].
      * rewrite G; exact O.
      * intros j y J; destruct (listed F j y) eqn:Y; [| reflexivity].
        apply (proj2 (L j ltac:(lia))) in Y; rewrite (M j J) in Y; destruct Y.
  - intros x; destruct (whole F k x) eqn:W; [| reflexivity].
    destruct (whole_listed F (top - k) k x ltac:(lia) W) as [c [C O]].
    apply (proj2 (L c ltac:(lia))) in O; rewrite (first_none _ _ _ E c ltac:(lia)) in O; destruct O.
Qed.

(* So rmqueue is one. *)
Theorem rmqueue_holds : takes_first rmqueue.
Proof. exact (rmqueue_by_holds expand expand_holds). Qed.

(* TAKE-6: a request is filled if and only if some block of its order is wholly free. *)
Corollary allocates_iff : forall k z F, k <= top -> holds z F ->
  (exists g z', rmqueue k z = Some (g, z')) <-> (exists x, whole F k x = true).
Proof.
  intros k z F K H; pose proof (rmqueue_holds k z F K H) as R; destruct (rmqueue k z) as [[g z'] |]; split.
  - intros _; exists g; tauto.
  - intros _; exists g, z'; reflexivity.
  - intros [g [z' E]]; discriminate.
  - intros [x W]; rewrite R in W; discriminate.
Qed.

(* STATE-3: allocating a block and freeing it restores what is free. *)
Corollary restored : forall k z F g z', k <= top -> holds z F -> rmqueue k z = Some (g, z') ->
  exists z'', give top (top - k) k g z' = Some z'' /\ holds z'' F.
Proof.
  intros k z F g z' K H E; pose proof (rmqueue_holds k z F K H) as R; rewrite E in R; destruct R as [W [R _]].
  destruct (give_holds top (top - k) k g z' (del F k g) ltac:(lia) R (none_del F k g)) as [z'' [G H']].
  exists z''; split; [exact G |]; revert H'; apply holds_ext; apply add_del; exact W.
Qed.
End Orders.
