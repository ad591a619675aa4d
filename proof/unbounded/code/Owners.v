(* The owner table of the generated code: a byte for each page. What it must say of a state, and what misuseOf makes of it. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Bits Spec Serves Runs.
From Buddy Require Words GeneratedFace.
Import ListNotations.
Import Words(Done, Left, Returned, core).
Open Scope Z_scope.

Section Owners.
Variables before span top : nat.
Variable core : core.
Variable fresh : Words.zone -> Prop.
Variable stands : pages -> Words.zone -> Prop.
Hypothesis served : serves before span top core fresh stands.
Variable hole : nat -> bool.
Notation own := (own before).
Notation in_zone := (in_zone before span).
Notation accounts := (accounts before span top).

(* What the table says of a page. *)
Definition owner (c : Words.zone) (p : nat) : Z := Words.word (Words.owners c) (own p).

(* The words are of a zone, with these blocks outstanding, these pages handed over, and these that headed a block which was freed; and the
   table says so: the order of the block that a page heads, or -1 if it was freed, less than -2 if it was never handed over, and -4 in a
   hole. *)
Record tended (c : Words.zone) (out : list block) (given freed : list nat) : Prop := {
  accounted : exists F, stands F c /\ accounts F out given;
  table : Words.length (Words.owners c) = Z.of_nat span;
  heads : forall p k, in_zone p -> owner c p = Z.of_nat k <-> In (k, p) out;
  lowest : forall p, in_zone p -> - 4 <= owner c p;
  in_use : forall p, in_zone p -> owner c p < - 2 <-> ~ In p given;
  was_freed : forall p, in_zone p -> owner c p = - 1 <-> In p freed;
  in_hole : forall p, in_zone p -> owner c p = - 4 <-> hole p = true }.

(* What a write to the table leads to. *)
Lemma owner_written : forall c p v q, Words.length (Words.owners c) = Z.of_nat span -> in_zone p -> - 128 <= v < 128 ->
  owner (Words.with_owners c (Words.write_byte (Words.owners c) (own p) v)) q = if (q =? p)%nat then v else owner c q.
Proof.
  intros c p v q L P V; unfold Spec.in_zone in P; unfold owner, Serves.own, Words.write_byte; rewrite within_is by lia.
  cbn [Words.with_owners Words.owners Words.word]; destruct (Nat.eqb_spec q p) as [-> | D].
  - rewrite Z.eqb_refl; unfold Words.i8; rewrite Z.mod_small by lia; lia.
  - destruct (Z.eqb_spec (Z.of_nat q - Z.of_nat before) (Z.of_nat p - Z.of_nat before)); [lia | reflexivity].
Qed.

(* A write leaves the table as long as it is. *)
Lemma table_written : forall a i v, Words.length (Words.write_byte a i v) = Words.length a.
Proof. intros a i v; unfold Words.write_byte; destruct (Words.within a i); reflexivity. Qed.

(* get answers what the table says. *)
Lemma owner_read : forall c p, Words.length (Words.owners c) = Z.of_nat span -> in_zone p ->
  GeneratedFace.OwnerTable_get_owners c (own p) = Done (owner c p, c).
Proof.
  intros c p L P; unfold Spec.in_zone in P; unfold GeneratedFace.OwnerTable_get_owners, Serves.own; rewrite read_is by lia; reflexivity.
Qed.

(* An outstanding block has its first page. *)
Lemma own_page : forall k p, In p (pages_of (k, p)).
Proof. intros k p; unfold pages_of; cbn [fst snd]; apply in_seq; pose proof (pow_pos k); lia. Qed.

(* A page of an outstanding block is taken. *)
Lemma page_taken : forall b out p, In b out -> In p (pages_of b) -> In p (taken out).
Proof. intros b out p B P; apply in_flat_map; exists b; split; assumption. Qed.

(* The numbers that the code needs to be small are. *)
Lemma small : forall c out given freed, tended c out given freed ->
  Words.pages c = Z.of_nat span /\ Words.orders c = Z.of_nat (S top) /\ Words.offset c = Z.of_nat before /\ (top <= 30)%nat /\
  Z.of_nat (before + span) < 2 ^ 31 /\ (S top < Words.most_rounds c)%nat.
Proof.
  intros c out given freed [[F [R _]] _ _ _ _ _ _]; destruct (fixed _ _ _ _ _ _ served F c R) as [P [O [B [T S]]]].
  repeat (split; [assumption |]); unfold Words.most_rounds; rewrite P, O; lia.
Qed.

(* An outstanding block begins in the zone, and its order is one of the zone's. *)
Lemma outstanding_inside : forall c out given freed j p, tended c out given freed -> In (j, p) out -> in_zone p /\ (j <= top)%nat.
Proof.
  intros c out given freed j p T I; destruct (accounted _ _ _ _ T) as [F [_ A]]; split; [| apply (aligned _ _ _ _ _ _ A (j, p) I)].
  apply (all_inside _ _ _ _ _ _ A), (from_given _ _ _ _ _ _ A), (page_taken (j, p)); [exact I | apply own_page].
Qed.

(* The search for a block that a page is inside of, from an order on. *)
Lemma looks : forall left k p c out given freed rounds, (k + left = S top)%nat -> (left < rounds)%nat -> tended c out given freed -> in_zone p ->
  let found := exists j, (k <= j <= top)%nat /\ In (j, head j (p / 2 ^ j)) out in
  let answer := GeneratedFace.isInside_loop0 rounds (own p) (Z.of_nat before) (Z.of_nat (S top)) (Z.of_nat k) c in
  (answer = Done (Returned true, c) /\ found) \/ (answer = Done (Left (Z.of_nat (S top)), c) /\ ~ found).
Proof.
  induction left; intros k p c out given freed rounds K R T P; (destruct rounds as [| rounds]; [lia |]);
    cbn [GeneratedFace.isInside_loop0]; pose proof (small c out given freed T) as [_ [_ [_ [O [B _]]]]].
  - right; replace (Z.of_nat k <? Z.of_nat (S top)) with false by (symmetry; apply Z.ltb_ge; lia).
    split; [do 3 f_equal; lia | intros [j [J _]]; lia].
  - replace (Z.of_nat k <? Z.of_nat (S top)) with true by (symmetry; apply Z.ltb_lt; lia).
    assert (P' := P); unfold Spec.in_zone in P'.
    replace (own p + Z.of_nat before) with (Z.of_nat p) by (unfold Serves.own; lia); rewrite block_of by (unfold order; lia).
    assert (E : Z.of_nat p / 2 ^ Z.of_nat k * 2 ^ Z.of_nat k = Z.of_nat (head k (p / 2 ^ k)))
      by (rewrite of_head, Nat2Z.inj_div, of_pow; reflexivity).
    assert (H : (head k (p / 2 ^ k) <= p)%nat)
      by (rewrite head_is; pose proof (Nat.mul_div_le p (2 ^ k) (pow_pos k)); lia).
    rewrite E; fold (own (head k (p / 2 ^ k))).
    assert (Q : exists b, Words.bind (if 0 <=? own (head k (p / 2 ^ k)) then
        Words.bind (GeneratedFace.OwnerTable_get_owners c (own (head k (p / 2 ^ k)))) (fun '(v0, z) => Done (v0 =? Z.of_nat k, z))
        else Done (false, c)) (fun r => Done r) = Done (b, c) /\ (b = true <-> In (k, head k (p / 2 ^ k)) out)).
    { destruct (Z.leb_spec 0 (own (head k (p / 2 ^ k)))) as [L | L]; unfold Serves.own in L.
      - assert (Z : in_zone (head k (p / 2 ^ k))) by (unfold Spec.in_zone; lia).
        rewrite (owner_read c _ (table _ _ _ _ T) Z); cbn [Words.bind]; eexists; split; [reflexivity |].
        rewrite Z.eqb_eq; apply (heads _ _ _ _ T); exact Z.
      - exists false; split; [reflexivity |]; split; [discriminate |]; intros I.
        apply (outstanding_inside _ _ _ _ _ _ T) in I; unfold Spec.in_zone in I; lia. }
    destruct Q as [b [Q W]].
    match type of Q with Words.bind ?e _ = _ => assert (Q' : e = Done (b, c)) by (revert Q; destruct e; cbn; congruence); rewrite Q' end.
    cbn [Words.bind]; destruct b.
    + left; split; [reflexivity |]; exists k; split; [lia |]; apply W; reflexivity.
    + replace (Z.of_nat k + 1) with (Z.of_nat (S k)) by lia.
      destruct (IHleft (S k) p c out given freed rounds ltac:(lia) ltac:(lia) T P) as [[A [j [J I]]] | [A N]]; [left | right];
        (split; [exact A |]).
      * exists j; split; [lia | exact I].
      * intros [j [J I]]; destruct (Nat.eq_dec j k) as [-> | D].
        -- apply W in I; discriminate.
        -- apply N; exists j; split; [lia | exact I].
Qed.

(* isInside answers whether a page is in an outstanding block of an order above 0. *)
Theorem inside_is : forall p c out given freed, tended c out given freed -> in_zone p ->
  exists b, GeneratedFace.isInside c (own p) = Done (b, c) /\
    (b = true <-> exists k page, (0 < k)%nat /\ In (k, page) out /\ In p (pages_of (k, page))).
Proof.
  intros p c out given freed T P; pose proof (small c out given freed T) as [_ [O [B [_ [_ R]]]]]; unfold GeneratedFace.isInside.
  rewrite O, B; change 1 with (Z.of_nat 1).
  destruct (accounted _ _ _ _ T) as [F [_ A]].
  assert (EQ : (exists j, (1 <= j <= top)%nat /\ In (j, head j (p / 2 ^ j)) out) <->
    exists k page, (0 < k)%nat /\ In (k, page) out /\ In p (pages_of (k, page))).
  { split.
    - intros [j [J I]]; exists j, (head j (p / 2 ^ j)); split; [lia |]; split; [exact I | apply in_block; reflexivity].
    - intros [k [page [K [I Q]]]]; destruct (aligned _ _ _ _ _ _ A _ I) as [T' [x X]]; cbn [fst snd] in T', X; subst page.
      apply in_block in Q; exists k; split; [lia | rewrite Q; exact I]. }
  destruct (looks top 1 p c out given freed (Words.most_rounds c) ltac:(lia) ltac:(lia) T P) as [[E I] | [E I]]; rewrite E; cbn [Words.bind].
  - exists true; split; [reflexivity | split; [intros _; apply EQ; exact I | reflexivity]].
  - exists false; split; [reflexivity | split; [discriminate | intros Q; destruct I; apply EQ; exact Q]].
Qed.

(* misuseOf finds nothing wrong exactly if the block is outstanding at this order; what it names is so. *)
Theorem misuse_of_is : forall c out given freed h k, tended c out given freed ->
  let page := h - Words.base c + Z.of_nat before in
  (exists j p, page = Z.of_nat p /\ k = Z.of_nat j /\ In (j, p) out /\ GeneratedFace.misuseOf c h k = Done (None, c)) \/
  ((forall j p, page = Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) /\
   exists misuse, GeneratedFace.misuseOf c h k = Done (Some misuse, c) /\ names before span top out freed page k misuse).
Proof.
  intros c out given freed h k T page; pose proof (small c out given freed T) as [PG [OR [OF [TO [B _]]]]]; unfold GeneratedFace.misuseOf.
  rewrite PG, OR, OF; replace (h - Words.base c) with (page - Z.of_nat before) by (unfold page; lia).
  assert (IN := fun j p => outstanding_inside c out given freed j p T); unfold Spec.in_zone in IN.
  destruct ((page - Z.of_nat before <? 0) || (Z.of_nat span <=? page - Z.of_nat before))%bool eqn:E1.
  { right; split; [| eexists; split; [reflexivity |]; left; split; [reflexivity |]].
    - intros j p E _ I; apply IN in I; apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1; lia.
    - unfold out_of_range; apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1; lia. }
  apply orb_false_iff in E1; rewrite Z.ltb_ge, Z.leb_gt in E1.
  assert (P : page = Z.of_nat (Z.to_nat page)) by (rewrite Z2Nat.id; lia).
  set (p := Z.to_nat page) in *; clearbody p; assert (S : in_zone p) by (unfold Spec.in_zone; lia).
  rewrite P; fold (own p); rewrite (owner_read c p (table _ _ _ _ T) S); cbn [Words.bind].
  destruct ((owner c p =? k) && (0 <=? k))%bool eqn:E2.
  { apply andb_true_iff in E2; rewrite Z.eqb_eq, Z.leb_le in E2; left; exists (Z.to_nat k), p; split; [reflexivity |].
    split; [rewrite Z2Nat.id; lia |]; split; [| reflexivity]; apply (heads _ _ _ _ T); [exact S | rewrite Z2Nat.id; lia]. }
  right; split.
  { intros j q Q K I; apply Nat2Z.inj in Q; subst q; apply (heads _ _ _ _ T) in I; [| exact S].
    apply andb_false_iff in E2; rewrite Z.eqb_neq, Z.leb_gt in E2; lia. }
  destruct (((k <? 0) || (Z.of_nat (Datatypes.S top) <=? k)) || (Z.of_nat span <? own p + 2 ^ k))%bool eqn:E3.
  { eexists; split; [reflexivity |]; left; split; [reflexivity |]; unfold out_of_range; unfold Serves.own in E3.
    rewrite !orb_true_iff, !Z.ltb_lt, Z.leb_le in E3; lia. }
  assert (IR : ~ out_of_range before span top (Z.of_nat p) k).
  { unfold out_of_range; unfold Serves.own in E3; rewrite !orb_false_iff, !Z.ltb_ge, Z.leb_gt in E3; lia. }
  assert (K : 0 <= k <= Z.of_nat top) by (rewrite !orb_false_iff, !Z.ltb_ge, Z.leb_gt in E3; lia); clear E3.
  destruct (Z.leb_spec 0 (owner c p)) as [E4 | E4].
  { eexists; split; [reflexivity |]; right; split; [exact IR |]; exists p; split; [reflexivity |].
    left; split; [reflexivity |]; exists (Z.to_nat (owner c p)); rewrite Z2Nat.id by exact E4; split.
    - apply (heads _ _ _ _ T); [exact S | rewrite Z2Nat.id by exact E4; reflexivity].
    - apply andb_false_iff in E2; rewrite Z.eqb_neq, Z.leb_gt in E2; lia. }
  assert (N : forall j, ~ In (j, p) out) by (intros j I; apply (heads _ _ _ _ T) in I; [lia | exact S]).
  unfold Spec.in_zone in S; replace (own p + Z.of_nat before) with (Z.of_nat p) by (unfold Serves.own; lia).
  rewrite below_block by (unfold order; lia).
  destruct (Z.eqb_spec (Z.of_nat p mod 2 ^ k) 0) as [E5 | E5]; cbn [negb].
  2:{ eexists; split; [reflexivity |]; right; split; [exact IR |]; exists p; split; [reflexivity |].
      right; split; [exact N |]; left; split; [reflexivity | exact E5]. }
  destruct (inside_is p c out given freed T S) as [b [E6 I]]; rewrite E6; cbn [Words.bind].
  assert (TK : In p (taken out) <-> b = true).
  { rewrite I; unfold taken; rewrite in_flat_map; split.
    - intros [[j q] [J Q]]; exists j, q; split; [| split; assumption].
      destruct j; [| lia]; unfold pages_of in Q; cbn in Q; destruct Q as [<- | []]; destruct (N 0%nat); exact J.
    - intros [j [q [_ [J Q]]]]; exists (j, q); split; assumption. }
  destruct b.
  { eexists; split; [reflexivity |]; right; split; [exact IR |]; exists p; split; [reflexivity |].
    right; split; [exact N |]; right; split; [exact E5 |]; left; split; [reflexivity | apply TK; reflexivity]. }
  assert (NT : ~ In p (taken out)) by (rewrite TK; discriminate).
  eexists; split; [reflexivity |]; right; split; [exact IR |]; exists p; split; [reflexivity |].
  right; split; [exact N |]; right; split; [exact E5 |]; right; split; [exact NT |].
  destruct (Z.eqb_spec (owner c p) (- 1)) as [E7 | E7]; [left | right].
  - split; [reflexivity |]; apply (was_freed _ _ _ _ T); assumption.
  - split; [reflexivity |]; intros I'; apply (was_freed _ _ _ _ T) in I'; [contradiction | exact S].
Qed.
End Owners.
