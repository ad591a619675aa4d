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
Definition rmqueue_lower : nat -> zone -> option (nat * zone) := rmqueue_by top expand_lower.

(* What is left of a block that is split is its first part. *)
Lemma expand_lower_first : forall d k x z, fst (expand_lower d k x z) = x * 2 ^ d.
Proof.
  induction d; intros k x z; cbn [expand_lower]; [cbn; lia |]; rewrite IHd, Nat.pow_succ_r'; lia.
Qed.

(* PLACE-3: this is a way to split, too. *)
Theorem expand_lower_holds : splits_down top expand_lower.
Proof.
  intros d; induction d; intros k x z F K H N.
  - split; [apply Nat.div_1_r | apply unsplit_holds; assumption].
  - cbn [expand_lower]; destruct (half_holds top (d + k) x (2 * x + 1) z F K H N (div_half_odd x)) as [H' [N' P]].
    rewrite buddy_upper in *.
    specialize (IHd k (2 * x) (put z (d + k) (2 * x + 1)) (add F (d + k) (2 * x + 1)) ltac:(lia) H' N').
    destruct (expand_lower d k (2 * x) (put z (d + k) (2 * x + 1))) as [g z']; destruct IHd as [G R]; split.
    + rewrite div_up, G; apply div_half_even.
    + revert R; apply holds_ext; intros p; unfold del; f_equal; apply P.
Qed.

(* What is granted, and when, is as with the other way. *)
Theorem rmqueue_lower_holds : takes_first top rmqueue_lower.
Proof. exact (rmqueue_by_holds top expand_lower expand_lower_holds). Qed.
End Orders.
