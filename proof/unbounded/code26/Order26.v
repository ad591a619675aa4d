(* Where the generated code of 2.6 takes and puts blocks on their lists: which block is granted, and in which order the lists are then. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Bits Order Serves Lower Marked Frees26 Grants26.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done).
Open Scope nat_scope.

Section Order.
Variables before span top : nat.
Notation own := (own before).
Notation represents26 := (represents26 before span top).

(* Splitting keeps the first part; of each order between, the part after it goes first on its list. *)
Lemma expand_lower_places : forall d k x z j, d + k <= top ->
  lists (snd (expand_lower top d k x z)) j =
    if (k <=? j) && (j <? d + k) then (x * 2 ^ (d + k - j) + 1) :: lists z j else lists z j.
Proof.
  induction d; intros k x z j K; cbn [expand_lower snd].
  - destruct (Nat.leb_spec k j), (Nat.ltb_spec j (0 + k)); try reflexivity; lia.
  - rewrite IHd by lia; cbn [lists put]; unfold upd; destruct (Nat.eqb_spec j (d + k)) as [-> | D].
    + destruct (Nat.leb_spec k (d + k)), (Nat.ltb_spec (d + k) (d + k)), (Nat.ltb_spec (d + k) (S d + k)); try lia; cbn [andb].
      replace (S d + k - (d + k)) with 1 by lia; change (2 ^ 1) with 2; f_equal; lia.
    + destruct (Nat.leb_spec k j), (Nat.ltb_spec j (d + k)), (Nat.ltb_spec j (S d + k)); try lia; cbn [andb]; try reflexivity.
      replace (S d + k - j) with (S (d + k - j)) by lia; rewrite Nat.pow_succ_r'; f_equal; lia.
Qed.

(* PLACE-1, PLACE-3: the first block of the smallest order that has one is taken off its list, its first part is granted, and the part
   after that, of each order between, is the only one on its list. *)
Theorem grant_places26 : forall F z c k page c', represents26 F z c -> k <= top ->
  Generated.rmqueueSmallest c (Z.of_nat k) = Done (own page, c') -> own page <> (- 1)%Z ->
  exists from x row z' F', k <= from <= top /\ lists z from = x :: row /\ (forall j, k <= j < from -> lists z j = []) /\
    page = head from x /\ represents26 F' z' c' /\
    forall j, lists z' j =
      if j =? from then row else if (k <=? j) && (j <? from) then [x * 2 ^ (from - j) + 1] else lists z j.
Proof.
  intros F z c k page c' R K E P; pose proof (rmqueue_smallest_takes before span top F z c k R K) as Q; unfold rmqueue_lower, rmqueue_by in Q.
  destruct (first (top - k) k z) as [[from x] |] eqn:S; [| rewrite Q in E; injection E; congruence].
  pose proof (Allocate.first_some _ _ _ _ _ S) as [A [B [[row L] M]]].
  pose proof (expand_lower_first top (from - k) k x (take top z from x)) as G.
  pose proof (fun j => expand_lower_places (from - k) k x (take top z from x) j ltac:(lia)) as X.
  destruct (expand_lower top (from - k) k x (take top z from x)) as [g z']; cbn [fst snd] in *; destruct Q as [d [E' R']].
  rewrite E' in E; injection E as U <-.
  exists from, x, row, z', (del F k g); split; [lia |]; split; [exact L |]; split; [exact M |]; split; [| split; [exact R' |]].
  - assert (page = head k g) as -> by (unfold Serves.own in U; lia).
    rewrite G, !head_is, <- Nat.mul_assoc, <- Nat.pow_add_r; do 2 f_equal; lia.
  - apply (lists_after top z F k from x row _ (lists z') (right26 _ _ _ _ _ _ R) ltac:(lia) L M); replace (from - k + k) with from in X by lia; exact X.
Qed.

(* PLACE-4: the block that a free leads to goes first on its list; the buddies that were joined are off theirs; nothing else moves. *)
Theorem free_places26 : forall F z c k x, represents26 F z c -> k <= top -> none F k x -> lies before span k x ->
  exists z' c' j, Generated.freeOnePage c (own (head k x)) (Z.of_nat k) = Done (tt, c') /\ represents26 (add F k x) z' c' /\
    k <= j <= top /\ lists z' j = (x / 2 ^ (j - k)) :: lists z j /\
    (forall i, k <= i < j -> lists z' i = remove Nat.eq_dec (buddy (x / 2 ^ (i - k))) (lists z i)) /\
    forall i, i < k \/ j < i -> lists z' i = lists z i.
Proof.
  intros F z c k x R K N B; destruct (free_one_page_gives before span top F z c k x R K N B) as [z' [c' [E [G R']]]].
  apply (give_places top) in G; [| lia]; destruct G as [j P]; exists z', c', j; split; [exact E |]; split; [exact R' | exact P].
Qed.
End Order.
