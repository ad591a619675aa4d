(* A request for a number of pages, as generated: it is answered as one for the smallest order that holds them. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Bits Spec Serves Runs Owners Face Talk.
From Buddy Require Words GeneratedFace.
Import ListNotations.
Import Words(Done, core, Outcome_exhausted, Outcome_rejected).
Open Scope Z_scope.

(* BLOCK-3: the order is the least whose blocks hold that many pages. *)
Theorem get_order_is : forall c n, 1 <= n <= 2 ^ 31 -> GeneratedFace.getOrder c n = Done (Z.log2_up n, c).
Proof.
  intros c n B; unfold GeneratedFace.getOrder, Words.js_clz32; do 2 f_equal.
  rewrite i32_fits by lia; destruct (Z.eqb_spec (n - 1) 0) as [E | E].
  - replace n with 1 by lia; reflexivity.
  - rewrite Z.mod_small by lia; rewrite (Z.log2_up_eqn n) by lia; rewrite <- Z.sub_1_r; lia.
Qed.

Theorem least_order : forall n, 1 <= n -> n <= 2 ^ Z.log2_up n /\ forall k, 0 <= k -> n <= 2 ^ k -> Z.log2_up n <= k.
Proof.
  intros n B; split.
  - destruct (Z.eq_dec n 1) as [-> | E]; [cbn; lia |]; apply Z.log2_up_spec; lia.
  - intros k K L; apply Z.log2_up_le_pow2; lia.
Qed.

Section Amounts.
Variables before span top : nat.
Variable core : core.
Variable fresh : Words.zone -> Prop.
Variable stands : pages -> Words.zone -> Prop.
Hypothesis served : serves before span top core fresh stands.
Variable hole : nat -> bool.
Variable origin : Z.
Notation tended := (tended before span top stands hole).
Notation permitted := (permitted before span top hole origin).

(* No block is larger than the zone. *)
Lemma none_larger : forall c out given freed k, tended c out given freed -> (span < 2 ^ k)%nat -> ~ exists x, fits_in top out given k x.
Proof.
  intros c out given freed k [[F [_ A]] _ _ _ _ _ _] L [x [_ H]]; pose proof (pow_pos k) as P.
  assert (I : forall p, In p (pages_of (k, head k x)) -> in_zone before span p).
  { intros p Q; apply (all_inside _ _ _ _ _ _ A), H, Q. }
  unfold in_zone, pages_of in I; cbn [fst snd] in I.
  pose proof (I (head k x) ltac:(apply in_seq; lia)); pose proof (I (head k x + 2 ^ k - 1)%nat ltac:(apply in_seq; lia)); lia.
Qed.

(* TAKE-5, BLOCK-3: any number of pages. *)
Theorem allocate_pages_answers : forall c out given freed n, tended c out given freed -> origin_of before c = origin ->
  (n < 1 /\ GeneratedFace.allocatePages core c n = Done (Outcome_rejected "no-such-order", c)) \/
  (1 <= n /\ exists answer c' out' given' freed', GeneratedFace.allocatePages core c n = Done (answer, c') /\
    permitted (out, given, freed) (Allocate (Z.log2_up n)) answer (out', given', freed') /\
    tended c' out' given' freed' /\ origin_of before c' = origin).
Proof.
  intros c out given freed n T B; pose proof (small _ _ _ _ _ _ served hole c out given freed T) as [PG [_ [_ [_ [Z31 _]]]]].
  unfold GeneratedFace.allocatePages, GeneratedFace.rejected; destruct (Z.ltb_spec n 1) as [L | L]; [left; split; [exact L | reflexivity] |].
  right; split; [exact L |]; rewrite PG; destruct (Z.ltb_spec (Z.of_nat span) n) as [G | G]; cbn [Words.bind].
  - exists Outcome_exhausted, c, out, given, freed; split; [reflexivity |]; split; [| split; assumption].
    constructor; [apply Z.log2_up_nonneg |]; apply (none_larger c out given freed _ T).
    apply Nat2Z.inj_lt; rewrite of_pow, Z2Nat.id by apply Z.log2_up_nonneg.
    pose proof (proj1 (least_order n L)); lia.
  - rewrite get_order_is by lia; cbn [Words.bind].
    destruct (answers_one _ _ _ _ _ _ served hole origin c out given freed (Allocate (Z.log2_up n)) T B)
      as [answer [c' [out' [given' [freed' [E [P [T' O]]]]]]]].
    cbn [carry] in E; rewrite E; cbn [Words.bind].
    exists answer, c', out', given', freed'; split; [reflexivity |]; split; [exact P |]; split; assumption.
Qed.
End Amounts.
