(* markUsed as generated complements one bit of the map, that of the pair, and answers what it was; no other bit changes. *)
From Coq Require Import Arith ZArith Bool Lia.
From Buddy Require Import Pages Zone Bits.
From Buddy Require Words Generated.
Import Words(array, word, write, Done, js_shl, js_xor).
Open Scope Z_scope.

(* Bit b of a map: 32 in each word, the lowest first. *)
Definition bit_of (map : array) (b : Z) : bool := Z.testbit (word map (b / 32)) (b mod 32).

(* Where the bit of a pair is: the map of its order begins at a bit that an array has. *)
Definition place (starts : array) (k p : nat) : Z := word starts (Z.of_nat k) + Z.of_nat p.

(* A pair of this order has a page that the zone spans. *)
Definition spanned (span k p : nat) : Prop := (p * 2 ^ S k < span)%nat.

(* The maps of all orders but the top one lie one after another in one array. *)
Record layout (span top : nat) (starts map : array) : Prop := {
  orders_only : Words.length starts = Z.of_nat (S top);
  few_orders : (top <= 30)%nat;
  from_zero : forall k, (k < top)%nat -> 0 <= word starts (Z.of_nat k);
  in_turn : forall j k p, (j < k < top)%nat -> spanned span j p -> place starts j p < word starts (Z.of_nat k);
  within_map : forall k p, (k < top)%nat -> spanned span k p -> place starts k p < 32 * Words.length map;
  short : 32 * Words.length map < 2 ^ 31 }.

(* A map that has these bits. *)
Record marks (span top : nat) (bits : nat -> nat -> bool) (starts map : array) : Prop := {
  laid_out : layout span top starts map;
  marked : forall k p, (k < top)%nat -> spanned span k p -> bit_of map (place starts k p) = bits k p }.

Section Map.
Variables span top : nat.

(* A zone that has a block has its pair. *)
Lemma pair_spanned : forall k x, (head k x < span)%nat -> spanned span k (x / 2).
Proof.
  intros k x; rewrite head_is; unfold spanned; rewrite Nat.pow_succ_r'; pose proof (Nat.mul_div_le x 2 ltac:(lia)); nia.
Qed.

(* Different pairs have different bits. *)
Lemma own_place : forall starts map j k p q, layout span top starts map -> (j < top)%nat -> (k < top)%nat ->
  spanned span j p -> spanned span k q -> place starts j p = place starts k q -> j = k /\ p = q.
Proof.
  intros starts map j k p q L J K P Q E; destruct (lt_eq_lt_dec j k) as [[H | ->] | H].
  - pose proof (in_turn _ _ _ _ L j k p ltac:(lia) P); unfold place in *; lia.
  - unfold place in E; lia.
  - pose proof (in_turn _ _ _ _ L k j q ltac:(lia) Q); unfold place in *; lia.
Qed.

(* Writing a word with one bit of it complemented complements that bit of the map alone. *)
Lemma bit_written : forall map b c, 0 <= b < 32 * Words.length map ->
  let w := word map (b / 32) in
  bit_of (write map (b / 32) (js_xor w (js_shl 1 (b mod 32)))) c = xorb (c =? b) (bit_of map c).
Proof.
  intros map b c B w; unfold bit_of, write.
  pose proof (Z.div_pos b 32 ltac:(lia) ltac:(lia)); pose proof (Z.div_lt_upper_bound b 32 (Words.length map) ltac:(lia) ltac:(lia)).
  rewrite within_is by lia; cbn [Words.word].
  pose proof (Z.mod_pos_bound b 32 ltac:(lia)); pose proof (Z.mod_pos_bound c 32 ltac:(lia)).
  pose proof (Z.div_mod b 32 ltac:(lia)); pose proof (Z.div_mod c 32 ltac:(lia)).
  destruct (Z.eqb_spec (c / 32) (b / 32)) as [E | D].
  - rewrite xor_mask by lia; rewrite E; fold w; f_equal.
    destruct (Z.eqb_spec c b) as [-> |]; [apply Z.eqb_refl | apply Z.eqb_neq; lia].
  - destruct (Z.eqb_spec c b) as [-> |]; [contradiction | destruct (Z.testbit _ _); reflexivity].
Qed.

(* markUsed ends, reports nothing, answers the bit of the pair as it was, and complements it alone. *)
Theorem mark_used_is : forall z k x, let map := Words.map z in let b := place (Words.firstBits z) k (x / 2) in
  layout span top (Words.firstBits z) map -> (k < top)%nat -> (head k x < span)%nat -> Z.of_nat span < 2 ^ 31 ->
  exists m, Generated.markUsed z (Z.of_nat (head k x)) (Z.of_nat k) = Done (bit_of map b, Words.with_map z m) /\
    Words.length m = Words.length map /\ forall c, bit_of m c = xorb (c =? b) (bit_of map c).
Proof.
  intros z k x map b L K X S; unfold Generated.markUsed; pose proof (few_orders _ _ _ _ L) as T.
  rewrite (read_is (Words.firstBits z)) by (rewrite (orders_only _ _ _ _ L); lia);
    cbn [Words.or_bug Words.bind]; rewrite pair_is by (unfold order; lia).
  change (word (Words.firstBits z) (Z.of_nat k) + Z.of_nat (x / 2)) with b; fold map.
  pose proof (from_zero _ _ _ _ L k K); pose proof (within_map _ _ _ _ L k _ K (pair_spanned k x X)) as W; fold b map in W.
  pose proof (short _ _ _ _ L) as H'; fold map in H'.
  assert (B : 0 <= b < 2 ^ 31) by (unfold b, place in *; lia).
  rewrite ushr_is, place_in_word by lia; change (2 ^ 5) with 32.
  pose proof (Z.div_pos b 32 ltac:(lia) ltac:(lia)); pose proof (Z.div_lt_upper_bound b 32 (Words.length map) ltac:(lia) ltac:(lia)).
  rewrite (read_is map) by lia; cbn [Words.or_bug Words.bind Words.map Words.with_map].
  rewrite and_mask, negb_involutive by (apply Z.mod_pos_bound; lia).
  eexists; split; [reflexivity |]; split.
  - unfold write; destruct (Words.within _ _); reflexivity.
  - intros c; apply bit_written; lia.
Qed.

(* The map afterwards is that of a zone in which the block's pair is toggled. *)
Theorem mark_used_marks : forall z (y : zone) k x, marks span top (bits y) (Words.firstBits z) (Words.map z) ->
  (k < top)%nat -> (head k x < span)%nat -> Z.of_nat span < 2 ^ 31 ->
  exists m, Generated.markUsed z (Z.of_nat (head k x)) (Z.of_nat k) = Done (bits y k (x / 2)%nat, Words.with_map z m) /\
    marks span top (toggled top y k x) (Words.firstBits z) m.
Proof.
  intros z y k x [L M] K X S; pose proof (pair_spanned k x X) as P.
  destruct (mark_used_is z k x L K X S) as [m [E [N B]]]; rewrite (M k _ K P) in E.
  exists m; split; [exact E |]; split.
  - destruct L; constructor; rewrite ?N; assumption.
  - intros j p J Q; rewrite B, (M j p J Q), (toggled_is top y k x j p J); f_equal.
    destruct (Nat.eqb_spec j k) as [-> | D]; cbn [andb].
    + destruct (Nat.eqb_spec p (x / 2)) as [-> | D]; [apply Z.eqb_refl |]; apply Z.eqb_neq; unfold place; lia.
    + apply Z.eqb_neq; intros E'; apply D; apply (own_place _ _ j k p _ L J K Q P E').
Qed.
End Map.
