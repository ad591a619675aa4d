(* When the words of a zone represent a zone of Zone.v; the code's steps on lists, map and count keep that they do. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone History Bits Rings Map.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done).
Open Scope Z_scope.

(* How many of the pages below n are free. *)
Fixpoint count (F : pages) (n : nat) : nat :=
  match n with O => 0 | S m => count F m + (if F m then 1 else 0) end.

(* The count depends on which pages are free, and on nothing else. *)
Lemma count_ext : forall F G, (forall p, F p = G p) -> forall n, count F n = count G n.
Proof. intros F G E; induction n; cbn [count]; [reflexivity | rewrite IHn, E; reflexivity]. Qed.

(* There are no more free pages than pages. *)
Lemma count_most : forall F n, (count F n <= n)%nat.
Proof. intros F; induction n; cbn [count]; [lia | destruct (F n); lia]. Qed.

(* The pages of a block are those from its first one on. *)
Lemma inside_between : forall k x p, inside k x p = ((x * 2 ^ k <=? p) && (p <? (x + 1) * 2 ^ k))%nat%bool.
Proof.
  intros k x p; unfold inside; pose proof (pow_pos k); pose proof (Nat.div_mod p (2 ^ k) H).
  pose proof (Nat.mod_upper_bound p (2 ^ k) H); apply eq_true_iff_eq.
  rewrite andb_true_iff, Nat.eqb_eq, Nat.leb_le, Nat.ltb_lt; split; [intros <-; nia |].
  intros [L U]; symmetry; apply Nat.div_unique with (p - x * 2 ^ k)%nat; nia.
Qed.

(* Adding a block of which no page is free adds its 2^k pages. *)
Lemma count_add : forall F k x n, none F k x -> ((x + 1) * 2 ^ k <= n)%nat -> count (add F k x) n = (count F n + 2 ^ k)%nat.
Proof.
  intros F k x n N B.
  assert (G : forall m, count (add F k x) m = (count F m + (Nat.min m ((x + 1) * 2 ^ k) - x * 2 ^ k))%nat).
  { induction m; [cbn; lia |]; cbn [count]; rewrite IHm; unfold add.
    destruct (inside k x m) eqn:I.
    - assert (F m = false) as -> by (apply N; apply Nat.eqb_eq; exact I).
      rewrite inside_between, andb_true_iff, Nat.leb_le, Nat.ltb_lt in I; cbn [orb]; lia.
    - rewrite inside_between, andb_false_iff, Nat.leb_gt, Nat.ltb_ge in I; cbn [orb]; lia. }
  rewrite G, Nat.min_r by exact B; nia.
Qed.

(* Taking a block that is wholly free takes its 2^k pages. *)
Lemma count_del : forall F k x n, whole F k x = true -> ((x + 1) * 2 ^ k <= n)%nat -> (count (del F k x) n + 2 ^ k = count F n)%nat.
Proof.
  intros F k x n W B; rewrite <- (count_ext _ _ (add_del F k x W)); symmetry; apply count_add; [apply none_del | exact B].
Qed.

(* add to a count within bounds. *)
Lemma count_added : forall c i d, 0 <= i < Words.length (Words.counters c) -> Generated.Field_add_counters c i d =
  Done (tt, Words.with_counters c (Words.write (Words.counters c) i (Words.word (Words.counters c) i + d))).
Proof. intros c i d I; unfold Generated.Field_add_counters; rewrite read_is by exact I; reflexivity. Qed.

(* Lists by their first pages, map, and what never changes. *)
Record stands_for (span top : nat) (z : zone) (c : Words.zone) : Prop := {
  its_pages : Words.pages c = Z.of_nat span;
  its_orders : Words.orders c = Z.of_nat (S top);
  its_lists : rings span top (fun k => List.map (head k) (lists z k)) (Words.links c);
  its_map : marks span top (bits z) (Words.firstBits c) (Words.map c) }.

(* Word 0 of the counters says how many pages are free. *)
Definition counts (n : nat) (c : Words.zone) : Prop :=
  1 <= Words.length (Words.counters c) /\ Words.word (Words.counters c) 0 = Z.of_nat n.

(* The words represent a zone, which holds what it must if these pages are free, and no page beyond the zone is. *)
Record represents (span top : nat) (F : pages) (z : zone) (c : Words.zone) : Prop := {
  stands : stands_for span top z c;
  counted : counts (count F span) c;
  right : holds top z F;
  bounded : forall p, (span <= p)%nat -> F p = false }.

Section Steps.
Variables span top : nat.
Notation stands_for := (stands_for span top).

(* Rows that are alike make rings that are. *)
Lemma rings_ext : forall rows others a, (forall k, rows k = others k) -> rings span top rows a -> rings span top others a.
Proof.
  intros rows others a E [A B C D G H I]; split; try assumption; intros; rewrite <- ?E in *; eauto.
  apply I; [assumption |]; intros k K; rewrite E; auto.
Qed.

(* What fits in words. *)
Lemma sizes : forall z c, stands_for z c -> Z.of_nat (span + S top) <= 2 ^ 30 /\ (top <= 30)%nat.
Proof.
  intros z c S; split; [apply (enough _ _ _ _ (its_lists _ _ _ _ S)) | apply (few_orders _ _ _ _ (laid_out _ _ _ _ _ (its_map _ _ _ _ S)))].
Qed.

(* A loop may take a round for each order, one more to end, and another. *)
Lemma rounds_suffice : forall z c, stands_for z c -> (S top < Words.most_rounds c)%nat.
Proof. intros z c S; unfold Words.most_rounds; rewrite (its_pages _ _ _ _ S), (its_orders _ _ _ _ S); lia. Qed.

(* The head of a list. *)
Lemma free_list_is : forall z c k, stands_for z c -> Generated.freeListOf c (Z.of_nat k) = Done (Z.of_nat (span + k), c).
Proof. intros z c k S; unfold Generated.freeListOf; rewrite (its_pages _ _ _ _ S), <- Nat2Z.inj_add; reflexivity. Qed.

(* nextOf a list's head: the first page of the first block on it, or the head itself. *)
Lemma next_of_list : forall z c k, stands_for z c -> (k <= top)%nat ->
  Generated.nextOf c (Z.of_nat (span + k)) = Done (Z.of_nat (hd (span + k)%nat (List.map (head k) (lists z k))), c).
Proof. intros z c k S K; apply (next_of_head span top c _ k (its_lists _ _ _ _ S) K). Qed.

(* A block that heads no listed one goes first on its list; the map and the count stay. *)
Lemma add_to_list : forall z c k x, stands_for z c -> (k <= top)%nat -> (head k x < span)%nat ->
  (forall j y, (j <= top)%nat -> In y (lists z j) -> head j y <> head k x) ->
  exists c', Generated.listAdd c (Z.of_nat (head k x)) (Z.of_nat (span + k)) = Done (tt, c') /\
    stands_for {| lists := upd k (x :: lists z k) (lists z); bits := bits z |} c' /\ Words.counters c' = Words.counters c.
Proof.
  intros z c k x [P O L M] K X U.
  destruct (list_add_rings span top c _ k (head k x) L K X) as [b [E R]].
  { intros j J I; apply in_map_iff in I; destruct I as [y [Y I]]; exact (U j y J I Y). }
  eexists; split; [exact E |]; split; [| reflexivity]; split; cbn; try assumption.
  revert R; apply rings_ext; intros j; cbn [lists]; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; reflexivity.
Qed.

(* Different blocks of an order begin at different pages. *)
Lemma head_injective : forall k x y, head k x = head k y -> x = y.
Proof. intros k x y; rewrite !head_is; pose proof (pow_pos k); nia. Qed.

(* A block goes off a list as its first page does. *)
Lemma map_remove : forall k x l, List.map (head k) (remove Nat.eq_dec x l) = remove Nat.eq_dec (head k x) (List.map (head k) l).
Proof.
  intros k x l; induction l as [| y l IH]; [reflexivity |]; cbn [remove List.map].
  destruct (Nat.eq_dec x y) as [-> | D]; destruct (Nat.eq_dec (head k _) (head k y)) as [E |]; try contradiction; try exact IH.
  - apply head_injective in E; contradiction.
  - cbn [List.map]; rewrite IH; reflexivity.
Qed.

(* A listed block goes off its list; the map and the count stay. *)
Lemma take_off_list : forall z c k x, stands_for z c -> (k <= top)%nat -> In x (lists z k) ->
  exists c', Generated.listDel c (Z.of_nat (head k x)) = Done (tt, c') /\
    stands_for {| lists := upd k (remove Nat.eq_dec x (lists z k)) (lists z); bits := bits z |} c' /\
    Words.counters c' = Words.counters c.
Proof.
  intros z c k x [P O L M] K I.
  destruct (list_del_rings span top c _ k (head k x) L K) as [b [E R]]; [apply in_map; exact I |].
  eexists; split; [exact E |]; split; [| reflexivity]; split; cbn; try assumption.
  revert R; apply rings_ext; intros j; cbn [lists]; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [| reflexivity].
  symmetry; apply map_remove.
Qed.

(* The pair of a block is toggled, and the answer is what it was; lists and count stay. *)
Lemma toggle_pair : forall z c k x, stands_for z c -> (k < top)%nat -> (head k x < span)%nat ->
  exists c', Generated.markUsed c (Z.of_nat (head k x)) (Z.of_nat k) = Done (bits z k (x / 2)%nat, c') /\
    stands_for {| lists := lists z; bits := toggled top z k x |} c' /\ Words.counters c' = Words.counters c.
Proof.
  intros z c k x S K X; pose proof (sizes z c S); destruct S as [P O L M].
  destruct (mark_used_marks span top c z k x M K X ltac:(lia)) as [m [E R]].
  eexists; split; [exact E |]; split; [| reflexivity]; split; cbn; assumption.
Qed.

(* The count changes; lists and map stay. *)
Lemma add_to_count : forall z c n m d, stands_for z c -> counts n c -> Z.of_nat m = Z.of_nat n + d -> (m <= span)%nat ->
  exists c', Generated.Field_add_counters c 0 d = Done (tt, c') /\ stands_for z c' /\ counts m c'.
Proof.
  intros z c n m d S [L W] E B; pose proof (sizes z c S).
  rewrite count_added, W, <- E by lia; eexists; split; [reflexivity |].
  destruct (written (Words.counters c) 0 (Z.of_nat m) ltac:(lia) ltac:(lia)) as [CL CW].
  destruct S as [P O L' M]; split; [split; assumption |]; unfold counts; cbn; rewrite CL, CW; split; [exact L | reflexivity].
Qed.

(* The first page of a block is in it. *)
Lemma head_page : forall k x, (head k x / 2 ^ k)%nat = x.
Proof. intros; rewrite head_is; apply Nat.div_mul, pow_pos. Qed.

(* The first page of a block of which no page is free heads no listed block. *)
Lemma heads_none : forall z F k x j y, holds top z F -> none F k x -> (j <= top)%nat -> In y (lists z j) -> head j y <> head k x.
Proof.
  intros z F k x j y [L _] N J I E; apply (proj2 (L j J)) in I; unfold Pages.listed in I; apply andb_true_iff in I.
  pose proof (proj1 (whole_pages F j y) (proj1 I) (head j y) (head_page j y)) as T.
  rewrite E, (N _ (head_page k x)) in T; discriminate.
Qed.

(* A block that ends in the zone begins in it. *)
Lemma begins : forall k x, ((x + 1) * 2 ^ k <= span)%nat -> (head k x < span)%nat.
Proof. intros k x B; rewrite head_is; pose proof (pow_pos k); nia. Qed.

(* A block that is wholly free ends in the zone. *)
Lemma whole_bounded : forall F k x, whole F k x = true -> (forall p, (span <= p)%nat -> F p = false) -> ((x + 1) * 2 ^ k <= span)%nat.
Proof.
  intros F k x W U; destruct (le_lt_dec ((x + 1) * 2 ^ k) span) as [| G]; [assumption | exfalso].
  pose proof (pow_pos k); assert (E : (((x + 1) * 2 ^ k - 1) / 2 ^ k = x)%nat)
    by (symmetry; apply Nat.div_unique with (2 ^ k - 1)%nat; nia).
  pose proof (proj1 (whole_pages F k x) W _ E) as T; rewrite U in T by lia; discriminate.
Qed.
End Steps.
