(* Histories of the operations of a kernel, as generated, from a new zone on: hand-over of pages, grants, frees of what was granted, in any
   sequence. They never stop, never grant a page that is in use, lose none, and refuse only if nothing fits. *)
From Coq Require Import Arith ZArith Bool Lia List Permutation.
From Buddy Require Import Pages Zone History Bits Represents Keeps Spec Starts Serves.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, core, take, give).
Open Scope Z_scope.

Section Runs.
Variables before span top : nat.
Variable core : core.
Variable fresh : Words.zone -> Prop.
Variable stands : pages -> Words.zone -> Prop.
Hypothesis served : serves before span top core fresh stands.
Notation own := (own before).
Notation in_zone := (in_zone before span).

(* A run so far, from initZone on: the words that it led to, the blocks that were granted and not freed since, the pages that were handed over. *)
Inductive reached : Words.zone -> list block -> list nat -> Prop :=
| Started c holes c' : fresh c -> Generated.initZone c holes = Done (tt, c') -> reached c' [] []
| Handed c out given p c' : reached c out given -> in_zone p -> ~ In p given ->
    give core c (own p) 0 = Done (tt, c') -> reached c' out (p :: given)
| Granted c out given k p c' : reached c out given ->
    take core c (Z.of_nat k) = Done (own p, c') -> own p <> - 1 -> reached c' ((k, p) :: out) given
| Refused c out given k c' : reached c out given ->
    take core c (Z.of_nat k) = Done (- 1, c') -> reached c' out given
| Freed c prior k p after given c' : reached c (prior ++ (k, p) :: after) given ->
    give core c (own p) (Z.of_nat k) = Done (tt, c') -> reached c' (prior ++ after) given.

(* Free are the pages that were handed over and are in no outstanding block; outstanding blocks have no page in common. *)
Record accounts (F : pages) (out : list block) (given : list nat) : Prop := {
  free_is : forall p, F p = true <-> In p given /\ ~ In p (taken out);
  disjoint : NoDup (taken out);
  all_inside : forall p, In p given -> in_zone p;
  from_given : forall p, In p (taken out) -> In p given;
  once_given : NoDup given;
  aligned : forall b, In b out -> (fst b <= top)%nat /\ exists x, snd b = head (fst b) x;
  all_there : (count F (before + span) + length (taken out) = length given)%nat }.

(* A page is in a block if it leads to its index. *)
Lemma in_block : forall k x p, In p (pages_of (k, head k x)) <-> (p / 2 ^ k = x)%nat.
Proof.
  intros k x p; unfold pages_of; cbn [fst snd]; rewrite in_seq, head_is.
  rewrite <- Nat.eqb_eq; fold (inside k x p); rewrite inside_between, andb_true_iff, Nat.leb_le, Nat.ltb_lt; lia.
Qed.

(* Lists have no value twice together if none has, and they share none. *)
Lemma NoDup_app : forall (l m : list nat), NoDup (l ++ m) <-> NoDup l /\ NoDup m /\ forall p, In p l -> ~ In p m.
Proof.
  induction l as [| n l IH]; intros m; cbn [app].
  - split; [intros D; repeat split; [constructor | exact D | intros _ []] | tauto].
  - rewrite !NoDup_cons_iff, IH, in_app_iff; split.
    + intros [O [D [E A]]]; repeat split; try tauto; intros p [<- | I]; [tauto | exact (A p I)].
    + intros [[O D] [E A]]; repeat split; try tauto.
      * intros [Q | Q]; [exact (O Q) | exact (A n (or_introl eq_refl) Q)].
      * intros p I; exact (A p (or_intror I)).
Qed.

(* Where a block is among the outstanding ones does not matter. *)
Lemma taken_middle : forall prior b after, Permutation (taken (prior ++ b :: after)) (pages_of b ++ taken (prior ++ after)).
Proof.
  intros prior b after; unfold taken; rewrite !flat_map_app; cbn [flat_map].
  rewrite !app_assoc; apply Permutation_app_tail, Permutation_app_comm.
Qed.

(* A block has as many pages as its size says. *)
Lemma pages_length : forall b, length (pages_of b) = (2 ^ fst b)%nat.
Proof. intros b; apply seq_length. Qed.

(* A page that was never handed over may be: it ends well, and all accounts are right. *)
Lemma hand_over : forall F c out given p, stands F c -> accounts F out given -> in_zone p -> ~ In p given ->
  exists F' c', give core c (own p) 0 = Done (tt, c') /\ stands F' c' /\ accounts F' out (p :: given) /\ kept c c'.
Proof.
  intros F c out given p R A P O; unfold Spec.in_zone in P.
  assert (E : head 0 p = p) by (rewrite head_is; cbn; lia).
  assert (N : none F 0 p).
  { intros q Q; change (2 ^ 0)%nat with 1%nat in Q; rewrite Nat.div_1_r in Q; subst q.
    destruct (F p) eqn:T; [| reflexivity]; apply (free_is _ _ _ A) in T; tauto. }
  destruct (gives _ _ _ _ _ _ served F c 0%nat p R ltac:(lia) N ltac:(cbn; lia) ltac:(cbn; lia)) as [c' [G [R' W]]]; rewrite E in G.
  exists (add F 0 p), c'; split; [exact G |]; split; [exact R' |]; split; [| exact W].
  assert (I : forall q, inside 0 p q = (q =? p)%nat).
  { intros q; unfold inside; change (2 ^ 0)%nat with 1%nat; rewrite Nat.div_1_r; reflexivity. }
  destruct A as [FI D GI G' OG AL T]; constructor; try assumption.
  - intros q; unfold add; rewrite I, orb_true_iff, Nat.eqb_eq, FI; cbn [In].
    split; [intros [-> | Q]; [split; [left; reflexivity | intros Q; apply O, G'; exact Q] | tauto] | intuition congruence].
  - intros q [<- | Q]; [exact P | exact (GI q Q)].
  - intros q Q; right; apply G'; exact Q.
  - constructor; assumption.
  - cbn [length]; rewrite <- T, (count_add F 0 p (before + span) N) by (cbn; lia); cbn; lia.
Qed.

(* A block that is outstanding may be freed. *)
Lemma free : forall F c prior k p after given, stands F c -> accounts F (prior ++ (k, p) :: after) given ->
  exists F' c', give core c (own p) (Z.of_nat k) = Done (tt, c') /\ stands F' c' /\ accounts F' (prior ++ after) given /\ kept c c'.
Proof.
  intros F c prior k page after given R [FI D GI G OG AL T].
  destruct (AL (k, page) ltac:(apply in_elt)) as [K [x X]]; cbn [fst snd] in K, X; subst page.
  pose proof (taken_middle prior (k, head k x) after) as M; pose proof (Permutation_NoDup M D) as D'; apply NoDup_app in D'.
  destruct D' as [_ [D' O]].
  assert (IN : forall p, In p (taken (prior ++ (k, head k x) :: after)) <-> (p / 2 ^ k = x)%nat \/ In p (taken (prior ++ after))).
  { intros p; rewrite <- in_block, <- in_app_iff; split; apply Permutation_in; [exact M | apply Permutation_sym; exact M]. }
  assert (N : none F k x).
  { intros p P; destruct (F p) eqn:E; [| reflexivity]; apply FI in E; rewrite IN in E; tauto. }
  pose proof (pow_pos k) as Q.
  assert (B : ((x + 1) * 2 ^ k <= before + span)%nat).
  { assert (I : In ((x + 1) * 2 ^ k - 1)%nat given); [| apply GI in I; unfold Spec.in_zone in I; nia].
    apply G, IN; left; symmetry; apply Nat.div_unique with (2 ^ k - 1)%nat; nia. }
  assert (L : (before <= x * 2 ^ k)%nat).
  { assert (I : In (x * 2 ^ k)%nat given); [| apply GI in I; unfold Spec.in_zone in I; lia].
    apply G, IN; left; apply Nat.div_mul; exact Q. }
  destruct (gives _ _ _ _ _ _ served F c k x R K N L B) as [c' [E [R' W]]].
  exists (add F k x), c'; split; [exact E |]; split; [exact R' |]; split; [constructor; try assumption | exact W].
  - intros p; unfold add, inside; rewrite orb_true_iff, Nat.eqb_eq, FI, IN; split.
    + intros [P | P]; [| tauto]; split; [apply G, IN; left; exact P | apply O, in_block; exact P].
    + intros [P U]; destruct (Nat.eq_dec (p / 2 ^ k) x); tauto.
  - intros p P; apply G, IN; right; exact P.
  - intros b P; apply AL; apply in_app_iff in P; apply in_app_iff; cbn [In]; tauto.
  - rewrite <- T, (Permutation_length M), app_length, pages_length, (count_add F k x (before + span) N B); cbn [fst]; lia.
Qed.

(* A page that is free is of the zone; a block that is wholly free ends in it. *)
Lemma wholly_bounded : forall F c k x, stands F c -> whole F k x = true -> ((x + 1) * 2 ^ k <= before + span)%nat.
Proof.
  intros F c k x R W; apply (whole_bounded (before + span) F); [exact W |]; intros p P.
  destruct (F p) eqn:T; [| reflexivity]; apply (within _ _ _ _ _ _ served F c p R) in T; lia.
Qed.

(* A request is granted pages that were handed over and are in no outstanding block, or there is no block of its order. *)
Lemma allocate : forall F c out given k, stands F c -> accounts F out given ->
  (exists x F' c', take core c (Z.of_nat k) = Done (own (head k x), c') /\ in_zone (head k x) /\ fits_in top out given k x /\
    stands F' c' /\ accounts F' ((k, head k x) :: out) given /\ kept c c') \/
  (take core c (Z.of_nat k) = Done (- 1, c) /\ ~ exists x, fits_in top out given k x).
Proof.
  intros F c out given k R A; destruct (le_lt_dec k top) as [K | K];
    [| right; split; [exact (lacks _ _ _ _ _ _ served F c k R K) | intros [x [L _]]; lia]].
  destruct (takes _ _ _ _ _ _ served F c k R K) as [[g [c' [E [W [R' V]]]]] | [E H]].
  - left; assert (B := wholly_bounded F c k g R W); destruct A as [FI D GI G OG AL T].
    assert (P : forall p, In p (pages_of (k, head k g)) -> In p given /\ ~ In p (taken out)).
    { intros p I; apply FI, (proj1 (whole_pages F k g) W), in_block; exact I. }
    assert (Z : in_zone (head k g)).
    { apply GI, P; unfold pages_of; cbn [fst snd]; apply in_seq; pose proof (pow_pos k); lia. }
    exists g, (del F k g), c'; split; [exact E |]; split; [exact Z |]; split; [split; assumption |]; split; [exact R' |]; split; [| exact V].
    constructor; cbn [taken flat_map]; fold (taken out); try assumption.
    + intros p; unfold del, inside; rewrite in_app_iff, in_block, andb_true_iff, negb_true_iff, Nat.eqb_neq, FI; tauto.
    + apply NoDup_app; split; [apply seq_NoDup |]; split; [exact D |]; intros p I; apply P; exact I.
    + intros p I; apply in_app_iff in I; destruct I as [I | I]; [apply P; exact I | apply G; exact I].
    + intros b [<- | I]; [split; [exact K | exists g; reflexivity] | exact (AL b I)].
    + rewrite app_length, pages_length; cbn [fst]; pose proof (count_del F k g (before + span) W B); lia.
  - right; split; [exact E |]; intros [x [_ P]].
    assert (W : whole F k x = true).
    { apply whole_pages; intros p I; apply (free_is _ _ _ A), P, in_block; exact I. }
    rewrite H in W; discriminate.
Qed.

(* A page of the zone is not taken for none. *)
Lemma own_page_is : forall p, in_zone p -> own p <> - 1.
Proof. intros p P; unfold Spec.in_zone in P; unfold Serves.own; lia. Qed.

(* Pages that the zone counts alike are the same. *)
Lemma own_same : forall p q, own p = own q -> p = q.
Proof. intros p q; unfold Serves.own; lia. Qed.

(* Every run keeps all that must hold. *)
Theorem reached_stands : forall c out given, reached c out given -> exists F, stands F c /\ accounts F out given.
Proof.
  intros c out given H; induction H as
    [c holes c' S E | c out given p c' _ [F [R A]] P O E | c out given k page c' _ [F [R A]] E N | c out given k c' _ [F [R A]] E
    | c prior k page after given c' _ [F [R A]] E].
  - destruct (starts _ _ _ _ _ _ served c holes S) as [w [E' [R _]]]; rewrite E' in E; injection E as <-.
    exists nothing; split; [exact R |]; constructor; cbn; try (intros; contradiction); try constructor; try discriminate.
    + intros [[] _].
    + rewrite Nat.add_0_r; clear; induction (before + span)%nat as [| n I]; [reflexivity | cbn [count]; rewrite I; reflexivity].
  - destruct (hand_over F c out given p R A P O) as [F' [w [E' [R' [A' _]]]]]; rewrite E' in E; injection E as <-.
    exists F'; split; assumption.
  - destruct (allocate F c out given k R A) as [[x [F' [w [E' [_ [_ [R' [A' _]]]]]]]] | [E' _]]; rewrite E' in E; injection E.
    + intros <- Q; apply own_same in Q; subst page; exists F'; split; assumption.
    + congruence.
  - destruct (allocate F c out given k R A) as [[x [F' [w [E' [Z _]]]]] | [E' _]]; rewrite E' in E; injection E.
    + intros _ Q; destruct (own_page_is _ Z Q).
    + intros <-; exists F; split; assumption.
  - destruct (free F c prior k page after given R A) as [F' [w [E' [R' [A' _]]]]]; rewrite E' in E; injection E as <-.
    exists F'; split; assumption.
Qed.

(* Whatever came before: a hand-over of a page that was never handed over, a free of an outstanding block, and any request end and
   report nothing. *)
Theorem never_stops : forall c out given, reached c out given ->
  (forall p, in_zone p -> ~ In p given -> exists c', give core c (own p) 0 = Done (tt, c')) /\
  (forall k p, In (k, p) out -> exists c', give core c (own p) (Z.of_nat k) = Done (tt, c')) /\
  (forall k : nat, exists c', take core c (Z.of_nat k) = Done (- 1, c') \/
    exists p, in_zone p /\ take core c (Z.of_nat k) = Done (own p, c')).
Proof.
  intros c out given H; apply reached_stands in H; destruct H as [F [R A]]; split; [| split].
  - intros p P O; destruct (hand_over F c out given p R A P O) as [_ [c' [E _]]]; exists c'; exact E.
  - intros k p I; destruct (in_split _ _ I) as [prior [after ->]].
    destruct (free F c prior k p after given R A) as [_ [c' [E _]]]; exists c'; exact E.
  - intros k; destruct (allocate F c out given k R A) as [[x [_ [c' [E [Z _]]]]] | [E _]];
      [exists c'; right; exists (head k x); split; assumption | exists c; left; exact E].
Qed.

(* TAKE-4: what is granted was handed over, is in no outstanding block, and begins at a multiple of its size from the origin. *)
Theorem never_twice : forall c out given k p c', reached c out given ->
  take core c (Z.of_nat k) = Done (own p, c') -> own p <> - 1 ->
  (forall q, In q (pages_of (k, p)) -> In q given /\ ~ In q (taken out)) /\ Nat.divide (2 ^ k) p /\ (k <= top)%nat.
Proof.
  intros c out given k p c' H E N; apply reached_stands in H; destruct H as [F [R A]].
  destruct (allocate F c out given k R A) as [[x [_ [w [E' [_ [[K P] _]]]]]] | [E' _]]; rewrite E' in E; injection E; [| congruence].
  intros _ Q; apply own_same in Q; subst p; split; [exact P |]; split; [| exact K].
  exists x; apply head_is.
Qed.

(* No two blocks that are outstanding have a page in common. *)
Theorem outstanding_apart : forall c out given, reached c out given -> NoDup (taken out).
Proof. intros c out given H; apply reached_stands in H; destruct H as [F [_ A]]; exact (disjoint _ _ _ A). Qed.

(* COUNT-1: the count is of the pages that were handed over and are in no outstanding block; none is lost. *)
Theorem none_lost : forall c out given, reached c out given ->
  Words.word (Words.counters c) 0 + Z.of_nat (length (taken out)) = Z.of_nat (length given).
Proof.
  intros c out given H; apply reached_stands in H; destruct H as [F [R A]].
  rewrite (counter _ _ _ _ _ _ served F c R), <- Nat2Z.inj_add, (all_there _ _ _ A); reflexivity.
Qed.

(* TAKE-6: a request is refused exactly if no block of its order has only pages that were handed over and are not outstanding. *)
Theorem refused_iff : forall c out given k, reached c out given ->
  (exists c', take core c (Z.of_nat k) = Done (- 1, c')) <-> ~ exists x, fits_in top out given k x.
Proof.
  intros c out given k H; apply reached_stands in H; destruct H as [F [R A]].
  destruct (allocate F c out given k R A) as [[x [_ [w [E [Z [P _]]]]]] | [E N]]; split.
  - intros [c' E']; rewrite E' in E; injection E; intros _ Q; destruct (own_page_is _ Z (eq_sym Q)).
  - intros N; destruct N; exists x; exact P.
  - intros _; exact N.
  - intros _; exists c; exact E.
Qed.

(* A refusal changes no word. *)
Theorem refusal_changes_nothing : forall c out given k c', reached c out given ->
  take core c (Z.of_nat k) = Done (- 1, c') -> c' = c.
Proof.
  intros c out given k c' H E; apply reached_stands in H; destruct H as [F [R A]].
  destruct (allocate F c out given k R A) as [[x [_ [w [E' [Z _]]]]] | [E' _]]; rewrite E' in E; injection E; [| congruence].
  intros _ Q; destruct (own_page_is _ Z Q).
Qed.
End Runs.
