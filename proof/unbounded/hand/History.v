(* What a zone holds depends on which pages are free alone; hand-over of any pages in any order; the size of a zone; and why an
   allocator that reads only its map cannot tell a free that is legal from one that is not. *)
From Coq Require Import Arith Bool Lia List Permutation.
From Buddy Require Import Pages Zone.
Import ListNotations.

Section Orders.
Variable top : nat.
Notation holds := (holds top).
Notation listed := (listed top).

Definition alike (z w : zone) : Prop :=
  (forall k, k <= top -> Permutation (lists z k) (lists w k)) /\ (forall k p, k < top -> bits z k p = bits w k p).

(* STATE-2: zones with the same pages free have the same map, and the same blocks on each list. *)
Theorem history_leaves_no_trace : forall z w F, holds z F -> holds w F -> alike z w.
Proof.
  intros z w F [L B] [L' B']; split.
  - intros k K; destruct (L k K) as [N I], (L' k K) as [N' I']; apply NoDup_Permutation; [exact N | exact N' |].
    intros x; rewrite I, I'; reflexivity.
  - intros k p K; rewrite B, B' by exact K; reflexivity.
Qed.

(* A zone as it is made: all pages in use, all lists empty, all bits 0. *)
Definition made : zone := {| lists := fun _ => []; bits := fun _ _ => false |}.
Definition nothing : pages := fun _ => false.

Lemma whole_nothing : forall k x, whole nothing k x = false.
Proof. induction k; intros x; [reflexivity | cbn [whole]; rewrite IHk; reflexivity]. Qed.

Lemma made_holds : holds made nothing.
Proof.
  split.
  - intros k _; split; [constructor |]; intros x; unfold Pages.listed; rewrite whole_nothing; split; [intros [] | discriminate].
  - intros k p _; unfold bit; rewrite !whole_nothing; reflexivity.
Qed.

Fixpoint hand (ps : list nat) (z : zone) : option zone :=
  match ps with
  | [] => Some z
  | p :: rest => match give top top 0 p z with Some z' => hand rest z' | None => None end
  end.

Definition among (ps : list nat) (p : nat) : bool := if in_dec Nat.eq_dec p ps then true else false.

Lemma hand_from : forall ps z F, NoDup ps -> (forall p, In p ps -> F p = false) -> holds z F ->
  exists z', hand ps z = Some z' /\ holds z' (fun p => among ps p || F p).
Proof.
  induction ps as [| q ps IH]; intros z F D U H.
  - exists z; split; [reflexivity | exact H].
  - inversion D as [| ? ? O D']; subst; cbn [hand].
    destruct (give_holds top top 0 q z F ltac:(lia) H) as [z' [G H']].
    { intros p E; change (2 ^ 0) with 1 in E; rewrite Nat.div_1_r in E; subst; apply U; left; reflexivity. }
    rewrite G; destruct (IH z' (add F 0 q) D') as [w [W HW]]; [| exact H' |].
    + intros p I; unfold add, inside; change (2 ^ 0) with 1; rewrite Nat.div_1_r.
      destruct (Nat.eqb_spec p q) as [-> |]; [contradiction | apply U; right; exact I].
    + exists w; split; [exact W |]; revert HW; apply holds_ext; intros p.
      unfold add, inside, among; change (2 ^ 0) with 1; rewrite Nat.div_1_r.
      destruct (in_dec Nat.eq_dec p ps), (in_dec Nat.eq_dec p (q :: ps)) as [I | I], (Nat.eqb_spec p q);
        subst; cbn [In] in *; try reflexivity; intuition congruence.
Qed.

(* HAND-1: any pages, handed over in any order, are free afterwards; nothing is unlinked that was not listed. *)
Theorem handed_over : forall ps, NoDup ps -> exists z, hand ps made = Some z /\ holds z (among ps).
Proof.
  intros ps D; destruct (hand_from ps made nothing D (fun _ _ => eq_refl) made_holds) as [z [E H]].
  exists z; split; [exact E |]; revert H; apply holds_ext; intros p; apply orb_false_r.
Qed.

Theorem any_order : forall ps qs z w, NoDup ps -> Permutation ps qs -> hand ps made = Some z -> hand qs made = Some w -> alike z w.
Proof.
  intros ps qs z w D P Z W.
  destruct (handed_over ps D) as [z' [E H]]; rewrite Z in E; injection E as <-.
  destruct (handed_over qs (Permutation_NoDup P D)) as [w' [E H']]; rewrite W in E; injection E as <-.
  apply (history_leaves_no_trace z w (among ps) H); revert H'; apply holds_ext; intros p; unfold among.
  destruct (in_dec Nat.eq_dec p ps) as [I | I], (in_dec Nat.eq_dec p qs) as [J | J]; try reflexivity.
  - apply (Permutation_in p P) in I; contradiction.
  - apply (Permutation_in p (Permutation_sym P)) in J; contradiction.
Qed.

(* A zone of any number of pages: those from n on are never handed over, and no block that is listed reaches them. *)
Theorem inside_the_zone : forall n F z k x, (forall p, n <= p -> F p = false) -> holds z F -> k <= top ->
  In x (lists z k) -> (x + 1) * 2 ^ k <= n.
Proof.
  intros n F z k x U [L _] K I; apply (proj2 (L k K)) in I; unfold Pages.listed in I; apply andb_true_iff in I.
  destruct (le_lt_dec ((x + 1) * 2 ^ k) n) as [| G]; [assumption | exfalso].
  assert (P := pow_pos k); assert (E : ((x + 1) * 2 ^ k - 1) / 2 ^ k = x).
  { symmetry; apply Nat.div_unique with (2 ^ k - 1); nia. }
  pose proof (proj1 (whole_pages F k x) (proj1 I) _ E) as T; rewrite U in T by lia; discriminate.
Qed.

(* The map of an order is as long as `((n - 1) >> (k + 1)) + 1` bits: no bit beyond is ever 1. *)
Theorem inside_the_map : forall n F z k p, (forall q, n <= q -> F q = false) -> holds z F -> k < top ->
  bits z k p = true -> p * 2 ^ S k < n.
Proof.
  intros n F z k p U [_ B] K E; rewrite B in E by exact K; unfold bit in E.
  destruct (le_lt_dec n (p * 2 ^ S k)) as [G |]; [exfalso | assumption].
  assert (Z : forall x, x / 2 = p -> whole F k x = false).
  { intros x X; apply whole_none_same; intros q Q; apply U; rewrite <- X, <- Q, <- div_up in G.
    pose proof (Nat.mul_div_le q (2 ^ S k) (pow_pos (S k))); lia. }
  rewrite !Z in E by (apply div_half_even || apply div_half_odd); discriminate.
Qed.

(* Two zones with one and the same map: in the one page 0 is in use, and may be freed; in the other it is free already. Whoever
   decides by the map, the order and the page alone decides wrong in one of them. *)
Theorem map_cannot_tell : forall legal : (nat -> nat -> bool) -> nat -> nat -> bool,
  ~ (forall z F k x, holds z F -> k <= top -> (legal (bits z) k x = true <-> none F k x)).
Proof.
  intros legal D; pose (full := put top made top 0).
  assert (H : holds full (add nothing top 0)).
  { apply put_holds; [lia | exact made_holds | intros p _; reflexivity | left; reflexivity]. }
  assert (M : bits full = bits made) by (unfold full; cbn [bits put]; unfold toggled; rewrite Nat.ltb_irrefl; reflexivity).
  pose proof (proj2 (D made nothing 0 0 made_holds ltac:(lia)) (fun _ _ => eq_refl)) as T.
  rewrite <- M in T; pose proof (proj1 (D full _ 0 0 H ltac:(lia)) T 0 eq_refl) as F.
  unfold add, inside in F; rewrite Nat.div_0_l in F by apply pow_pos; discriminate.
Qed.
End Orders.
