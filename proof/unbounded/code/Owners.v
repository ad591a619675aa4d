(* The owner table of the generated code: a byte for each page. What it must say of a state, and what misuseOf makes of it. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Zone History Bits Rings Map Represents Starts Frees Grants Runs Keeps.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left, Returned).
Open Scope Z_scope.

(* What the table says of a page. *)
Definition owner (c : Words.zone) (p : nat) : Z := Words.word (Words.owners c) (Z.of_nat p).

(* The words represent a zone, with these blocks outstanding, these pages handed over, and these that headed a block which was freed; and
   the table says so: the order of the block that a page heads, or -1 if it was freed, less than -2 if it was never handed over, and -4 in
   a hole. *)
Record tended (span top : nat) (hole : nat -> bool) (c : Words.zone) (out : list block) (given freed : list nat) : Prop := {
  state : exists F z, represents span top F z c /\ accounts span top F out given;
  table : Words.length (Words.owners c) = Z.of_nat span;
  no_offset : Words.offset c = 0;
  heads : forall p k, (p < span)%nat -> owner c p = Z.of_nat k <-> In (k, p) out;
  lowest : forall p, (p < span)%nat -> - 4 <= owner c p;
  in_use : forall p, (p < span)%nat -> owner c p < - 2 <-> ~ In p given;
  was_freed : forall p, (p < span)%nat -> owner c p = - 1 <-> In p freed;
  in_hole : forall p, (p < span)%nat -> owner c p = - 4 <-> hole p = true }.

Section Owners.
Variables span top : nat.
Variable hole : nat -> bool.
Notation represents := (represents span top).
Notation accounts := (accounts span top).
Notation tended := (tended span top hole).

(* The table is no part of what represents a zone. *)
Lemma represents_owners : forall F z c b, represents F z c -> represents F z (Words.with_owners c b).
Proof. intros F z c b [[P O L M] C H U]; split; [split; assumption | exact C | exact H | exact U]. Qed.

(* What a write to the table leads to. *)
Lemma owner_written : forall c p v q, Words.length (Words.owners c) = Z.of_nat span -> (p < span)%nat -> - 128 <= v < 128 ->
  owner (Words.with_owners c (Words.write_byte (Words.owners c) (Z.of_nat p) v)) q = if (q =? p)%nat then v else owner c q.
Proof.
  intros c p v q L P V; unfold owner, Words.write_byte, Words.within; rewrite L.
  replace (_ && _)%bool with true by (symmetry; apply andb_true_iff; rewrite Z.leb_le, Z.ltb_lt; lia).
  cbn [Words.with_owners Words.owners Words.word]; destruct (Nat.eqb_spec q p) as [-> | D].
  - rewrite Z.eqb_refl; unfold Words.i8; rewrite Z.mod_small by lia; lia.
  - destruct (Z.eqb_spec (Z.of_nat q) (Z.of_nat p)); [lia | reflexivity].
Qed.

(* A write leaves the table as long as it is. *)
Lemma table_written : forall a i v, Words.length (Words.write_byte a i v) = Words.length a.
Proof. intros a i v; unfold Words.write_byte; destruct (Words.within a i); reflexivity. Qed.

(* get answers what the table says. *)
Lemma owner_read : forall c p, Words.length (Words.owners c) = Z.of_nat span -> (p < span)%nat ->
  Generated.OwnerTable_get_owners c (Z.of_nat p) = Done (owner c p, c).
Proof.
  intros c p L P; unfold Generated.OwnerTable_get_owners, Words.read, Words.within; rewrite L.
  replace (_ && _)%bool with true by (symmetry; apply andb_true_iff; rewrite Z.leb_le, Z.ltb_lt; lia); reflexivity.
Qed.

(* An outstanding block has its first page. *)
Lemma own_page : forall k p, In p (pages_of (k, p)).
Proof. intros k p; unfold pages_of; cbn [fst snd]; apply in_seq; pose proof (pow_pos k); lia. Qed.

(* A page of an outstanding block is taken. *)
Lemma page_taken : forall b out p, In b out -> In p (pages_of b) -> In p (taken out).
Proof. intros b out p B P; apply in_flat_map; exists b; split; assumption. Qed.

(* The numbers that the code needs to be small are. *)
Lemma small : forall c out given freed, tended c out given freed ->
  Words.pages c = Z.of_nat span /\ Words.orders c = Z.of_nat (S top) /\ (top <= 30)%nat /\ Z.of_nat (span + S top) <= 2 ^ 30 /\
  (S top < Words.most_rounds c)%nat.
Proof.
  intros c out given freed [[F [z [[S _ _ _] _]]] _ _ _ _ _ _ _]; pose proof (sizes span top z c S); pose proof (rounds_suffice span top z c S).
  split; [apply (its_pages _ _ _ _ S) | split; [apply (its_orders _ _ _ _ S) | tauto]].
Qed.

(* The search for a block that a page is inside of, from an order on. *)
Lemma looks : forall left k p c out given freed rounds, (k + left = S top)%nat -> (left < rounds)%nat -> tended c out given freed -> (p < span)%nat ->
  let found := exists j, (k <= j <= top)%nat /\ In (j, head j (p / 2 ^ j)) out in
  let answer := Generated.isInside_loop0 rounds (Z.of_nat p) 0 (Z.of_nat (S top)) (Z.of_nat k) c in
  (answer = Done (Returned true, c) /\ found) \/ (answer = Done (Left (Z.of_nat (S top)), c) /\ ~ found).
Proof.
  induction left; intros k p c out given freed rounds K R T P; (destruct rounds as [| rounds]; [lia |]);
    cbn [Generated.isInside_loop0]; pose proof (small c out given freed T) as [_ [_ [O [B _]]]].
  - right; replace (Z.of_nat k <? Z.of_nat (S top)) with false by (symmetry; apply Z.ltb_ge; lia).
    split; [do 3 f_equal; lia | intros [j [J _]]; lia].
  - replace (Z.of_nat k <? Z.of_nat (S top)) with true by (symmetry; apply Z.ltb_lt; lia).
    rewrite Z.add_0_r, Z.sub_0_r, block_of by (unfold order; lia).
    assert (E : Z.of_nat p / 2 ^ Z.of_nat k * 2 ^ Z.of_nat k = Z.of_nat (head k (p / 2 ^ k)))
      by (rewrite of_head, Nat2Z.inj_div, of_pow; reflexivity).
    assert (H : (head k (p / 2 ^ k) < span)%nat)
      by (rewrite head_is; pose proof (Nat.mul_div_le p (2 ^ k) (pow_pos k)); lia).
    rewrite E; replace (0 <=? Z.of_nat (head k (p / 2 ^ k))) with true by (symmetry; apply Z.leb_le; lia).
    rewrite (owner_read c _ (table _ _ _ _ _ _ _ T) H); cbn [Words.bind].
    destruct (Z.eqb_spec (owner c (head k (p / 2 ^ k))) (Z.of_nat k)) as [W | W].
    + left; split; [reflexivity |]; exists k; split; [lia |]; apply (heads _ _ _ _ _ _ _ T); assumption.
    + replace (Z.of_nat k + 1) with (Z.of_nat (S k)) by lia.
      destruct (IHleft (S k) p c out given freed rounds ltac:(lia) ltac:(lia) T P) as [[A [j [J I]]] | [A N]]; [left | right];
        (split; [exact A |]).
      * exists j; split; [lia | exact I].
      * intros [j [J I]]; destruct (Nat.eq_dec j k) as [-> | D].
        -- apply W, (heads _ _ _ _ _ _ _ T); assumption.
        -- apply N; exists j; split; [lia | exact I].
Qed.

(* isInside answers whether a page is in an outstanding block of an order above 0. *)
Theorem inside_is : forall p c out given freed, tended c out given freed -> (p < span)%nat ->
  exists b, Generated.isInside c (Z.of_nat p) = Done (b, c) /\
    (b = true <-> exists k page, (0 < k)%nat /\ In (k, page) out /\ In p (pages_of (k, page))).
Proof.
  intros p c out given freed T P; pose proof (small c out given freed T) as [_ [O [_ [_ R]]]]; unfold Generated.isInside.
  rewrite O, (no_offset _ _ _ _ _ _ _ T); change 1 with (Z.of_nat 1).
  destruct (state _ _ _ _ _ _ _ T) as [F [z [_ A]]].
  assert (EQ : (exists j, (1 <= j <= top)%nat /\ In (j, head j (p / 2 ^ j)) out) <->
    exists k page, (0 < k)%nat /\ In (k, page) out /\ In p (pages_of (k, page))).
  { split.
    - intros [j [J I]]; exists j, (head j (p / 2 ^ j)); split; [lia |]; split; [exact I | apply in_block; reflexivity].
    - intros [k [page [K [I Q]]]]; destruct (aligned _ _ _ _ _ A _ I) as [T' [x X]]; cbn [fst snd] in T', X; subst page.
      apply in_block in Q; exists k; split; [lia | rewrite Q; exact I]. }
  destruct (looks top 1 p c out given freed (Words.most_rounds c) ltac:(lia) ltac:(lia) T P) as [[E I] | [E I]]; rewrite E; cbn [Words.bind].
  - exists true; split; [reflexivity | split; [intros _; apply EQ; exact I | reflexivity]].
  - exists false; split; [reflexivity | split; [discriminate | intros Q; destruct I; apply EQ; exact Q]].
Qed.

(* What each name says of a free of a page at an order. *)
Definition names (out : list block) (given freed : list nat) (page k : Z) (misuse : string) : Prop :=
  (misuse = "out-of-range"%string /\ (page < 0 \/ Z.of_nat span <= page \/ k < 0 \/ Z.of_nat top < k \/ Z.of_nat span < page + 2 ^ k)) \/
  exists p, page = Z.of_nat p /\ (p < span)%nat /\ 0 <= k <= Z.of_nat top /\
    ((misuse = "wrong-order"%string /\ exists j, In (j, p) out /\ Z.of_nat j <> k) \/
     (forall j, ~ In (j, p) out) /\
     ((misuse = "misaligned"%string /\ page mod 2 ^ k <> 0) \/
      (misuse = "inner-page"%string /\ In p (taken out)) \/
      (misuse = "double-free"%string /\ ~ In p (taken out) /\ In p given /\ In p freed) \/
      (misuse = "never-allocated"%string /\ ~ In p (taken out) /\ ~ In p freed))).

(* misuseOf finds nothing wrong exactly if the block is outstanding at this order; what it names is so. *)
Theorem misuse_of_is : forall c out given freed h k, tended c out given freed ->
  let page := h - Words.base c in
  (exists j p, page = Z.of_nat p /\ k = Z.of_nat j /\ In (j, p) out /\ Generated.misuseOf c h k = Done (None, c)) \/
  ((forall j p, page = Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) /\
   exists misuse, Generated.misuseOf c h k = Done (Some misuse, c) /\ names out given freed page k misuse).
Proof.
  intros c out given freed h k T page; pose proof (small c out given freed T) as [PG [OR [TO [B _]]]]; unfold Generated.misuseOf.
  fold page; rewrite PG, OR, (no_offset _ _ _ _ _ _ _ T).
  assert (IN : forall j p, In (j, p) out -> (p < span)%nat /\ (j <= top)%nat).
  { intros j p I; destruct (state _ _ _ _ _ _ _ T) as [F [z [_ A]]]; split; [| apply (aligned _ _ _ _ _ A (j, p) I)].
    apply (inside_zone _ _ _ _ _ A), (from_given _ _ _ _ _ A), (page_taken (j, p)); [exact I | apply own_page]. }
  destruct ((page <? 0) || (Z.of_nat span <=? page))%bool eqn:E1.
  { right; split; [| eexists; split; [reflexivity |]; left; split; [reflexivity |]].
    - intros j p E _ I; apply IN in I; apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1; lia.
    - apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1; lia. }
  apply orb_false_iff in E1; rewrite Z.ltb_ge, Z.leb_gt in E1.
  assert (P : page = Z.of_nat (Z.to_nat page)) by (rewrite Z2Nat.id; lia).
  set (p := Z.to_nat page) in *; clearbody p; assert (S : (p < span)%nat) by lia.
  rewrite P, (owner_read c p (table _ _ _ _ _ _ _ T) S); cbn [Words.bind].
  destruct ((owner c p =? k) && (0 <=? k))%bool eqn:E2.
  { apply andb_true_iff in E2; rewrite Z.eqb_eq, Z.leb_le in E2; left; exists (Z.to_nat k), p; split; [reflexivity |].
    split; [rewrite Z2Nat.id; lia |]; split; [| reflexivity]; apply (heads _ _ _ _ _ _ _ T); [exact S | rewrite Z2Nat.id; lia]. }
  right; split.
  { intros j q Q K I; apply Nat2Z.inj in Q; subst q; apply (heads _ _ _ _ _ _ _ T) in I; [| exact S].
    apply andb_false_iff in E2; rewrite Z.eqb_neq, Z.leb_gt in E2; lia. }
  destruct (((k <? 0) || (Z.of_nat (Datatypes.S top) <=? k)) || (Z.of_nat span <? Z.of_nat p + 2 ^ k))%bool eqn:E3.
  { eexists; split; [reflexivity |]; left; split; [reflexivity |].
    rewrite !orb_true_iff, !Z.ltb_lt, Z.leb_le in E3; lia. }
  rewrite !orb_false_iff, !Z.ltb_ge, Z.leb_gt in E3; destruct E3 as [[K0 K1] K2].
  destruct (Z.leb_spec 0 (owner c p)) as [E4 | E4].
  { eexists; split; [reflexivity |]; right; exists p; split; [reflexivity |]; split; [exact S |]; split; [lia |].
    left; split; [reflexivity |]; exists (Z.to_nat (owner c p)); rewrite Z2Nat.id by exact E4; split.
    - apply (heads _ _ _ _ _ _ _ T); [exact S | rewrite Z2Nat.id by exact E4; reflexivity].
    - apply andb_false_iff in E2; rewrite Z.eqb_neq, Z.leb_gt in E2; lia. }
  assert (N : forall j, ~ In (j, p) out) by (intros j I; apply (heads _ _ _ _ _ _ _ T) in I; [lia | exact S]).
  rewrite Z.add_0_r, below_block by (unfold order; lia).
  destruct (Z.eqb_spec (Z.of_nat p mod 2 ^ k) 0) as [E5 | E5]; cbn [negb].
  2:{ eexists; split; [reflexivity |]; right; exists p; split; [reflexivity |]; split; [exact S |]; split; [lia |].
      right; split; [exact N |]; left; split; [reflexivity | exact E5]. }
  destruct (inside_is p c out given freed T S) as [b [E6 I]]; rewrite E6; cbn [Words.bind].
  assert (TK : In p (taken out) <-> b = true).
  { rewrite I; unfold taken; rewrite in_flat_map; split.
    - intros [[j q] [J Q]]; exists j, q; split; [| split; assumption].
      destruct j; [| lia]; unfold pages_of in Q; cbn in Q; destruct Q as [<- | []]; destruct (N 0%nat); exact J.
    - intros [j [q [_ [J Q]]]]; exists (j, q); split; assumption. }
  destruct b.
  { eexists; split; [reflexivity |]; right; exists p; split; [reflexivity |]; split; [exact S |]; split; [lia |].
    right; split; [exact N |]; right; left; split; [reflexivity | apply TK; reflexivity]. }
  assert (NT : ~ In p (taken out)) by (rewrite TK; discriminate).
  eexists; split; [reflexivity |]; right; exists p; split; [reflexivity |]; split; [exact S |]; split; [lia |].
  right; split; [exact N |]; right; right; destruct (Z.eqb_spec (owner c p) (- 1)) as [E7 | E7]; [left | right].
  - split; [reflexivity |]; split; [exact NT |]; split; [| apply (was_freed _ _ _ _ _ _ _ T); assumption].
    destruct (in_dec Nat.eq_dec p given) as [G | G]; [exact G |]; apply (in_use _ _ _ _ _ _ _ T) in G; [lia | exact S].
  - split; [reflexivity |]; split; [exact NT | intros I'; apply (was_freed _ _ _ _ _ _ _ T) in I'; [contradiction | exact S]].
Qed.
End Owners.
