(* freeOnePage as generated, from any state that represents a zone of 2.6, with a block that is in use: it ends, reports nothing, and
   leads to a state that represents the zone that `give` leads to. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Bits Represents Frees Spec Serves Marked.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left, word).
Open Scope Z_scope.

(* The words represent a zone, which holds what it must if these pages are free, and no page beside the zone is. Its bits are nowhere
   in memory: they are what the lists say. *)
Record represents26 (before span top : nat) (F : pages) (z : zone) (c : Words.zone) : Prop := {
  listed26 : lists_are before span top (lists z) c;
  counted26 : word (Words.counters c) 0 = Z.of_nat (count F (before + span));
  right26 : holds top z F;
  bounded26 : forall p, ~ in_zone before span p -> F p = false }.

Section Frees.
Variables before span top : nat.
Notation own := (own before).
Notation in_zone := (in_zone before span).
Notation lists_are := (lists_are before span top).
Notation represents26 := (represents26 before span top).

(* A block that lies in the zone. *)
Definition lies (k x : nat) : Prop := (before <= x * 2 ^ k)%nat /\ ((x + 1) * 2 ^ k <= before + span)%nat.

(* It begins in the zone. *)
Lemma lies_begins : forall k x, lies k x -> in_zone (head k x).
Proof. intros k x [A B]; unfold Spec.in_zone; rewrite head_is; pose proof (pow_pos k); nia. Qed.

(* A block that is wholly free lies in the zone. *)
Lemma whole_lies : forall F k x, whole F k x = true -> (forall p, ~ in_zone p -> F p = false) -> lies k x.
Proof.
  intros F k x W U; pose proof (pow_pos k) as P.
  assert (A : forall p, (p / 2 ^ k = x)%nat -> in_zone p).
  { intros p E; pose proof (proj1 (whole_pages F k x) W p E) as T; unfold Spec.in_zone.
    destruct (le_lt_dec before p), (le_lt_dec (before + span) p); try lia; rewrite (U p) in T by (unfold Spec.in_zone; lia); discriminate. }
  assert (L := A (x * 2 ^ k)%nat (Nat.div_mul x (2 ^ k) P)).
  assert (H := A ((x + 1) * 2 ^ k - 1)%nat ltac:(symmetry; apply Nat.div_unique with (2 ^ k - 1)%nat; nia)).
  unfold Spec.in_zone in L, H; unfold lies; nia.
Qed.

(* Two halves that lie in the zone make a block that does. *)
Lemma parent_lies : forall k x, lies k x -> lies k (buddy x) -> lies (S k) (x / 2).
Proof.
  intros k x [A B] [C D]; unfold lies; rewrite Nat.pow_succ_r'; destruct (halves x) as [[E G] | [E G]];
    rewrite E in A, B; rewrite G in C, D; nia.
Qed.

(* Where a block of which no page is free begins, no listed one does. *)
Lemma none_begins : forall z F k x j, holds top z F -> none F k x -> (j <= top)%nat -> ~ begins_at (lists z) j (head k x).
Proof. intros z F k x j H N J [y [I E]]; exact (heads_none top z F k x j y H N J I E). Qed.

(* The loop that joins, with the listing after it: it does what `give` does. *)
Lemma joins26 : forall left k x z F c rounds page order, (k + left = top)%nat -> (left < rounds)%nat ->
  lists_are (lists z) c -> holds top z F -> (forall p, ~ in_zone p -> F p = false) -> none F k x -> lies k x ->
  exists z' k' x' c1 c2, give top left k x z = Some z' /\
    Generated.freeOnePage_loop0 rounds page order (Z.of_nat before) (Z.of_nat (head k x)) (Z.of_nat k) c =
      Done (Left (Z.of_nat (head k' x'), Z.of_nat k'), c1) /\
    Generated.enlist c1 (own (head k' x')) (Z.of_nat k') = Done (tt, c2) /\
    lists_are (lists z') c2 /\ word (Words.counters c2) 0 = word (Words.counters c) 0.
Proof.
  induction left; intros k x z F c rounds page order K R S H U N B; (destruct rounds as [| rounds]; [lia |]);
    cbn [Generated.freeOnePage_loop0 give]; pose proof (lies_begins k x B) as X; rewrite (orders_are _ _ _ _ _ S);
    replace (Z.of_nat (Datatypes.S top) - 1) with (Z.of_nat top) by lia.
  - replace (Z.of_nat k <? Z.of_nat top) with false by (symmetry; apply Z.ltb_ge; lia).
    destruct (enlists before span top (lists z) c k x S ltac:(lia) X) as [c2 [E [S' C]]].
    { intros j J; exact (none_begins z F k x j H N J). }
    exists (put top z k x), k, x, c, c2; repeat (split; [try reflexivity |]); assumption.
  - replace (Z.of_nat k <? Z.of_nat top) with true by (symmetry; apply Z.ltb_lt; lia).
    unfold Generated.pageFindBuddy; cbn [Words.bind].
    pose proof (few _ _ _ _ _ S) as FE; pose proof (little _ _ _ _ _ S) as LI; unfold Spec.in_zone in X.
    rewrite buddy_is by (unfold Bits.order; lia); fold (own (head k (buddy x))).
    destruct (buddy_asked before span top (lists z) c k (head k (buddy x)) S ltac:(lia)) as [b [E1 Q]]; rewrite E1; cbn [Words.bind].
    assert (W := whole_none_same _ _ _ N).
    assert (T : b = bits z k (x / 2)).
    { rewrite (proj2 H k (x / 2)%nat ltac:(lia)), bit_of_pair, W, xorb_false_l; apply eq_true_iff_eq; rewrite Q; split.
      - intros [_ [y [Y P]]]; apply head_injective in P; subst y; apply (proj1 H k ltac:(lia)) in Y.
        unfold listed in Y; apply andb_true_iff in Y; apply Y.
      - intros V; split; [apply lies_begins, (whole_lies F); assumption |]; exists (buddy x); split; [| reflexivity].
        apply (proj1 H k ltac:(lia)); unfold listed; rewrite V, whole_parent, buddy_twice, W, andb_false_r; apply orb_true_r. }
    rewrite <- T; destruct b; cbn [negb].
    + destruct (proj1 Q eq_refl) as [_ [y [I P]]]; apply head_injective in P; subst y.
      assert (Y : listed top F k (buddy x) = true) by (apply (proj1 H k ltac:(lia)); exact I).
      assert (BB : lies k (buddy x)).
      { apply (whole_lies F); [unfold listed in Y; apply andb_true_iff in Y; apply Y | exact U]. }
      destruct (delists before span top (lists z) c k (buddy x) S ltac:(lia) I) as [c2 [E2 [S2 C2]]]; rewrite E2; cbn [Words.bind].
      unfold Generated.findCombinedIndex; cbn [Words.bind].
      rewrite parent_is by (unfold Bits.order; lia); replace (Z.of_nat k + 1) with (Z.of_nat (Datatypes.S k)) by lia.
      destruct (in_dec Nat.eq_dec (buddy x) (lists z k)) as [_ | D]; [| contradiction].
      destruct (IHleft (Datatypes.S k) (x / 2)%nat (take top z k (buddy x)) (del F k (buddy x)) c2 rounds page order)
        as [z' [k' [x' [c3 [c4 [G [L [A [S' C']]]]]]]]].
      * lia.
      * lia.
      * exact S2.
      * apply take_holds; [lia | exact H | exact Y].
      * intros p P; unfold del; rewrite (U p P); apply andb_false_r.
      * intros p E; rewrite div_up in E; unfold del, inside; destruct (half_cases x _ E) as [E' | E']; rewrite E'.
        -- rewrite (N p E'); apply andb_false_r.
        -- rewrite Nat.eqb_refl; reflexivity.
      * apply parent_lies; assumption.
      * exists z', k', x', c3, c4; repeat (split; [assumption |]); rewrite C'; exact C2.
    + destruct (enlists before span top (lists z) c k x S ltac:(lia) X) as [c2 [E2 [S2 C2]]].
      { intros j J; exact (none_begins z F k x j H N J). }
      exists (put top z k x), k, x, c, c2; repeat (split; [try reflexivity |]); assumption.
Qed.

(* GIVE-2, of the generated code: freeing a block that is in use, in any state that represents a zone. *)
Theorem free_one_page_gives : forall F z c k x, represents26 F z c -> (k <= top)%nat -> none F k x -> lies k x ->
  exists z' c', Generated.freeOnePage c (own (head k x)) (Z.of_nat k) = Done (tt, c') /\
    give top (top - k) k x z = Some z' /\ represents26 (add F k x) z' c'.
Proof.
  intros F z c k x [S C H U] K N B; pose proof (few _ _ _ _ _ S) as FE; pose proof (little _ _ _ _ _ S) as LI.
  pose proof (lies_begins k x B) as X; unfold Spec.in_zone in X; unfold Generated.freeOnePage; rewrite (offset_is _ _ _ _ _ S).
  replace (own (head k x) + Z.of_nat before) with (Z.of_nat (head k x)) by (unfold Serves.own; lia).
  rewrite below_block, head_aligned by (unfold order; lia); cbn [Z.eqb negb].
  pose proof (count_add F k x (before + span) N (proj2 B)) as A; pose proof (count_most (add F k x) (before + span)) as M.
  rewrite size_is by (unfold order; lia).
  destruct (pages_counted before span top (lists z) c _ (count (add F k x) (before + span)) (2 ^ Z.of_nat k) S C) as [c1 [E1 [S1 C1]]];
    [rewrite A, Nat2Z.inj_add, of_pow; reflexivity | lia |].
  rewrite E1; cbn [Words.bind].
  pose proof (rounds_enough before span top _ c1 S1) as R.
  destruct (joins26 (top - k) k x z F c1 (Words.most_rounds c1) (own (head k x)) (Z.of_nat k))
    as [z' [k' [x' [c2 [c3 [G [L [D [S' C']]]]]]]]]; try assumption; try lia.
  rewrite L; cbn [Words.bind]; fold (own (head k' x')); rewrite D; cbn [Words.bind].
  exists z', c3; split; [reflexivity |]; split; [exact G |].
  destruct (give_holds top (top - k) k x z F ltac:(lia) H N) as [w [G' H']]; rewrite G in G'; injection G' as <-.
  split; [exact S' | rewrite C'; exact C1 | exact H' |].
  intros p P; unfold add; rewrite (U p P), orb_false_r, inside_between.
  destruct B as [B1 B2]; unfold Spec.in_zone in P.
  destruct (Nat.leb_spec (x * 2 ^ k) p), (Nat.ltb_spec p ((x + 1) * 2 ^ k)); try reflexivity; lia.
Qed.
End Frees.
