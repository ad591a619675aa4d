(* The list operations as generated are those of Links.v: on one array of words that holds the lists of all orders, each a ring. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Zone Links Bits.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(array, word, write, read, Done).
Open Scope Z_scope.

(* Where a node keeps its next and its previous node. *)
Definition next_word (a : array) (n : nat) : Z := word a (2 * Z.of_nat n).
Definition previous_word (a : array) (n : nat) : Z := word a (2 * Z.of_nat n + 1).

(* The links that an array stands for; a node that is on no list has -1 for both. *)
Definition links_of (a : array) : links :=
  {| next := fun n => Z.to_nat (next_word a n); previous := fun n => Z.to_nat (previous_word a n) |}.
Definition threaded (a : array) (n : nat) : Prop := 0 <= next_word a n /\ 0 <= previous_word a n.
Definition unlinked (a : array) (n : nat) : Prop := next_word a n = - 1 /\ previous_word a n = - 1.

(* An array for this many nodes, whose numbers fit in words. *)
Definition fits (nodes : nat) (a : array) : Prop := Words.length a = 2 * Z.of_nat nodes /\ Z.of_nat nodes <= 2 ^ 30.

Section Nodes.
Variable nodes : nat.

(* A read of a link within bounds. *)
Lemma read_next : forall a n, fits nodes a -> (n < nodes)%nat -> read a (2 * Z.of_nat n) = Some (next_word a n).
Proof. intros a n [L _] N; apply read_is; lia. Qed.

Lemma read_previous : forall a n, fits nodes a -> (n < nodes)%nat -> read a (2 * Z.of_nat n + 1) = Some (previous_word a n).
Proof. intros a n [L _] N; apply read_is; lia. Qed.

(* A write of a link within bounds is a write of that link alone. *)
Lemma write_next : forall a m v, fits nodes a -> (m < nodes)%nat -> - 1 <= v < 2 ^ 31 ->
  fits nodes (write a (2 * Z.of_nat m) v) /\
  (forall n, next_word (write a (2 * Z.of_nat m) v) n = if (n =? m)%nat then v else next_word a n) /\
  (forall n, previous_word (write a (2 * Z.of_nat m) v) n = previous_word a n).
Proof.
  intros a m v [L S] M V; destruct (written a (2 * Z.of_nat m) v ltac:(lia) ltac:(lia)) as [WL W].
  unfold fits, next_word, previous_word; rewrite WL; repeat split; try assumption; intros n; rewrite W.
  - destruct (Nat.eqb_spec n m) as [-> |]; [rewrite Z.eqb_refl; reflexivity |].
    destruct (Z.eqb_spec (2 * Z.of_nat n) (2 * Z.of_nat m)); [lia | reflexivity].
  - destruct (Z.eqb_spec (2 * Z.of_nat n + 1) (2 * Z.of_nat m)); [lia | reflexivity].
Qed.

Lemma write_previous : forall a m v, fits nodes a -> (m < nodes)%nat -> - 1 <= v < 2 ^ 31 ->
  fits nodes (write a (2 * Z.of_nat m + 1) v) /\
  (forall n, next_word (write a (2 * Z.of_nat m + 1) v) n = next_word a n) /\
  (forall n, previous_word (write a (2 * Z.of_nat m + 1) v) n = if (n =? m)%nat then v else previous_word a n).
Proof.
  intros a m v [L S] M V; destruct (written a (2 * Z.of_nat m + 1) v ltac:(lia) ltac:(lia)) as [WL W].
  unfold fits, next_word, previous_word; rewrite WL; repeat split; try assumption; intros n; rewrite W.
  - destruct (Z.eqb_spec (2 * Z.of_nat n) (2 * Z.of_nat m + 1)); [lia | reflexivity].
  - destruct (Nat.eqb_spec n m) as [-> |]; [rewrite Z.eqb_refl; reflexivity |].
    destruct (Z.eqb_spec (2 * Z.of_nat n + 1) (2 * Z.of_nat m + 1)); [lia | reflexivity].
Qed.

(* What an array says after some links were set. *)
Definition same_links (l m : links) : Prop := forall n, next l n = next m n /\ previous l n = previous m n.

(* nextOf answers the next node. *)
Lemma next_of_is : forall z n, fits nodes (Words.links z) -> (n < nodes)%nat -> threaded (Words.links z) n ->
  Generated.nextOf z (Z.of_nat n) = Done (Z.of_nat (next (links_of (Words.links z)) n), z).
Proof.
  intros z n F N [T _]; unfold Generated.nextOf; rewrite (read_next _ n F N); cbn.
  rewrite Z2Nat.id by exact T; reflexivity.
Qed.

(* listAdd ends, reports nothing, and its links are those of list_add. *)
Theorem list_add_is : forall z node head, let a := Words.links z in
  fits nodes a -> (node < nodes)%nat -> (head < nodes)%nat ->
  threaded a head -> (next (links_of a) head < nodes)%nat -> threaded a (next (links_of a) head) ->
  exists b, Generated.listAdd z (Z.of_nat node) (Z.of_nat head) = Done (tt, Words.with_links z b) /\ fits nodes b /\
    same_links (links_of b) (list_add (links_of a) node head) /\
    forall n, (n = node \/ threaded a n -> threaded b n) /\ (n <> node -> ~ threaded a n -> unlinked a n -> unlinked b n).
Proof.
  intros z node head a F N H TH FB TF; unfold Generated.listAdd; fold a; rewrite (read_next a head F H).
  cbn [Words.or_bug Words.bind Words.links Words.with_links].
  set (first := next (links_of a) head) in *; assert (E : next_word a head = Z.of_nat first).
  { unfold first; cbn [next links_of]; rewrite Z2Nat.id; [reflexivity | exact (proj1 TH)]. }
  rewrite E; destruct F as [FL FS]; assert (F : fits nodes a) by (split; assumption).
  destruct (write_previous a first (Z.of_nat node) F FB ltac:(lia)) as [F1 [X1 P1]].
  match goal with |- context [write a ?i ?v] => set (a1 := write a i v) in * end.
  destruct (write_next a1 node (Z.of_nat first) F1 N ltac:(lia)) as [F2 [X2 P2]].
  match goal with |- context [write a1 ?i ?v] => set (a2 := write a1 i v) in * end.
  destruct (write_previous a2 node (Z.of_nat head) F2 N ltac:(lia)) as [F3 [X3 P3]].
  match goal with |- context [write a2 ?i ?v] => set (a3 := write a2 i v) in * end.
  destruct (write_next a3 head (Z.of_nat node) F3 H ltac:(lia)) as [F4 [X4 P4]].
  match goal with |- context [write a3 ?i ?v] => set (a4 := write a3 i v) in * end.
  exists a4; split; [reflexivity |]; split; [exact F4 |].
  assert (X : forall n, next_word a4 n =
    if (n =? head)%nat then Z.of_nat node else if (n =? node)%nat then Z.of_nat first else next_word a n).
  { intros n; rewrite X4, X3, X2, X1; reflexivity. }
  assert (P : forall n, previous_word a4 n =
    if (n =? node)%nat then Z.of_nat head else if (n =? first)%nat then Z.of_nat node else previous_word a n).
  { intros n; rewrite P4, P3, P2, P1; reflexivity. }
  split.
  - intros n; cbn [next previous links_of list_add]; unfold set; rewrite X, P; fold (next_word a head); rewrite E, !Nat2Z.id.
    split; [destruct (n =? head)%nat, (n =? node)%nat; rewrite ?Nat2Z.id; reflexivity |].
    destruct (n =? node)%nat, (n =? first)%nat; rewrite ?Nat2Z.id; reflexivity.
  - intros n; split.
    + intros T; unfold threaded; rewrite X, P.
      destruct (Nat.eqb_spec n head), (Nat.eqb_spec n node), (Nat.eqb_spec n first); destruct T as [T | [T T']]; lia.
    + intros D T [U V]; unfold unlinked; rewrite X, P.
      destruct (Nat.eqb_spec n head) as [Q | _]; [rewrite Q in T; contradiction |].
      destruct (Nat.eqb_spec n node); [contradiction |].
      destruct (Nat.eqb_spec n first) as [Q | _]; [rewrite Q in T; contradiction | tauto].
Qed.

(* listDel ends, reports nothing, and its links are those of list_del, but for the node that it unlinks. *)
Theorem list_del_is : forall z node, let a := Words.links z in
  fits nodes a -> (node < nodes)%nat -> threaded a node ->
  (next (links_of a) node < nodes)%nat -> (previous (links_of a) node < nodes)%nat ->
  threaded a (next (links_of a) node) -> threaded a (previous (links_of a) node) ->
  exists b, Generated.listDel z (Z.of_nat node) = Done (tt, Words.with_links z b) /\ fits nodes b /\ unlinked b node /\
    (forall n, n <> node -> next (links_of b) n = next (list_del (links_of a) node) n /\
      previous (links_of b) n = previous (list_del (links_of a) node) n) /\
    forall n, n <> node -> (threaded a n -> threaded b n) /\ (~ threaded a n -> unlinked a n -> unlinked b n).
Proof.
  intros z node a F N T XB PB TX TP; unfold Generated.listDel; fold a; rewrite (read_next a node F N), (read_previous a node F N).
  cbn [Words.or_else].
  set (after := next (links_of a) node) in *; set (before := previous (links_of a) node) in *.
  assert (EX : next_word a node = Z.of_nat after) by (unfold after; cbn [next links_of]; rewrite Z2Nat.id; [reflexivity | apply T]).
  assert (EP : previous_word a node = Z.of_nat before)
    by (unfold before; cbn [previous links_of]; rewrite Z2Nat.id; [reflexivity | apply T]).
  rewrite EX, EP; replace (_ || _)%bool with false
    by (symmetry; apply orb_false_iff; rewrite !Z.eqb_neq; lia).
  cbn [Words.links Words.with_links]; fold a; destruct F as [FL FS]; assert (F : fits nodes a) by (split; assumption).
  destruct (write_previous a after (Z.of_nat before) F XB ltac:(lia)) as [F1 [X1 P1]].
  match goal with |- context [write a ?i ?v] => set (a1 := write a i v) in * end.
  destruct (write_next a1 before (Z.of_nat after) F1 PB ltac:(lia)) as [F2 [X2 P2]].
  match goal with |- context [write a1 ?i ?v] => set (a2 := write a1 i v) in * end.
  destruct (write_next a2 node (- 1) F2 N ltac:(lia)) as [F3 [X3 P3]].
  match goal with |- context [write a2 ?i ?v] => set (a3 := write a2 i v) in * end.
  destruct (write_previous a3 node (- 1) F3 N ltac:(lia)) as [F4 [X4 P4]].
  match goal with |- context [write a3 ?i ?v] => set (a4 := write a3 i v) in * end.
  exists a4; split; [reflexivity |]; split; [exact F4 |].
  assert (X : forall n, next_word a4 n =
    if (n =? node)%nat then - 1 else if (n =? before)%nat then Z.of_nat after else next_word a n).
  { intros n; rewrite X4, X3, X2, X1; reflexivity. }
  assert (P : forall n, previous_word a4 n =
    if (n =? node)%nat then - 1 else if (n =? after)%nat then Z.of_nat before else previous_word a n).
  { intros n; rewrite P4, P3, P2, P1; reflexivity. }
  split; [unfold unlinked; rewrite X, P, Nat.eqb_refl; split; reflexivity |]; split.
  - intros n D; cbn [next previous links_of list_del]; unfold set; rewrite X, P, EX, EP, !Nat2Z.id.
    destruct (Nat.eqb_spec n node); [contradiction |].
    split; [destruct (n =? before)%nat | destruct (n =? after)%nat]; rewrite ?Nat2Z.id; reflexivity.
  - intros n D; unfold threaded, unlinked in *; rewrite X, P; destruct (Nat.eqb_spec n node); [contradiction |].
    fold (threaded a n); destruct (Nat.eqb_spec n before) as [Q | _]; destruct (Nat.eqb_spec n after) as [Q' | _];
      try rewrite <- Q in TP; try rewrite <- Q' in TX; unfold threaded in *; split; intros; lia.
Qed.
End Nodes.

(* The lists of all orders in one array: the row of order k from its head, node `span + k`, and back; no page on two rows, no page of
   one twice; a page on none is unlinked. *)
Record rings (span top : nat) (rows : nat -> list nat) (a : array) : Prop := {
  enough : fits (span + S top) a;
  pages_only : forall k n, (k <= top)%nat -> In n (rows k) -> (n < span)%nat;
  once : forall k, (k <= top)%nat -> NoDup (rows k);
  apart : forall j k n, (j <= top)%nat -> (k <= top)%nat -> In n (rows j) -> In n (rows k) -> j = k;
  rounds : forall k, (k <= top)%nat -> ring (links_of a) (span + k) (rows k);
  on : forall k n, (k <= top)%nat -> In n (span + k :: rows k)%nat -> threaded a n;
  off : forall n, (n < span)%nat -> (forall k, (k <= top)%nat -> ~ In n (rows k)) -> unlinked a n }.

Section Rings.
Variables span top : nat.

(* A ring is as it was if the links of its own nodes are. *)
Lemma ring_same : forall l m head row, (forall n, In n (head :: row) -> next m n = next l n /\ previous m n = previous l n) ->
  ring l head row -> ring m head row.
Proof.
  intros l m head row S; apply chain_same; intros n I; apply S; [exact I |].
  apply in_app_iff in I; destruct I as [I | [-> | []]]; [right; exact I | left; reflexivity].
Qed.

(* Next and previous of a node of a ring are of the ring. *)
Lemma ring_next : forall l head row, ring l head row -> In (next l head) (row ++ [head]).
Proof. intros l head [| n row]; cbn; [intros [-> _] | intros [[-> _] _]]; left; reflexivity. Qed.

(* A node of a row or its head. *)
Lemma in_ring : forall (n head : nat) row, In n (row ++ [head]) -> In n (head :: row).
Proof. intros n head row I; apply in_app_iff in I; destruct I as [I | [<- | []]]; [right; exact I | left; reflexivity]. Qed.

(* The nodes of a ring are within bounds. *)
Lemma node_of : forall rows a k n, rings span top rows a -> (k <= top)%nat -> In n (span + k :: rows k)%nat -> (n < span + S top)%nat.
Proof. intros rows a k n R K [<- | I]; [lia |]; pose proof (pages_only _ _ _ _ R k n K I); lia. Qed.

(* A ring has no node twice. *)
Lemma distinct : forall rows a k, rings span top rows a -> (k <= top)%nat -> NoDup (span + k :: rows k)%nat.
Proof.
  intros rows a k R K; constructor; [| exact (once _ _ _ _ R k K)].
  intros I; pose proof (pages_only _ _ _ _ R k _ K I); lia.
Qed.

(* No node is of two rings. *)
Lemma one_ring : forall rows a j k n, rings span top rows a -> (j <= top)%nat -> (k <= top)%nat ->
  In n (span + j :: rows j)%nat -> In n (span + k :: rows k)%nat -> j = k.
Proof.
  intros rows a j k n R J K [<- | I] [E | I'].
  - lia.
  - pose proof (pages_only _ _ _ _ R k _ K I'); lia.
  - pose proof (pages_only _ _ _ _ R j _ J I); lia.
  - exact (apart _ _ _ _ R j k n J K I I').
Qed.

(* After its head comes the first of a row, or the head itself. *)
Theorem next_of_head : forall z rows k, rings span top rows (Words.links z) -> (k <= top)%nat ->
  Generated.nextOf z (Z.of_nat (span + k)) = Done (Z.of_nat (hd (span + k)%nat (rows k)), z).
Proof.
  intros z rows k R K; rewrite (next_of_is (span + S top) z (span + k) (enough _ _ _ _ R)).
  - do 3 f_equal; pose proof (rounds _ _ _ _ R k K) as C; destruct (rows k); [apply C | apply C].
  - lia.
  - apply (on _ _ _ _ R k); [exact K | left; reflexivity].
Qed.

(* A page that is on no list becomes the first of its list; all other lists stay. *)
Theorem list_add_rings : forall z rows k n, rings span top rows (Words.links z) -> (k <= top)%nat -> (n < span)%nat ->
  (forall j, (j <= top)%nat -> ~ In n (rows j)) ->
  exists b, Generated.listAdd z (Z.of_nat n) (Z.of_nat (span + k)) = Done (tt, Words.with_links z b) /\
    rings span top (upd k (n :: rows k) rows) b.
Proof.
  intros z rows k n R K N O; set (a := Words.links z) in *; pose proof (rounds _ _ _ _ R k K) as C.
  pose proof (in_ring _ _ _ (ring_next _ _ _ C)) as I; pose proof (node_of _ _ k _ R K I) as B; pose proof (on _ _ _ _ R k _ K I) as T.
  destruct (list_add_is (span + S top) z n (span + k)) as [b [E [F [S U]]]];
    [apply (enough _ _ _ _ R) | lia | lia | apply (on _ _ _ _ R k); [exact K | left; reflexivity] | exact B | exact T |].
  fold a in S, U; exists b; split; [exact E |].
  assert (ON : forall j m, (j <= top)%nat -> In m (rows j) -> m <> n) by (intros j m J M ->; exact (O j J M)).
  constructor.
  - exact F.
  - intros j m J; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [intros [<- | M]; [exact N |] | intros M];
      eapply pages_only; eassumption.
  - intros j J; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [constructor; [apply O; exact K |] |];
      apply (once _ _ _ _ R); assumption.
  - intros i j m I' J; unfold upd; destruct (Nat.eqb_spec i k) as [-> |], (Nat.eqb_spec j k) as [-> |]; auto.
    + intros [<- | M] M'; [contradiction (O j J M') | exact (apart _ _ _ _ R k j m K J M M')].
    + intros M [<- | M']; [contradiction (O i I' M) | exact (apart _ _ _ _ R i k m I' K M M')].
    + apply (apart _ _ _ _ R); assumption.
  - intros j J; unfold upd; destruct (Nat.eqb_spec j k) as [-> | D].
    + apply (ring_same (list_add (links_of a) n (span + k))).
      * intros m _; destruct (S m) as [-> ->]; split; reflexivity.
      * apply list_add_ring; [apply (distinct rows a); assumption | | exact C].
        intros [M | M]; [lia | exact (O k K M)].
    + apply (ring_same (links_of a)); [| exact (rounds _ _ _ _ R j J)].
      intros m M; destruct (S m) as [-> ->]; cbn [next previous list_add].
      assert (m <> n) by (destruct M as [<- | M]; [lia | exact (ON j m J M)]).
      assert (m <> span + k)%nat by (intros ->; apply D; eapply one_ring; try eassumption; left; reflexivity).
      assert (m <> next (links_of a) (span + k)).
      { intros E'; apply D; apply (one_ring rows a j k m R J K M); rewrite E'; exact I. }
      rewrite !set_other by assumption; split; reflexivity.
  - intros j m J M; apply (U m); destruct (Nat.eq_dec m n) as [| D]; [left; assumption | right].
    apply (on _ _ _ _ R j); [exact J |]; revert M; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; cbn [In]; intuition congruence.
  - intros m M A; assert (D : m <> n) by (intros ->; apply (A k K); unfold upd; rewrite Nat.eqb_refl; left; reflexivity).
    assert (V : unlinked a m).
    { apply (off _ _ _ _ R); [exact M |]; intros j J Q; apply (A j J); unfold upd; destruct (Nat.eqb_spec j k) as [-> |];
        [right |]; exact Q. }
    apply (proj2 (U m) D); [unfold threaded; destruct V; lia | exact V].
Qed.

(* Removing a value from a list that has it once. *)
Lemma remove_middle : forall n before after, NoDup (before ++ n :: after) ->
  remove Nat.eq_dec n (before ++ n :: after) = before ++ after.
Proof.
  intros n before after D; rewrite remove_app; cbn [remove]; destruct (Nat.eq_dec n n); [| contradiction].
  apply NoDup_remove_2 in D; rewrite !notin_remove; [reflexivity | |]; intros I; apply D, in_or_app; tauto.
Qed.

(* A page is taken off its list, wherever it is there, and unlinked; all other lists stay. *)
Theorem list_del_rings : forall z rows k n, rings span top rows (Words.links z) -> (k <= top)%nat -> In n (rows k) ->
  exists b, Generated.listDel z (Z.of_nat n) = Done (tt, Words.with_links z b) /\
    rings span top (upd k (remove Nat.eq_dec n (rows k)) rows) b.
Proof.
  intros z rows k n R K I; set (a := Words.links z) in *; pose proof (rounds _ _ _ _ R k K) as C.
  pose proof (distinct _ _ k R K) as D; pose proof (pages_only _ _ _ _ R k n K I) as N.
  destruct (in_split n (rows k) I) as [before [after E]].
  assert (P : In (previous (links_of a) n) (span + k :: rows k)%nat /\ In (next (links_of a) n) (span + k :: rows k)%nat).
  { rewrite E in *; destruct (neighbours _ _ _ _ _ _ C) as [P Q]; split.
    - destruct P as [P | P]; [left; exact P | right; apply in_or_app; left; exact P].
    - apply in_ring in Q; destruct Q as [Q | Q]; [left; exact Q | right; apply in_or_app; right; right; exact Q]. }
  destruct P as [P Q].
  destruct (list_del_is (span + S top) z n) as [b [G [F [U [S T]]]]].
  - apply (enough _ _ _ _ R).
  - lia.
  - apply (on _ _ _ _ R k); [exact K | right; exact I].
  - eapply node_of; eassumption.
  - eapply node_of; eassumption.
  - eapply on; eassumption.
  - eapply on; eassumption.
  - fold a in S, T; exists b; split; [exact G |].
    assert (W : forall j m, In m (upd k (remove Nat.eq_dec n (rows k)) rows j) -> In m (rows j) /\ (j = k -> m <> n)).
    { intros j m; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [| tauto]; intros M; apply in_remove in M; tauto. }
    constructor.
    + exact F.
    + intros j m J M; apply W in M; apply (pages_only _ _ _ _ R j m J); apply M.
    + intros j J; unfold upd; destruct (j =? k)%nat; [apply NoDup_remove_value |]; apply (once _ _ _ _ R); assumption.
    + intros i j m I' J M M'; apply W in M, M'; apply (apart _ _ _ _ R i j m I' J); tauto.
    + intros j J; unfold upd; destruct (Nat.eqb_spec j k) as [-> | X].
      * rewrite E in *; pose proof D as D'; apply NoDup_cons_iff in D'; destruct D' as [O D'].
        rewrite remove_middle by exact D'.
        apply (ring_same (list_del (links_of a) n)); [| apply list_del_ring; assumption].
        intros m M; apply S; intros ->; destruct M as [M | M].
        -- apply O; rewrite M; apply in_elt.
        -- apply NoDup_remove_2 in D'; contradiction.
      * apply (ring_same (links_of a)); [| exact (rounds _ _ _ _ R j J)].
        intros m M.
        assert (Y : forall q, In q (span + k :: rows k)%nat -> m <> q).
        { intros q Z ->; apply X; eapply one_ring; eassumption. }
        destruct (S m) as [-> ->]; [apply Y; right; exact I |]; cbn [next previous list_del].
        rewrite !set_other by (apply Y; assumption); split; reflexivity.
    + intros j m J M; destruct (Nat.eq_dec m n) as [-> | X].
      * exfalso; destruct M as [M | M]; [lia |]; apply W in M; destruct M as [M Y].
        apply Y; [exact (apart _ _ _ _ R j k n J K M I) | reflexivity].
      * apply (proj1 (T m X)), (on _ _ _ _ R j); [exact J |].
        destruct M as [M | M]; [left; exact M | right; apply W in M; apply M].
    + intros m M A; destruct (Nat.eq_dec m n) as [-> | X]; [exact U |].
      assert (V : unlinked a m).
      { apply (off _ _ _ _ R); [exact M |]; intros j J Z; apply (A j J); unfold upd; destruct (Nat.eqb_spec j k) as [-> |];
          [apply in_in_remove; assumption | exact Z]. }
      apply (proj2 (T m X)); [unfold threaded; destruct V; lia | exact V].
Qed.
End Rings.
