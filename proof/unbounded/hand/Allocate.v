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
Notation rmqueue := (rmqueue top).

Lemma none_half : forall F k x y, none F (S k) x -> y / 2 = x -> none F k y.
Proof. intros F k x y N E p P; apply N; rewrite div_up, P; exact E. Qed.

(* A block that is on no list is split down to order k: what is left of it is granted, the rest is free. *)
Theorem expand_holds : forall d k x z F, d + k <= top -> holds z F -> none F (d + k) x ->
  let (g, z') := expand d k x z in g / 2 ^ d = x /\ holds z' (del (add F (d + k) x) k g).
Proof.
  induction d; intros k x z F K H N.
  - cbn [Zone.expand plus]; split; [apply Nat.div_1_r |]; revert H; apply holds_ext; intros p.
    unfold del, add, inside; destruct (Nat.eqb_spec (p / 2 ^ k) x) as [E |]; [exact (N p E) | reflexivity].
  - cbn [Zone.expand].
    assert (NL : none F (d + k) (2 * x)) by (apply (none_half F (d + k) x); [exact N | apply div_half_even]).
    assert (NU : none F (d + k) (2 * x + 1)) by (apply (none_half F (d + k) x); [exact N | apply div_half_odd]).
    assert (B : buddy (2 * x) = 2 * x + 1) by (destruct (halves (2 * x)) as [[_ C] | [C _]]; rewrite div_half_even in C; lia).
    specialize (IHd k (2 * x + 1) (put z (d + k) (2 * x)) (add F (d + k) (2 * x))).
    destruct (expand d k (2 * x + 1) (put z (d + k) (2 * x))) as [g z'].
    destruct IHd as [G R].
    + lia.
    + apply put_holds; [lia | exact H | exact NL |]; right; rewrite B; apply whole_none_same; exact NU.
    + intros p E; unfold add, inside; rewrite E, (NU p E).
      destruct (Nat.eqb_spec (2 * x + 1) (2 * x)); [lia | reflexivity].
    + split.
      * rewrite div_up, G; apply div_half_odd.
      * revert R; apply holds_ext; intros p; unfold del, add, inside; f_equal.
        change (S d + k) with (S (d + k)); rewrite div_up.
        destruct (Nat.eqb_spec (p / 2 ^ (d + k)) (2 * x)) as [-> | D].
        -- rewrite div_half_even, Nat.eqb_refl; apply orb_true_r.
        -- destruct (Nat.eqb_spec (p / 2 ^ (d + k)) (2 * x + 1)) as [-> | U].
           ++ rewrite div_half_odd, Nat.eqb_refl; reflexivity.
           ++ destruct (Nat.eqb_spec (p / 2 ^ (d + k) / 2) x) as [E | E]; [| reflexivity].
              destruct (halves (p / 2 ^ (d + k))) as [[C _] | [C _]]; rewrite E in C; contradiction.
Qed.

(* What the search over the lists finds: the smallest order that has a block, or that there is none. *)
Lemma first_some : forall left k z c x, first left k z = Some (c, x) ->
  k <= c /\ c <= k + left /\ In x (lists z c) /\ forall j, k <= j < c -> lists z j = [].
Proof.
  induction left; intros k z c x; cbn [first]; destruct (lists z k) as [| y l] eqn:L; intros E; try discriminate.
  - injection E as <- <-; repeat split; try lia; rewrite L; left; reflexivity.
  - apply IHleft in E; destruct E as [A [C [I M]]]; repeat split; try lia; [exact I |].
    intros j J; destruct (Nat.eq_dec j k) as [-> |]; [exact L | apply M; lia].
  - injection E as <- <-; repeat split; try lia; rewrite L; left; reflexivity.
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

(* A granted block was wholly free, lies in a listed block of the smallest order that has one, and is free no more; a refusal means
   that no block of that order was wholly free. *)
Theorem rmqueue_holds : forall k z F, k <= top -> holds z F ->
  match rmqueue k z with
  | Some (g, z') =>
      whole F k g = true /\ holds z' (del F k g) /\
      exists c, k <= c <= top /\ listed F c (g / 2 ^ (c - k)) = true /\ forall j x, k <= j < c -> listed F j x = false
  | None => forall x, whole F k x = false
  end.
Proof.
  intros k z F K H; pose proof H as [L _]; unfold Zone.rmqueue; destruct (first (top - k) k z) as [[c x] |] eqn:E.
  - apply first_some in E; destruct E as [A [C [I M]]].
    assert (O : listed F c x = true) by (apply (proj2 (L c ltac:(lia))); exact I).
    assert (W : whole F c x = true) by (unfold Pages.listed in O; apply andb_true_iff in O; tauto).
    pose proof (expand_holds (c - k) k x (take z c x) (del F c x)) as X.
    replace (c - k + k) with c in X by lia.
    destruct (expand (c - k) k x (take z c x)) as [g z'].
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
