(* expand and rmqueueSmallest as generated, from any state that represents a zone of 2.6: they end, report nothing, answer the block
   that those of Lower.v take, and lead to a state that represents the zone that those lead to. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Allocate Bits Rings Represents Grants Spec Serves Lower Marked Frees26.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left, Returned, js_shl, word).
Open Scope Z_scope.

Section Grants.
Variables before span top : nat.
Notation own := (own before).
Notation in_zone := (in_zone before span).
Notation lists_are := (lists_are before span top).
Notation represents26 := (represents26 before span top).
Notation lies := (lies before span).

(* The loop that splits: each upper half goes on its list, the lower one is split on. *)
Lemma splits_lower : forall d k x z F c rounds high, (d + k <= top)%nat -> (d < rounds)%nat ->
  lists_are (lists z) c -> holds top z F -> none F (d + k) x -> lies (d + k) x ->
  exists c', Generated.page_buddy_expand_loop0 rounds (own (head (d + k) x)) (Z.of_nat k) high (Z.of_nat (d + k) - 1) c =
      Done (Left (Z.of_nat k - 1), c') /\
    lists_are (lists (snd (expand_lower top d k x z))) c' /\ word (Words.counters c') 0 = word (Words.counters c) 0.
Proof.
  induction d; intros k x z F c rounds high K R S H N B; (destruct rounds as [| rounds]; [lia |]);
    cbn [Generated.page_buddy_expand_loop0 expand_lower plus].
  - replace (Z.of_nat k <=? Z.of_nat k - 1) with false by (symmetry; apply Z.leb_gt; lia).
    exists c; split; [reflexivity | split; [exact S | reflexivity]].
  - replace (Z.of_nat (Datatypes.S (d + k)) - 1) with (Z.of_nat (d + k)) by lia.
    replace (Z.of_nat k <=? Z.of_nat (d + k)) with true by (symmetry; apply Z.leb_le; lia).
    pose proof (few _ _ _ _ _ S) as FE; rewrite size_is by (unfold Bits.order; lia).
    rewrite (lower_half (d + k) x).
    replace (own (head (d + k) (2 * x)) + 2 ^ Z.of_nat (d + k)) with (own (head (d + k) (2 * x + 1)))
      by (unfold Serves.own; rewrite <- upper_half; lia).
    cbn [plus] in N, B; unfold Frees26.lies in B; rewrite Nat.pow_succ_r' in B.
    assert (NU : none F (d + k) (2 * x + 1)) by (apply (none_half F (d + k) x); [exact N | apply div_half_odd]).
    destruct (half_holds top (d + k) x (2 * x + 1) z F ltac:(lia) H N (div_half_odd x)) as [H' [N' _]]; rewrite buddy_upper in N'.
    assert (BL : lies (d + k) (2 * x)) by (unfold Frees26.lies; nia).
    assert (BU : lies (d + k) (2 * x + 1)) by (unfold Frees26.lies; nia).
    destruct (enlists before span top (lists z) c (d + k) (2 * x + 1) S ltac:(lia) (lies_begins before span _ _ BU)) as [c1 [E1 [S1 C1]]].
    { intros j J; exact (none_begins top z F (d + k) (2 * x + 1) j H NU J). }
    rewrite E1; cbn [Words.bind].
    destruct (IHd k (2 * x)%nat (put top z (d + k) (2 * x + 1)) (add F (d + k) (2 * x + 1)) c1 rounds high
      ltac:(lia) ltac:(lia) S1 H' N' BL) as [c2 [E2 [S2 C2]]].
    exists c2; split; [exact E2 |]; split; [exact S2 | rewrite C2; exact C1].
Qed.

(* PLACE-3, of the generated code: a block that is on no list is split down to an order. *)
Theorem expand_splits_lower : forall d k x z F c, (d + k <= top)%nat -> lists_are (lists z) c -> holds top z F -> none F (d + k) x ->
  lies (d + k) x ->
  exists c', Generated.page_buddy_expand c (own (head (d + k) x)) (Z.of_nat k) (Z.of_nat (d + k)) = Done (tt, c') /\
    lists_are (lists (snd (expand_lower top d k x z))) c' /\ word (Words.counters c') 0 = word (Words.counters c) 0.
Proof.
  intros d k x z F c K S H N B; unfold Generated.page_buddy_expand; pose proof (rounds_enough before span top _ c S) as R.
  destruct (splits_lower d k x z F c (Words.most_rounds c) (Z.of_nat (d + k)) K ltac:(lia) S H N B) as [c' [E [S' C]]].
  rewrite E; cbn [Words.bind]; exists c'; split; [reflexivity |]; split; assumption.
Qed.

(* The first of a list, or its head. *)
Lemma first_of_list : forall l c k, lists_are l c -> (k <= top)%nat ->
  Generated.freeListOf c (Z.of_nat k) = Done (Z.of_nat (span + k), c) /\
  Generated.nextOf c (Z.of_nat (span + k)) = Done (Z.of_nat (hd (span + k)%nat (List.map (node before k) (l k))), c).
Proof.
  intros l c k S K; split; [unfold Generated.freeListOf; rewrite (span_is _ _ _ _ _ S), <- Nat2Z.inj_add; reflexivity |].
  exact (next_of_head span top c _ k (threads _ _ _ _ _ S) K).
Qed.

(* What a granted block leads to. *)
Definition grants_lower (F : pages) (z : zone) (k j x : nat) (r : Words.result (Words.ended Z Z * Words.zone)) : Prop :=
  exists c', r = Done (Returned (own (head j x)), c') /\ lists_are (lists (snd (expand_lower top (j - k) k x (take top z j x)))) c' /\
    word (Words.counters c') 0 = Z.of_nat (count F (before + span) - 2 ^ k).

(* A list without a block is passed by. *)
Lemma passes_lower : forall F z c j k rounds, represents26 F z c -> (j <= top)%nat -> lists z j = [] ->
  Generated.rmqueueSmallest_loop0 (S rounds) k (Z.of_nat j) c = Generated.rmqueueSmallest_loop0 rounds k (Z.of_nat (S j)) c.
Proof.
  intros F z c j k rounds P J L; pose proof (listed26 _ _ _ _ _ _ P) as S; cbn [Generated.rmqueueSmallest_loop0].
  rewrite (orders_are _ _ _ _ _ S); replace (Z.of_nat j <? _) with true by (symmetry; apply Z.ltb_lt; lia).
  destruct (first_of_list _ _ j S J) as [-> X]; cbn [Words.bind]; rewrite X; cbn [Words.bind].
  rewrite L; cbn [List.map hd]; rewrite Z.eqb_refl; f_equal; lia.
Qed.

(* The first block of a list is taken off it, and split. *)
Lemma finds_lower : forall F z c j k x row rounds, represents26 F z c -> (k <= j <= top)%nat -> lists z j = x :: row ->
  grants_lower F z k j x (Generated.rmqueueSmallest_loop0 (S rounds) (Z.of_nat k) (Z.of_nat j) c).
Proof.
  intros F z c j k x row rounds [S C H U] J L; pose proof (few _ _ _ _ _ S) as FE; pose proof (little _ _ _ _ _ S) as LI.
  cbn [Generated.rmqueueSmallest_loop0].
  assert (I : In x (lists z j)) by (rewrite L; left; reflexivity).
  assert (O : listed top F j x = true) by (apply (proj1 H j ltac:(lia)); exact I).
  assert (W : whole F j x = true) by (unfold listed in O; apply andb_true_iff in O; tauto).
  pose proof (whole_lies before span F j x W U) as B; destruct (own_is before span _ (lies_begins before span j x B)) as [E [X _]].
  rewrite (orders_are _ _ _ _ _ S); replace (Z.of_nat j <? _) with true by (symmetry; apply Z.ltb_lt; lia).
  destruct (first_of_list _ _ j S ltac:(lia)) as [-> Q]; cbn [Words.bind]; rewrite Q; cbn [Words.bind].
  rewrite L; cbn [List.map hd]; unfold node at 1.
  replace (Z.of_nat (head j x - before) =? Z.of_nat (span + j)) with false by (symmetry; apply Z.eqb_neq; lia).
  unfold node; rewrite <- E.
  destruct (delists before span top (lists z) c j x S ltac:(lia) I) as [c1 [E1 [S1 C1]]]; rewrite E1; cbn [Words.bind].
  pose proof (count_del F j x (before + span) W (proj2 B)) as D; pose proof (Nat.pow_le_mono_r 2 k j ltac:(lia) ltac:(lia)) as M.
  assert (M' : (count F (before + span) <= before + span)%nat) by (apply count_most).
  rewrite C in C1.
  destruct (pages_counted before span top _ c1 _ (count F (before + span) - 2 ^ k) (- (2 ^ Z.of_nat k)) S1 C1) as [c2 [E2 [S2 C2]]];
    [rewrite Nat2Z.inj_sub, of_pow by lia; lia | lia |].
  rewrite size_is by (unfold order; lia); rewrite E2; cbn [Words.bind].
  destruct (expand_splits_lower (j - k) k x (take top z j x) (del F j x) c2) as [c3 [E3 [S3 C3]]];
    try (replace (j - k + k)%nat with j by lia); [lia | exact S2 | apply take_holds; [lia | exact H | exact O] | apply none_del | exact B |].
  replace (j - k + k)%nat with j in E3 by lia; rewrite E3; cbn [Words.bind].
  exists c3; split; [reflexivity |]; split; [exact S3 | rewrite C3; exact C2].
Qed.

(* The loop that looks for a list with a block on it, from an order on. *)
Lemma searches_lower : forall F z c k rounds, represents26 F z c -> (k <= top)%nat -> (S top < rounds)%nat ->
  match first (top - k) k z with
  | None => Generated.rmqueueSmallest_loop0 rounds (Z.of_nat k) (Z.of_nat k) c = Done (Left (Z.of_nat (S top)), c)
  | Some (from, x) => grants_lower F z k from x (Generated.rmqueueSmallest_loop0 rounds (Z.of_nat k) (Z.of_nat k) c)
  end.
Proof.
  intros F z c k rounds P K R.
  apply (search _ top z k (grants_lower F z k) _ (fun rounds j => Generated.rmqueueSmallest_loop0 rounds (Z.of_nat k) j c)); try lia.
  - intros j n; apply (passes_lower F z c j (Z.of_nat k) n P).
  - intros j x row n; apply (finds_lower F z c j k x row n P).
  - intros n; cbn [Generated.rmqueueSmallest_loop0]; rewrite (orders_are _ _ _ _ _ (listed26 _ _ _ _ _ _ P)), Z.ltb_irrefl; reflexivity.
Qed.

(* rmqueueSmallest as generated takes what rmqueue_lower of Lower.v takes. *)
Theorem rmqueue_smallest_takes : forall F z c k, represents26 F z c -> (k <= top)%nat ->
  match rmqueue_lower top k z with
  | Some (g, z') => exists c', Generated.rmqueueSmallest c (Z.of_nat k) = Done (own (head k g), c') /\ represents26 (del F k g) z' c'
  | None => Generated.rmqueueSmallest c (Z.of_nat k) = Done (- 1, c)
  end.
Proof.
  intros F z c k P K; pose proof P as [S C H U]; unfold Generated.rmqueueSmallest.
  pose proof (searches_lower F z c k (Words.most_rounds c) P K (rounds_enough before span top _ c S)) as Q.
  unfold grants_lower in Q.
  pose proof (rmqueue_lower_holds top k z F K H) as G; unfold rmqueue_lower, rmqueue_by in *.
  destruct (first (top - k) k z) as [[from x] |] eqn:E.
  2:{ rewrite Q; reflexivity. }
  apply first_some in E; destruct E as [A _].
  pose proof (expand_lower_first top (from - k) k x (take top z from x)) as X.
  destruct (expand_lower top (from - k) k x (take top z from x)) as [g z']; cbn [fst snd] in *.
  destruct Q as [c' [E [S' C']]]; rewrite E; cbn [Words.bind].
  destruct G as [W [H' _]]; exists c'; split.
  - do 3 f_equal; rewrite X, !head_is, <- Nat.mul_assoc, <- Nat.pow_add_r; do 2 f_equal; lia.
  - pose proof (whole_lies before span F k g W U) as B.
    split; [exact S' | | exact H' |].
    + rewrite C'; f_equal; pose proof (count_del F k g (before + span) W (proj2 B)); lia.
    + intros p V; unfold del; rewrite (U p V); apply andb_false_r.
Qed.

(* For an order that the zone lacks it answers that there is none. *)
Theorem rmqueue_smallest_lacks : forall F z c k, represents26 F z c -> (top < k)%nat ->
  Generated.rmqueueSmallest c (Z.of_nat k) = Done (- 1, c).
Proof.
  intros F z c k P K; unfold Generated.rmqueueSmallest, Words.most_rounds; cbn [Generated.rmqueueSmallest_loop0].
  rewrite (orders_are _ _ _ _ _ (listed26 _ _ _ _ _ _ P)); replace (Z.of_nat k <? _) with false by (symmetry; apply Z.ltb_ge; lia).
  reflexivity.
Qed.
End Grants.
