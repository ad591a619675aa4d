(* Where the generated code takes and puts blocks on their lists: which block is granted, and in which order the lists are then. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Bits Represents Frees Grants.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done).
Open Scope nat_scope.

(* The first block of the smallest order that has one goes off its list; of each order between, a part of it is the only one on its
   list. *)
Lemma lists_after : forall top z F k from x row (part : nat -> nat) l, holds top z F -> from <= top -> lists z from = x :: row ->
  (forall j, k <= j < from -> lists z j = []) ->
  (forall j, l j = if (k <=? j) && (j <? from) then part j :: lists (take top z from x) j else lists (take top z from x) j) ->
  forall j, l j = if j =? from then row else if (k <=? j) && (j <? from) then [part j] else lists z j.
Proof.
  intros top z F k from x row part l [H _] K L M X j; rewrite X; cbn [lists take]; unfold upd.
  destruct (Nat.eqb_spec j from) as [-> | D].
  - rewrite Nat.ltb_irrefl, andb_false_r, L; pose proof (proj1 (H from K)) as N; rewrite L in N; apply NoDup_cons_iff in N.
    cbn [remove]; destruct (Nat.eq_dec x x); [| contradiction]; apply notin_remove, N.
  - destruct (Nat.leb_spec k j), (Nat.ltb_spec j from); cbn [andb]; try reflexivity; rewrite M by lia; reflexivity.
Qed.

Section Order.
Variables span top : nat.
Notation represents := (represents span top).

(* Splitting keeps the last part; of each order between, the part before it goes first on its list. *)
Lemma expand_places : forall d k x z, d + k <= top ->
  let (g, z') := expand top d k x z in
  g = (x + 1) * 2 ^ d - 1 /\
  forall j, lists z' j = if (k <=? j) && (j <? d + k) then ((x + 1) * 2 ^ (d + k - j) - 2) :: lists z j else lists z j.
Proof.
  induction d; intros k x z K; cbn [expand].
  - split; [cbn; lia |]; intros j; destruct (Nat.leb_spec k j), (Nat.ltb_spec j (0 + k)); try reflexivity; lia.
  - specialize (IHd k (2 * x + 1) (put top z (d + k) (2 * x)) ltac:(lia)).
    destruct (expand top d k (2 * x + 1) (put top z (d + k) (2 * x))) as [g z']; destruct IHd as [G L]; split.
    + rewrite G, Nat.pow_succ_r'; lia.
    + intros j; rewrite L; cbn [lists put]; unfold upd; destruct (Nat.eqb_spec j (d + k)) as [-> | D].
      * destruct (Nat.leb_spec k (d + k)), (Nat.ltb_spec (d + k) (d + k)), (Nat.ltb_spec (d + k) (S d + k)); try lia; cbn [andb].
        replace (S d + k - (d + k)) with 1 by lia; change (2 ^ 1) with 2; f_equal; lia.
      * destruct (Nat.leb_spec k j), (Nat.ltb_spec j (d + k)), (Nat.ltb_spec j (S d + k)); try lia; cbn [andb]; try reflexivity.
        replace (S d + k - j) with (S (d + k - j)) by lia; rewrite Nat.pow_succ_r'; f_equal; lia.
Qed.

(* PLACE-1, PLACE-2: the first block of the smallest order that has one is taken off its list, its last part is granted, and the part
   before that, of each order between, is the only one on its list. *)
Theorem grant_places : forall F z c k page c', represents F z c -> k <= top ->
  Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat page, c') ->
  exists from x row z' F', k <= from <= top /\ lists z from = x :: row /\ (forall j, k <= j < from -> lists z j = []) /\
    page = head from x + 2 ^ from - 2 ^ k /\ represents F' z' c' /\
    forall j, lists z' j =
      if j =? from then row else if (k <=? j) && (j <? from) then [(x + 1) * 2 ^ (from - j) - 2] else lists z j.
Proof.
  intros F z c k page c' R K E; pose proof (rmqueue_takes span top F z c k R K) as Q; unfold Zone.rmqueue, rmqueue_by in Q.
  destruct (first (top - k) k z) as [[from x] |] eqn:S; [| rewrite Q in E; injection E; lia].
  pose proof (Allocate.first_some _ _ _ _ _ S) as [A [B [[row L] M]]].
  pose proof (expand_places (from - k) k x (take top z from x) ltac:(lia)) as X.
  destruct (expand top (from - k) k x (take top z from x)) as [g z']; destruct X as [G X]; destruct Q as [d [E' R']].
  rewrite E' in E; injection E as P <-; apply Nat2Z.inj in P.
  exists from, x, row, z', (del F k g); split; [lia |]; split; [exact L |]; split; [exact M |]; split; [| split; [exact R' |]].
  - rewrite <- P, G, !head_is; replace (2 ^ from) with (2 ^ (from - k) * 2 ^ k) by (rewrite <- Nat.pow_add_r; f_equal; lia).
    pose proof (pow_pos (from - k)); pose proof (pow_pos k); nia.
  - apply (lists_after top z F k from x row _ (lists z') (right _ _ _ _ _ R) ltac:(lia) L M); replace (from - k + k) with from in X by lia; exact X.
Qed.

(* Freeing takes the buddies that are joined off their lists, and puts the block that comes of it first on its list. *)
Lemma give_places : forall left k x z z', k + left = top -> give top left k x z = Some z' ->
  exists j, k <= j <= top /\ lists z' j = (x / 2 ^ (j - k)) :: lists z j /\
    (forall i, k <= i < j -> lists z' i = remove Nat.eq_dec (buddy (x / 2 ^ (i - k))) (lists z i)) /\
    forall i, i < k \/ j < i -> lists z' i = lists z i.
Proof.
  assert (STOP : forall k x z, k <= top -> exists j, k <= j <= top /\ lists (put top z k x) j = (x / 2 ^ (j - k)) :: lists z j /\
    (forall i, k <= i < j -> lists (put top z k x) i = remove Nat.eq_dec (buddy (x / 2 ^ (i - k))) (lists z i)) /\
    forall i, i < k \/ j < i -> lists (put top z k x) i = lists z i).
  { intros k x z K; exists k; cbn [lists put]; unfold upd; rewrite Nat.eqb_refl, Nat.sub_diag, Nat.div_1_r.
    split; [lia |]; split; [reflexivity |]; split; [intros; lia |].
    intros i I; destruct (Nat.eqb_spec i k); [lia | reflexivity]. }
  induction left; intros k x z z' K E; cbn [give] in E.
  - injection E as <-; apply STOP; lia.
  - destruct (bits z k (x / 2)); [| injection E as <-; apply STOP; lia].
    destruct (in_dec Nat.eq_dec (buddy x) (lists z k)) as [_ | _]; [| discriminate].
    apply IHleft in E; [| lia]; destruct E as [j [J [P [T O]]]]; exists j; cbn [lists take] in P, T, O; unfold upd in P, T, O.
    assert (H : forall i, k < i -> x / 2 / 2 ^ (i - S k) = x / 2 ^ (i - k))
      by (intros i I; replace (i - k) with (S (i - S k)) by lia; rewrite div_succ; reflexivity).
    split; [lia |]; split; [| split].
    + rewrite P, H by lia; destruct (Nat.eqb_spec j k); [lia | reflexivity].
    + intros i I; destruct (Nat.eq_dec i k) as [-> | D].
      * rewrite O, Nat.eqb_refl, Nat.sub_diag, Nat.div_1_r by lia; reflexivity.
      * rewrite T, H by lia; destruct (Nat.eqb_spec i k); [lia | reflexivity].
    + intros i I; rewrite O by lia; destruct (Nat.eqb_spec i k); [lia | reflexivity].
Qed.

(* PLACE-4: the block that a free leads to goes first on its list; the buddies that were joined are off theirs; nothing else moves. *)
Theorem free_places : forall F z c k x, represents F z c -> k <= top -> none F k x -> (x + 1) * 2 ^ k <= span ->
  exists z' c' j, Generated.freePagesOk c (Z.of_nat (head k x)) (Z.of_nat k) = Done (tt, c') /\ represents (add F k x) z' c' /\
    k <= j <= top /\ lists z' j = (x / 2 ^ (j - k)) :: lists z j /\
    (forall i, k <= i < j -> lists z' i = remove Nat.eq_dec (buddy (x / 2 ^ (i - k))) (lists z i)) /\
    forall i, i < k \/ j < i -> lists z' i = lists z i.
Proof.
  intros F z c k x R K N B; destruct (free_pages_ok_gives span top F z c k x R K N B) as [z' [c' [E [G R']]]].
  apply give_places in G; [| lia]; destruct G as [j P]; exists z', c', j; split; [exact E |]; split; [exact R' | exact P].
Qed.
End Order.
