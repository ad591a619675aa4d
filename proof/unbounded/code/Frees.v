(* freePagesOk as generated, from any state that represents a zone, with a block that is in use: it ends, reports nothing, and
   leads to a state that represents the zone that `give` leads to. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone History Bits Rings Map Represents.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left).
Open Scope Z_scope.

Section Frees.
Variables span top : nat.
Notation stands_for := (stands_for span top).
Notation represents := (represents span top).

(* A block whose two halves lie in the zone does, too. *)
Lemma parent_bounded : forall k x, ((x + 1) * 2 ^ k <= span)%nat -> ((buddy x + 1) * 2 ^ k <= span)%nat ->
  ((x / 2 + 1) * 2 ^ S k <= span)%nat.
Proof.
  intros k x B C; rewrite Nat.pow_succ_r'; destruct (halves x) as [[E D] | [E D]]; rewrite E in B; rewrite D in C; nia.
Qed.

(* The bit of a pair, by a block and its buddy. *)
Lemma bit_of_pair : forall F k x, bit F k (x / 2) = xorb (whole F k x) (whole F k (buddy x)).
Proof.
  intros F k x; unfold bit; destruct (pair_of x) as [q [Q [[E D] | [E D]]]]; rewrite Q, D, E; [reflexivity | apply xorb_comm].
Qed.

(* The loop that joins, with the listing after it: it does what `give` does. *)
Lemma joins : forall left k x z F c rounds page order, (k + left = top)%nat -> (left < rounds)%nat ->
  stands_for z c -> holds top z F -> (forall p, (span <= p)%nat -> F p = false) -> none F k x -> ((x + 1) * 2 ^ k <= span)%nat ->
  exists z' k' x' c1 c2, give top left k x z = Some z' /\
    Generated.freePagesOk_loop0 rounds page order (Z.of_nat top) (Z.of_nat (head k x)) (Z.of_nat k) c =
      Done (Left (Z.of_nat (head k' x'), Z.of_nat k'), c1) /\
    Generated.freeListOf c1 (Z.of_nat k') = Done (Z.of_nat (span + k'), c1) /\
    Generated.listAdd c1 (Z.of_nat (head k' x')) (Z.of_nat (span + k')) = Done (tt, c2) /\
    stands_for z' c2 /\ Words.counters c2 = Words.counters c.
Proof.
  induction left; intros k x z F c rounds page order K R S H U N B; (destruct rounds as [| rounds]; [lia |]);
    cbn [Generated.freePagesOk_loop0 give]; pose proof (begins span k x B) as X.
  - replace (Z.of_nat k <? Z.of_nat top) with false by (symmetry; apply Z.ltb_ge; lia).
    destruct (add_to_list span top z c k x S ltac:(lia) X) as [c2 [E [S' C]]].
    { intros j y J I; exact (heads_none top z F k x j y H N J I). }
    exists (put top z k x), k, x, c, c2; repeat (split; [try reflexivity |]); try assumption.
    + apply (free_list_is span top z); exact S.
    + unfold put, toggled; replace (k <? top)%nat with false by (symmetry; apply Nat.ltb_ge; lia); exact S'.
  - replace (Z.of_nat k <? Z.of_nat top) with true by (symmetry; apply Z.ltb_lt; lia).
    destruct (toggle_pair span top z c k x S ltac:(lia) X) as [c1 [E1 [S1 C1]]].
    rewrite E1; cbn [Words.bind]; destruct (bits z k (x / 2)) eqn:T; cbn [negb].
    + assert (W := whole_none_same _ _ _ N).
      assert (Y : listed top F k (buddy x) = true).
      { rewrite (proj2 H k (x / 2)%nat ltac:(lia)) in T.
        assert (V : whole F k (buddy x) = true).
        { rewrite bit_of_pair, W, xorb_false_l in T; exact T. }
        unfold listed; rewrite V, whole_parent, buddy_twice, W, andb_false_r; apply orb_true_r. }
      assert (I : In (buddy x) (lists z k)) by (apply (proj1 H k ltac:(lia)); exact Y).
      pose proof (inside_the_zone top span F z k (buddy x) U H ltac:(lia) I) as BB.
      destruct (take_off_list span top _ c1 k (buddy x) S1 ltac:(lia) I) as [c2 [E2 [S2 C2]]].
      pose proof (sizes span top z c S); rewrite buddy_is by (unfold Bits.order; lia); rewrite E2; cbn [Words.bind].
      rewrite parent_is by (unfold Bits.order; lia); replace (Z.of_nat k + 1) with (Z.of_nat (Datatypes.S k)) by lia.
      destruct (in_dec Nat.eq_dec (buddy x) (lists z k)) as [_ | D]; [| contradiction].
      destruct (IHleft (Datatypes.S k) (x / 2)%nat (take top z k (buddy x)) (del F k (buddy x)) c2 rounds page order)
        as [z' [k' [x' [c3 [c4 [G [L [A [D [S' C']]]]]]]]]].
      * lia.
      * lia.
      * unfold take, toggled; rewrite buddy_half; exact S2.
      * apply take_holds; [lia | exact H | exact Y].
      * intros p P; unfold del; rewrite (U p P); apply andb_false_r.
      * intros p E; rewrite div_up in E; unfold del, inside; destruct (half_cases x _ E) as [E' | E']; rewrite E'.
        -- rewrite (N p E'); apply andb_false_r.
        -- rewrite Nat.eqb_refl; reflexivity.
      * apply parent_bounded; assumption.
      * exists z', k', x', c3, c4; repeat (split; [assumption |]); rewrite C', C2, C1; reflexivity.
    + destruct (add_to_list span top _ c1 k x S1 ltac:(lia) X) as [c2 [E2 [S2 C2]]].
      { intros j y J I; exact (heads_none top z F k x j y H N J I). }
      exists (put top z k x), k, x, c1, c2; repeat (split; [try reflexivity |]); try assumption.
      * apply (free_list_is span top _ c1 k S1).
      * rewrite C2; exact C1.
Qed.

(* GIVE-2, of the generated code: freeing a block that is in use, in any state that represents a zone. *)
Theorem free_pages_ok_gives : forall F z c k x, represents F z c -> (k <= top)%nat -> none F k x -> ((x + 1) * 2 ^ k <= span)%nat ->
  exists z' c', Generated.freePagesOk c (Z.of_nat (head k x)) (Z.of_nat k) = Done (tt, c') /\
    give top (top - k) k x z = Some z' /\ represents (add F k x) z' c'.
Proof.
  intros F z c k x [S C H U] K N B; pose proof (sizes span top z c S) as T; pose proof (begins span k x B) as X.
  unfold Generated.freePagesOk; rewrite below_block, head_aligned by (unfold order; lia); cbn [Z.eqb negb].
  pose proof (count_add F k x span N B) as A.
  pose proof (count_most (add F k x) span) as M.
  rewrite size_is by (unfold order; lia).
  destruct (add_to_count span top z c _ (count (add F k x) span) (2 ^ Z.of_nat k) S C) as [c1 [E1 [S1 C1]]];
    [rewrite A, Nat2Z.inj_add, of_pow; reflexivity | exact M |].
  rewrite E1; cbn [Words.bind]; rewrite (its_orders _ _ _ _ S1); pose proof (rounds_suffice span top z c1 S1) as R.
  replace (Z.of_nat (Datatypes.S top) - 1) with (Z.of_nat top) by lia.
  destruct (joins (top - k) k x z F c1 (Words.most_rounds c1) (Z.of_nat (head k x)) (Z.of_nat k))
    as [z' [k' [x' [c2 [c3 [G [L [A' [D [S' C']]]]]]]]]]; try assumption; try lia.
  rewrite L; cbn [Words.bind]; rewrite A'; cbn [Words.bind]; rewrite D; cbn [Words.bind].
  exists z', c3; split; [reflexivity |]; split; [exact G |].
  destruct (give_holds top (top - k) k x z F ltac:(lia) H N) as [w [G' H']]; rewrite G in G'; injection G' as <-.
  split; [exact S' | unfold counts; rewrite C'; exact C1 | exact H' |].
  intros p P; unfold add; rewrite (U p P), orb_false_r, inside_between.
  apply andb_false_iff; right; apply Nat.ltb_ge; lia.
Qed.
End Frees.
