(* What Spec.v computes is what it permits; so what is seen of the computed one, along commands, is seen of the other. *)
From Coq Require Import Arith ZArith Bool Lia List Permutation String.
From Buddy Require Import Pages Bits Spec.
From Buddy Require Words.
Import ListNotations.
Import Words(outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

Section Permits.
Variables before span top : nat.
Variable hole : nat -> bool.
Variable origin : Z.
Notation in_zone := (in_zone before span).
Notation inside_zone := (inside_zone before span).
Notation fits_in := (fits_in top).
Notation fits := (fits top).
Notation out_of_range := (out_of_range before span top).
Notation is_out_of_range := (is_out_of_range before span top).
Notation names := (names before span top).
Notation name_of := (name_of before span top).
Notation permitted := (permitted before span top hole origin).
Notation permits := (permits before span top hole origin).

(* Whether a list has a page. *)
Lemma mem_is : forall p l, mem p l = true <-> In p l.
Proof.
  intros p l; unfold mem; rewrite existsb_exists; split; [intros [q [I E]]; apply Nat.eqb_eq in E; subst q; exact I |].
  intros I; exists p; rewrite Nat.eqb_refl; tauto.
Qed.

(* Whether two blocks are the same. *)
Lemma is_block_is : forall b c, is_block b c = true <-> b = c.
Proof.
  intros [k p] [j q]; unfold is_block; cbn [fst snd]; rewrite andb_true_iff, !Nat.eqb_eq; split; [intros [-> ->]; reflexivity |].
  intros E; injection E as -> ->; tauto.
Qed.

(* Whether a list has a block. *)
Lemma has_is : forall b out, has b out = true <-> In b out.
Proof.
  intros b out; unfold has; rewrite existsb_exists; split; [intros [c [I E]]; apply is_block_is in E; subst c; exact I |].
  intros I; exists b; rewrite is_block_is; tauto.
Qed.

(* A block is taken out of a list where it is first. *)
Lemma without_is : forall b out, In b out -> exists prior after, out = prior ++ b :: after /\ without b out = prior ++ after.
Proof.
  intros b; induction out as [| c out IH]; intros I; [destruct I |]; cbn [without].
  destruct (is_block b c) eqn:E.
  - apply is_block_is in E; subst c; exists [], out; split; reflexivity.
  - destruct I as [-> | I]; [rewrite (proj2 (is_block_is b b) eq_refl) in E; discriminate |].
    destruct (IH I) as [prior [after [-> W]]]; exists (c :: prior), after; rewrite W; split; reflexivity.
Qed.

(* A multiple of the size is the first page of a block. *)
Lemma head_of : forall k p, (p mod 2 ^ k = 0)%nat <-> exists x, p = head k x.
Proof.
  intros k p; rewrite Nat.mod_divide by apply pow_pos; split; intros [x E]; exists x; rewrite head_is in *; exact E.
Qed.

(* Whether a block fits, by its first page. *)
Lemma fits_is : forall out given k p, fits out given k p = true <-> exists x, p = head k x /\ fits_in out given k x.
Proof.
  intros out given k p; unfold fits, fits_in.
  rewrite !andb_true_iff, forallb_forall, Nat.leb_le, Nat.eqb_eq, head_of; split.
  - intros [[K [x ->]] A]; exists x; split; [reflexivity |]; split; [exact K |]; intros q I.
    specialize (A q I); rewrite andb_true_iff, negb_true_iff, mem_is in A; split; [apply A |].
    rewrite <- mem_is; destruct A as [_ ->]; discriminate.
  - intros [x [-> [K A]]]; split; [split; [exact K | exists x; reflexivity] |]; intros q I; destruct (A q I) as [G T].
    rewrite andb_true_iff, negb_true_iff, mem_is; split; [exact G |].
    destruct (mem q (taken out)) eqn:E; [apply mem_is in E; contradiction | reflexivity].
Qed.

(* Whether any block fits is asked of the pages that were handed over alone. *)
Lemma some_fits : forall out given k, existsb (fits out given k) given = true <-> exists x, fits_in out given k x.
Proof.
  intros out given k; rewrite existsb_exists; split.
  - intros [p [_ F]]; apply fits_is in F; destruct F as [x [_ F]]; exists x; exact F.
  - intros [x F]; exists (head k x); split; [| apply fits_is; exists x; tauto].
    apply F; unfold pages_of; cbn [fst snd]; apply in_seq; pose proof (pow_pos k); lia.
Qed.

(* Whether a block is out of range. *)
Lemma is_out_of_range_is : forall page k, is_out_of_range page k = true <-> out_of_range page k.
Proof.
  intros page k; unfold is_out_of_range, out_of_range; rewrite !orb_true_iff, !Z.ltb_lt, Z.leb_le; tauto.
Qed.

(* Whether a page is of the zone. *)
Lemma inside_zone_is : forall p, inside_zone p = true <-> in_zone p.
Proof. intros p; unfold inside_zone, in_zone; rewrite andb_true_iff, Nat.leb_le, Nat.ltb_lt; tauto. Qed.

(* What is not true is false. *)
Lemma not_true : forall b : bool, b = false <-> ~ b = true.
Proof. intros []; split; congruence. Qed.

(* Whether a page heads a block. *)
Lemma heads_some : forall p out, existsb (fun b : block => (snd b =? p)%nat) out = true <-> exists j, In (j, p) out.
Proof.
  intros p out; rewrite existsb_exists; split.
  - intros [[j q] [I E]]; cbn [snd] in E; apply Nat.eqb_eq in E; subst q; exists j; exact I.
  - intros [j I]; exists (j, p); cbn [snd]; rewrite Nat.eqb_refl; tauto.
Qed.

(* A free that is not legal has one name. *)
Lemma name_of_is : forall out freed page k misuse,
  (forall j p, page = Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) -> names out freed page k misuse <-> misuse = name_of out freed page k.
Proof.
  intros out freed page k misuse N; unfold names, name_of.
  destruct (is_out_of_range page k) eqn:R.
  { apply is_out_of_range_is in R; split; [intros [[E _] | [N' _]]; [exact E | contradiction] | intros E; left; split; assumption]. }
  rewrite not_true, is_out_of_range_is in R.
  assert (P : page = Z.of_nat (Z.to_nat page)) by (rewrite Z2Nat.id; [reflexivity | unfold out_of_range in R; lia]).
  set (p := Z.to_nat page) in *; clearbody p.
  assert (U : forall Q : nat -> Prop, (exists q, page = Z.of_nat q /\ Q q) <-> Q p).
  { intros Q; split; [intros [q [E H]]; replace p with q by lia; exact H | intros H; exists p; split; [exact P | exact H]]. }
  rewrite U; clear U.
  destruct (existsb _ out) eqn:W.
  { apply heads_some in W; destruct W as [j I]; split.
    - intros [[_ F] | [_ [[E _] | [A _]]]]; [contradiction | exact E | destruct (A j I)].
    - intros E; right; split; [exact R |]; left; split; [exact E |]; exists j; split; [exact I |]; intros K.
      exact (N j p P (eq_sym K) I). }
  rewrite not_true, heads_some in W; assert (O : forall j, ~ In (j, p) out) by (intros j I; apply W; exists j; exact I).
  destruct (Z.eqb_spec (page mod 2 ^ k) 0) as [A | A]; cbn [negb];
    [destruct (mem p (taken out)) eqn:T; [| destruct (mem p freed) eqn:F] |];
    rewrite ?not_true, ?mem_is in *; (split;
    [ intros [[_ V] | [_ [[_ [j [I _]]] | [_ V]]]]; [contradiction | destruct (O j I) | intuition contradiction]
    | intros E; right; split; [exact R |]; right; split; [exact O |]; intuition ]).
Qed.

(* A number that is the origin and some pages. *)
Lemma after_origin : forall f, (0 <=? f - origin) = true -> f = origin + Z.of_nat (Z.to_nat (f - origin)).
Proof. intros f E; apply Z.leb_le in E; rewrite Z2Nat.id; lia. Qed.

(* How many pages a frame is after the origin. *)
Lemma pages_after : forall p, Z.to_nat (origin + Z.of_nat p - origin) = p.
Proof. intros p; replace (origin + Z.of_nat p - origin) with (Z.of_nat p) by lia; apply Nat2Z.id. Qed.

(* Whether a free is legal. *)
Lemma legal_is : forall out h k, let b := (Z.to_nat k, Z.to_nat (h - origin)) in
  (0 <=? k) && (0 <=? h - origin) && has b out = true <-> exists j p, h = origin + Z.of_nat p /\ k = Z.of_nat j /\ In (j, p) out.
Proof.
  intros out h k b; rewrite !andb_true_iff, !Z.leb_le, has_is; unfold b; split.
  - intros [[K H] I]; exists (Z.to_nat k), (Z.to_nat (h - origin)); rewrite !Z2Nat.id by assumption; split; [lia | tauto].
  - intros [j [p [-> [-> I]]]]; rewrite pages_after, Nat2Z.id; split; [lia | exact I].
Qed.

(* Whether there is a frame. *)
Lemma there_is : forall f, let p := Z.to_nat (f - origin) in
  (0 <=? f - origin) && inside_zone p && negb (hole p) = true <-> exists q, f = origin + Z.of_nat q /\ in_zone q /\ hole q = false.
Proof.
  intros f p; rewrite !andb_true_iff, inside_zone_is, negb_true_iff; unfold p; split.
  - intros [[L I] H]; exists (Z.to_nat (f - origin)); split; [apply after_origin; exact L | tauto].
  - intros [q [-> [I H]]]; rewrite pages_after, Z.leb_le; split; [split; [lia | exact I] | exact H].
Qed.

(* What is computed is permitted. *)
Theorem permits_sound : forall s one answer t, permits s one answer = Some t -> permitted s one answer t.
Proof.
  intros [[out given] freed] one answer t; destruct one as [k | h k | f]; destruct answer as [g | | | misuse]; cbn [permits]; try discriminate.
  - destruct (_ && _) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    rewrite !andb_true_iff in E; destruct E as [[K L] F]; apply fits_is in F; destruct F as [x [X F]].
    rewrite (after_origin g L), pages_after, X; apply Z.leb_le in K; rewrite <- (Z2Nat.id k K) at 1; constructor; exact F.
  - destruct (_ && _) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    rewrite andb_true_iff, negb_true_iff, not_true, some_fits, Z.leb_le in E; constructor; tauto.
  - destruct (_ && _) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    rewrite andb_true_iff, Z.ltb_lt, String.eqb_eq in E; destruct E as [K ->]; constructor; exact K.
  - destruct (_ && has _ _) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    pose proof E as E'; rewrite !andb_true_iff, !Z.leb_le in E'; destruct E' as [[K _] _].
    apply legal_is in E; destruct E as [j [p [-> [-> I]]]]; rewrite pages_after, Nat2Z.id in *.
    destruct (without_is (j, p) out I) as [prior [after [-> W]]]; rewrite W; constructor.
  - destruct (negb _ && _) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    rewrite andb_true_iff, negb_true_iff, not_true, legal_is, String.eqb_eq in E; destruct E as [N E].
    assert (N' : forall j p, h = origin + Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) by (intros j p H K I; apply N; exists j, p; tauto).
    constructor; [exact N' |]; apply name_of_is; [intros j p P K; apply N'; [lia | exact K] | exact E].
  - destruct (_ && negb (mem _ _)) eqn:E; [| discriminate]; intros Q; injection Q as <-.
    rewrite andb_true_iff, negb_true_iff, not_true, mem_is, there_is in E; destruct E as [[q [-> [I H]]] G].
    rewrite pages_after in *; constructor; assumption.
  - match goal with |- context [if ?e then "handed-over-twice"%string else _] => destruct e eqn:E end; cbn [negb orb].
    + match goal with |- context [if ?m then _ else _] => destruct m eqn:M end; [| discriminate]; intros Q; injection Q as <-.
      rewrite andb_true_iff, String.eqb_eq in M; destruct M as [-> M].
      apply there_is in E; destruct E as [q [-> [I H]]]; rewrite pages_after, mem_is in M; constructor; assumption.
    + match goal with |- context [if ?m then _ else _] => destruct m eqn:M end; [| discriminate]; intros Q; injection Q as <-.
      rewrite andb_true_iff, String.eqb_eq in M; destruct M as [-> _].
      rewrite not_true, there_is in E; constructor; intros p P I; destruct (hole p) eqn:H; [reflexivity |].
      destruct E; exists p; tauto.
Qed.

(* What is permitted is computed, but for the sequence of the outstanding blocks. *)
Theorem permits_complete : forall s one answer out given freed, permitted s one answer (out, given, freed) ->
  exists same, permits s one answer = Some (same, given, freed) /\ Permutation same out.
Proof.
  intros s one answer out given freed H; remember (out, given, freed) as t eqn:T; revert T.
  destruct H as [o g f j x F | o g f k K N | [[o g] f] k K | prior j p after g f | o g f h k misuse N M | o g f p I N H
    | o g f p I G H | [[o g] f] n N]; intros T; injection T as <- <- <-; cbn [permits].
  - rewrite pages_after, Nat2Z.id; replace (_ && _) with true.
    + eexists; split; [reflexivity | apply Permutation_refl].
    + symmetry; rewrite !andb_true_iff, !Z.leb_le, fits_is; split; [lia | exists x; split; [reflexivity | exact F]].
  - replace (_ && _) with true; [eexists; split; [reflexivity | apply Permutation_refl] |].
    symmetry; rewrite andb_true_iff, negb_true_iff, not_true, some_fits, Z.leb_le; tauto.
  - replace (_ && _) with true; [eexists; split; [reflexivity | apply Permutation_refl] |].
    symmetry; rewrite andb_true_iff, Z.ltb_lt; tauto.
  - replace (_ && has _ _) with true.
    2:{ symmetry; apply legal_is; exists j, p; split; [reflexivity |]; split; [reflexivity | apply in_elt]. }
    rewrite pages_after, Nat2Z.id; cbn [snd]; eexists; split; [reflexivity |].
    destruct (without_is (j, p) (prior ++ (j, p) :: after) ltac:(apply in_elt)) as [a [b [E W]]]; rewrite W.
    apply Permutation_app_inv with (a := (j, p)); rewrite <- E; apply Permutation_refl.
  - replace (negb _ && _) with true; [eexists; split; [reflexivity | apply Permutation_refl] |].
    symmetry; rewrite andb_true_iff, negb_true_iff, not_true, legal_is, String.eqb_eq; split.
    + intros [j [p [P [K O]]]]; exact (N j p P K O).
    + apply name_of_is; [intros j p P K; apply N; [lia | exact K] | exact M].
  - replace (_ && negb (mem _ _)) with true; [rewrite pages_after; eexists; split; [reflexivity | apply Permutation_refl] |].
    symmetry; rewrite andb_true_iff, negb_true_iff, not_true, mem_is, there_is, pages_after; split; [exists p; tauto | exact N].
  - assert (E := proj2 (there_is (origin + Z.of_nat p)) (ex_intro _ p (conj eq_refl (conj I H)))); cbv zeta in E; rewrite E.
    rewrite pages_after, (proj2 (mem_is p g) G); eexists; split; [reflexivity | apply Permutation_refl].
  - match goal with |- context [if ?e then "handed-over-twice"%string else _] => destruct e eqn:E end.
    + apply there_is in E; destruct E as [q [Q [I H]]]; rewrite (N q Q I) in H; discriminate.
    + eexists; split; [reflexivity | apply Permutation_refl].
Qed.
End Permits.
