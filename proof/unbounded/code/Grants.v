(* expand and rmqueue as generated, from any state that represents a zone: they end, report nothing, answer the block that those of
   Zone.v take, and lead to a state that represents the zone that those lead to. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Allocate History Bits Rings Map Represents Frees.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left, Returned, js_shl).
Open Scope Z_scope.

(* What `first` finds, a loop finds that passes by lists without a block, stops at one that has some, and ends after the last. *)
Lemma search : forall (A : Type) top z k (found : nat -> nat -> A -> Prop) (ended : A) (loop : nat -> Z -> A),
  (forall j n, (j <= top)%nat -> lists z j = [] -> loop (S n) (Z.of_nat j) = loop n (Z.of_nat (S j))) ->
  (forall j x row n, (k <= j <= top)%nat -> lists z j = x :: row -> found j x (loop (S n) (Z.of_nat j))) ->
  (forall n, loop (S n) (Z.of_nat (S top)) = ended) ->
  forall left j rounds, (j + left = top)%nat -> (k <= j)%nat -> (S left < rounds)%nat ->
  match first left j z with None => loop rounds (Z.of_nat j) = ended | Some (from, x) => found from x (loop rounds (Z.of_nat j)) end.
Proof.
  intros A top z k found ended loop P F E; induction left; intros j rounds J K R; (destruct rounds as [| rounds]; [lia |]);
    cbn [first]; destruct (lists z j) as [| x row] eqn:L; try (apply (F j x row); [lia | exact L]); rewrite P by (exact L || lia).
  - destruct rounds as [| rounds]; [lia |]; replace j with top by lia; apply E.
  - apply IHleft; lia.
Qed.

Section Grants.
Variables span top : nat.
Notation stands_for := (stands_for span top).
Notation represents := (represents span top).

(* A block begins where its lower half does. *)
Lemma lower_half : forall k x, head (S k) x = head k (2 * x).
Proof. intros; rewrite !head_is, Nat.pow_succ_r'; lia. Qed.

(* The upper half begins half a block later. *)
Lemma upper_half : forall k x, Z.of_nat (head k (2 * x)) + 2 ^ Z.of_nat k = Z.of_nat (head k (2 * x + 1)).
Proof. intros; rewrite !of_head; lia. Qed.

(* The loop that splits: each lower half goes on its list, the upper one is split on. *)
Lemma splits : forall d k x z F c rounds high, (d + k <= top)%nat -> (d < rounds)%nat ->
  stands_for z c -> holds top z F -> none F (d + k) x -> ((x + 1) * 2 ^ (d + k) <= span)%nat ->
  let (g, z') := expand top d k x z in
  exists c', Generated.expand_loop0 rounds (Z.of_nat (head (d + k) x)) (Z.of_nat k) high (2 ^ Z.of_nat (d + k)) (Z.of_nat (d + k)) c =
      Done (Left (Z.of_nat (head k g), 2 ^ Z.of_nat k, Z.of_nat k), c') /\
    stands_for z' c' /\ Words.counters c' = Words.counters c.
Proof.
  induction d; intros k x z F c rounds high K R S H N B; (destruct rounds as [| rounds]; [lia |]);
    cbn [Generated.expand_loop0 expand plus].
  - rewrite Z.ltb_irrefl; exists c; split; [reflexivity | split; [exact S | reflexivity]].
  - replace (Z.of_nat k <? Z.of_nat (Datatypes.S (d + k))) with true by (symmetry; apply Z.ltb_lt; lia).
    replace (Z.of_nat (Datatypes.S (d + k)) - 1) with (Z.of_nat (d + k)) by lia.
    pose proof (sizes span top z c S) as T.
    replace (Words.js_ushr (2 ^ Z.of_nat (Datatypes.S (d + k))) 1) with (2 ^ Z.of_nat (d + k)).
    2:{ pose proof (Z.pow_pos_nonneg 2 (Z.of_nat (Datatypes.S (d + k)))); pose proof (Z.pow_le_mono_r 2 (Z.of_nat (Datatypes.S (d + k))) 30).
        rewrite ushr_is by lia; rewrite Nat2Z.inj_succ, Z.pow_succ_r, Z.mul_comm by lia; symmetry; apply Z.div_mul; lia. }
    rewrite (free_list_is span top z c (d + k) S); cbn [Words.bind]; rewrite lower_half.
    cbn [plus] in N, B; rewrite Nat.pow_succ_r' in B.
    assert (NL : none F (d + k) (2 * x)) by (apply (none_half F (d + k) x); [exact N | apply div_half_even]).
    destruct (half_holds top (d + k) x (2 * x) z F ltac:(lia) H N (div_half_even x)) as [H' [N' _]]; rewrite buddy_lower in N'.
    assert (X : (head (d + k) (2 * x) < span)%nat) by (apply begins; nia).
    destruct (add_to_list span top z c (d + k) (2 * x) S ltac:(lia) X) as [c1 [E1 [S1 C1]]].
    { intros j y J I; exact (heads_none top z F (d + k) (2 * x) j y H NL J I). }
    rewrite E1; cbn [Words.bind].
    destruct (toggle_pair span top _ c1 (d + k) (2 * x) S1 ltac:(lia) X) as [c2 [E2 [S2 C2]]].
    rewrite E2; cbn [Words.bind]; rewrite upper_half.
    pose proof (IHd k (2 * x + 1)%nat (put top z (d + k) (2 * x)) (add F (d + k) (2 * x)) c2 rounds high
      ltac:(lia) ltac:(lia) S2 H' N' ltac:(nia)) as Q.
    destruct (expand top d k (2 * x + 1) (put top z (d + k) (2 * x))) as [g z'].
    destruct Q as [c3 [E3 [S3 C3]]].
    exists c3; split; [exact E3 |]; split; [exact S3 | rewrite C3, C2; exact C1].
Qed.

(* PLACE-2, of the generated code: a block that is on no list is split down to an order. *)
Theorem expand_splits : forall d k x z F c, (d + k <= top)%nat -> stands_for z c -> holds top z F -> none F (d + k) x ->
  ((x + 1) * 2 ^ (d + k) <= span)%nat ->
  let (g, z') := expand top d k x z in
  exists c', Generated.expand c (Z.of_nat (head (d + k) x)) (Z.of_nat k) (Z.of_nat (d + k)) = Done (Z.of_nat (head k g), c') /\
    stands_for z' c' /\ Words.counters c' = Words.counters c.
Proof.
  intros d k x z F c K S H N B; pose proof (sizes span top z c S) as T; unfold Generated.expand.
  rewrite size_is by (unfold order; lia); pose proof (rounds_suffice span top z c S) as R.
  pose proof (splits d k x z F c (Words.most_rounds c) (Z.of_nat (d + k)) K ltac:(lia) S H N B) as Q.
  destruct (expand top d k x z) as [g z']; destruct Q as [c' [E [S' C]]]; rewrite E; cbn [Words.bind].
  exists c'; split; [reflexivity |]; split; assumption.
Qed.

(* What a granted block leads to. *)
Definition grants (F : pages) (z : zone) (k j x : nat) (r : Words.result (Words.ended Z Z * Words.zone)) : Prop :=
  let (g, z') := expand top (j - k) k x (take top z j x) in
  exists c', r = Done (Returned (Z.of_nat (head k g)), c') /\ stands_for z' c' /\ counts (count F span - 2 ^ k) c'.

(* A list without a block is passed by. *)
Lemma passes : forall F z c j k rounds, represents F z c -> (j <= top)%nat -> lists z j = [] ->
  Generated.rmqueue_loop0 (S rounds) k (Z.of_nat j) c = Generated.rmqueue_loop0 rounds k (Z.of_nat (S j)) c.
Proof.
  intros F z c j k rounds P J L; pose proof (stands _ _ _ _ _ P) as S; cbn [Generated.rmqueue_loop0].
  rewrite (its_orders _ _ _ _ S); replace (Z.of_nat j <? _) with true by (symmetry; apply Z.ltb_lt; lia).
  rewrite (free_list_is span top z c j S); cbn [Words.bind]; rewrite (next_of_list span top z c j S J); cbn [Words.bind].
  rewrite L; cbn [List.map hd]; rewrite Z.eqb_refl; f_equal; lia.
Qed.

(* The first block of a list is taken off it, and split. *)
Lemma finds : forall F z c j k x row rounds, represents F z c -> (k <= j <= top)%nat -> lists z j = x :: row ->
  grants F z k j x (Generated.rmqueue_loop0 (S rounds) (Z.of_nat k) (Z.of_nat j) c).
Proof.
  intros F z c j k x row rounds [S C H U] J L; unfold grants; pose proof (sizes span top z c S) as T; cbn [Generated.rmqueue_loop0].
  assert (I : In x (lists z j)) by (rewrite L; left; reflexivity).
  assert (O : listed top F j x = true) by (apply (proj1 H j ltac:(lia)); exact I).
  assert (W : whole F j x = true) by (unfold listed in O; apply andb_true_iff in O; tauto).
  pose proof (inside_the_zone top span F z j x U H ltac:(lia) I) as B; pose proof (begins span j x B) as X.
  rewrite (its_orders _ _ _ _ S); replace (Z.of_nat j <? _) with true by (symmetry; apply Z.ltb_lt; lia).
  rewrite (free_list_is span top z c j S); cbn [Words.bind]; rewrite (next_of_list span top z c j S ltac:(lia)); cbn [Words.bind].
  rewrite L; cbn [List.map hd]; replace (Z.of_nat (head j x) =? Z.of_nat (span + j)) with false by (symmetry; apply Z.eqb_neq; lia).
  destruct (take_off_list span top z c j x S ltac:(lia) I) as [c1 [E1 [S1 C1]]]; rewrite E1; cbn [Words.bind].
  rewrite (its_orders _ _ _ _ S1); replace (Z.of_nat (Datatypes.S top) - 1) with (Z.of_nat top) by lia.
  pose proof (count_del F j x span W B) as D; pose proof (Nat.pow_le_mono_r 2 k j ltac:(lia) ltac:(lia)) as M.
  assert (M' : (count F span <= span)%nat) by (apply count_most).
  assert (Q : exists c2, stands_for (take top z j x) c2 /\ Words.counters c2 = Words.counters c /\
    (if Z.of_nat j =? Z.of_nat top then c2 = c1
     else exists b, Generated.markUsed c1 (Z.of_nat (head j x)) (Z.of_nat j) = Done (b, c2))).
  { destruct (Z.eqb_spec (Z.of_nat j) (Z.of_nat top)) as [E | E].
    - exists c1; split; [| split; [exact C1 | reflexivity]].
      unfold take, toggled; replace (j <? top)%nat with false by (symmetry; apply Nat.ltb_ge; lia); exact S1.
    - destruct (toggle_pair span top _ c1 j x S1 ltac:(lia) X) as [c2 [E2 [S2 C2]]].
      exists c2; split; [exact S2 | split; [rewrite C2; exact C1 | eexists; exact E2]]. }
  destruct Q as [c2 [S2 [C2 Q]]].
  assert (C' : counts (count F span) c2) by (unfold counts; rewrite C2; exact C).
  destruct (add_to_count span top _ c2 _ (count F span - 2 ^ k) (- (2 ^ Z.of_nat k)) S2 C') as [c3 [E3 [S3 C3]]];
    [rewrite Nat2Z.inj_sub, of_pow by lia; lia | lia |].
  rewrite <- size_is in E3 by (unfold order; lia).
  pose proof (expand_splits (j - k) k x (take top z j x) (del F j x) c3) as P; replace (j - k + k)%nat with j in P by lia.
  destruct (expand top (j - k) k x (take top z j x)) as [g z'].
  destruct P as [c4 [E4 [S4 C4]]];
    [lia | exact S3 | apply take_holds; [lia | exact H | exact O] | apply none_del | exact B |].
  assert (C'' : counts (count F span - 2 ^ k) c4) by (unfold counts; rewrite C4; exact C3).
  exists c4; split; [| split; assumption].
  destruct (Z.eqb_spec (Z.of_nat j) (Z.of_nat top)) as [E | E]; cbn [negb].
  - subst c2; rewrite E3; cbn [Words.bind]; rewrite E4; reflexivity.
  - destruct Q as [b E2]; rewrite E2; cbn [Words.bind]; rewrite E3; cbn [Words.bind]; rewrite E4; reflexivity.
Qed.

(* The loop that looks for a list with a block on it, from an order on. *)
Lemma searches : forall F z c k rounds, represents F z c -> (k <= top)%nat -> (S top < rounds)%nat ->
  match first (top - k) k z with
  | None => Generated.rmqueue_loop0 rounds (Z.of_nat k) (Z.of_nat k) c = Done (Left (Z.of_nat (S top)), c)
  | Some (from, x) => grants F z k from x (Generated.rmqueue_loop0 rounds (Z.of_nat k) (Z.of_nat k) c)
  end.
Proof.
  intros F z c k rounds P K R.
  apply (search _ top z k (grants F z k) _ (fun rounds j => Generated.rmqueue_loop0 rounds (Z.of_nat k) j c)); try lia.
  - intros j n; apply (passes F z c j (Z.of_nat k) n P).
  - intros j x row n; apply (finds F z c j k x row n P).
  - intros n; cbn [Generated.rmqueue_loop0]; rewrite (its_orders _ _ _ _ (stands _ _ _ _ _ P)), Z.ltb_irrefl; reflexivity.
Qed.

(* rmqueue as generated takes what rmqueue of Zone.v takes. *)
Theorem rmqueue_takes : forall F z c k, represents F z c -> (k <= top)%nat ->
  match Zone.rmqueue top k z with
  | Some (g, z') => exists c', Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat (head k g), c') /\ represents (del F k g) z' c'
  | None => Generated.rmqueue c (Z.of_nat k) = Done (- 1, c)
  end.
Proof.
  intros F z c k P K; pose proof P as [S C H U]; unfold Generated.rmqueue; pose proof (rounds_suffice span top z c S) as R.
  pose proof (searches F z c k (Words.most_rounds c) P K R) as Q; unfold grants in Q.
  pose proof (rmqueue_holds top k z F K H) as G; unfold Zone.rmqueue, rmqueue_by in *.
  destruct (first (top - k) k z) as [[from x] |].
  - destruct (expand top (from - k) k x (take top z from x)) as [g z']; destruct Q as [c' [E [S' C']]]; rewrite E; cbn [Words.bind].
    destruct G as [W [H' _]]; exists c'; split; [reflexivity |].
    assert (B : ((g + 1) * 2 ^ k <= span)%nat) by (apply (whole_bounded span F); assumption).
    split; [exact S' | | exact H' |].
    + replace (count (del F k g) span) with (count F span - 2 ^ k)%nat; [exact C' |].
      pose proof (count_del F k g span W B); lia.
    + intros p A; unfold del; rewrite (U p A); apply andb_false_r.
  - rewrite Q; reflexivity.
Qed.

(* For an order that the zone lacks it answers that there is none. *)
Theorem rmqueue_lacks : forall F z c k, represents F z c -> (top < k)%nat -> Generated.rmqueue c (Z.of_nat k) = Done (- 1, c).
Proof.
  intros F z c k P K; unfold Generated.rmqueue, Words.most_rounds; cbn [Generated.rmqueue_loop0].
  rewrite (its_orders _ _ _ _ (stands _ _ _ _ _ P)); replace (Z.of_nat k <? _) with false by (symmetry; apply Z.ltb_ge; lia).
  reflexivity.
Qed.
End Grants.
