(* Histories of the generated code from a new zone on: hand-over of pages, grants, frees of what was granted, in any sequence. It never stops, never
   grants a page that is in use, loses none, and refuses only if nothing fits. *)
From Coq Require Import Arith ZArith Bool Lia List Permutation.
From Buddy Require Import Pages Zone Allocate History Bits Represents Starts Frees Grants.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done).
Open Scope Z_scope.

(* A block: its order and its first page. The pages of some blocks, one after another. *)
Notation block := (nat * nat)%type (only parsing).
Definition pages_of (b : block) : list nat := seq (snd b) (2 ^ fst b).
Definition taken (blocks : list block) : list nat := flat_map pages_of blocks.

Section Runs.
Variables span top : nat.
Notation represents := (represents span top).

(* A run so far, from initZone on: the words that it led to, the blocks that were granted and not freed since, the pages that were handed over. *)
Inductive reached : Words.zone -> list block -> list nat -> Prop :=
| Started c holes c' : sized span top c -> Generated.initZone c holes = Done (tt, c') -> reached c' [] []
| Handed c out given p c' : reached c out given -> (p < span)%nat -> ~ In p given ->
    Generated.freePagesOk c (Z.of_nat p) 0 = Done (tt, c') -> reached c' out (p :: given)
| Granted c out given k page c' : reached c out given ->
    Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat page, c') -> reached c' ((k, page) :: out) given
| Refused c out given k c' : reached c out given ->
    Generated.rmqueue c (Z.of_nat k) = Done (- 1, c') -> reached c' out given
| Freed c before k page after given c' : reached c (before ++ (k, page) :: after) given ->
    Generated.freePagesOk c (Z.of_nat page) (Z.of_nat k) = Done (tt, c') -> reached c' (before ++ after) given.

(* Free are the pages that were handed over and are in no outstanding block; outstanding blocks have no page in common. *)
Record accounts (F : pages) (out : list block) (given : list nat) : Prop := {
  free_is : forall p, F p = true <-> In p given /\ ~ In p (taken out);
  disjoint : NoDup (taken out);
  inside_zone : forall p, In p given -> (p < span)%nat;
  from_given : forall p, In p (taken out) -> In p given;
  once_given : NoDup given;
  aligned : forall b, In b out -> (fst b <= top)%nat /\ exists x, snd b = head (fst b) x;
  all_there : (count F span + length (taken out) = length given)%nat }.

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
Lemma taken_middle : forall before b after, Permutation (taken (before ++ b :: after)) (pages_of b ++ taken (before ++ after)).
Proof.
  intros before b after; unfold taken; rewrite !flat_map_app; cbn [flat_map].
  rewrite !app_assoc; apply Permutation_app_tail, Permutation_app_comm.
Qed.

(* A block has as many pages as its size says. *)
Lemma pages_length : forall b, length (pages_of b) = (2 ^ fst b)%nat.
Proof. intros b; apply seq_length. Qed.

(* A page that was never handed over may be: it ends well, and all accounts are right. *)
Lemma hand_over : forall F z c out given p, represents F z c -> accounts F out given -> (p < span)%nat -> ~ In p given ->
  exists F' z' c', Generated.freePagesOk c (Z.of_nat p) 0 = Done (tt, c') /\ represents F' z' c' /\ accounts F' out (p :: given).
Proof.
  intros F z c out given p R A P O.
  assert (E : head 0 p = p) by (rewrite head_is; cbn; lia).
  assert (N : none F 0 p).
  { intros q Q; change (2 ^ 0)%nat with 1%nat in Q; rewrite Nat.div_1_r in Q; subst q.
    destruct (F p) eqn:T; [| reflexivity]; apply (free_is _ _ _ A) in T; tauto. }
  destruct (free_pages_ok_gives span top F z c 0 p R ltac:(lia) N ltac:(cbn; lia)) as [z' [c' [G [_ R']]]]; rewrite E in G.
  exists (add F 0 p), z', c'; split; [exact G |]; split; [exact R' |].
  assert (I : forall q, inside 0 p q = (q =? p)%nat).
  { intros q; unfold inside; change (2 ^ 0)%nat with 1%nat; rewrite Nat.div_1_r; reflexivity. }
  destruct A as [FI D GI G' OG AL T]; constructor; try assumption.
  - intros q; unfold add; rewrite I, orb_true_iff, Nat.eqb_eq, FI; cbn [In].
    split; [intros [-> | Q]; [split; [left; reflexivity | intros Q; apply O, G'; exact Q] | tauto] | intuition congruence].
  - intros q [<- | Q]; [exact P | exact (GI q Q)].
  - intros q Q; right; apply G'; exact Q.
  - constructor; assumption.
  - cbn [length]; rewrite <- T, (count_add F 0 p span N) by (cbn; lia); cbn; lia.
Qed.

(* A block that is outstanding may be freed. *)
Lemma free : forall F z c before k page after given, represents F z c -> accounts F (before ++ (k, page) :: after) given ->
  exists F' z' c', Generated.freePagesOk c (Z.of_nat page) (Z.of_nat k) = Done (tt, c') /\ represents F' z' c' /\
    accounts F' (before ++ after) given.
Proof.
  intros F z c before k page after given R [FI D GI G OG AL T].
  destruct (AL (k, page) ltac:(apply in_elt)) as [K [x X]]; cbn [fst snd] in K, X; subst page.
  pose proof (taken_middle before (k, head k x) after) as M; pose proof (Permutation_NoDup M D) as D'; apply NoDup_app in D'.
  destruct D' as [_ [D' O]].
  assert (IN : forall p, In p (taken (before ++ (k, head k x) :: after)) <-> (p / 2 ^ k = x)%nat \/ In p (taken (before ++ after))).
  { intros p; rewrite <- in_block, <- in_app_iff; split; apply Permutation_in; [exact M | apply Permutation_sym; exact M]. }
  assert (N : none F k x).
  { intros p P; destruct (F p) eqn:E; [| reflexivity]; apply FI in E; rewrite IN in E; tauto. }
  assert (B : ((x + 1) * 2 ^ k <= span)%nat).
  { pose proof (pow_pos k); assert (I : In ((x + 1) * 2 ^ k - 1)%nat given); [| apply GI in I; nia].
    apply G, IN; left; symmetry; apply Nat.div_unique with (2 ^ k - 1)%nat; nia. }
  destruct (free_pages_ok_gives span top F z c k x R K N B) as [z' [c' [E [_ R']]]].
  exists (add F k x), z', c'; split; [exact E |]; split; [exact R' |]; constructor; try assumption.
  - intros p; unfold add, inside; rewrite orb_true_iff, Nat.eqb_eq, FI, IN; split.
    + intros [P | P]; [| tauto]; split; [apply G, IN; left; exact P | apply O, in_block; exact P].
    + intros [P Q]; destruct (Nat.eq_dec (p / 2 ^ k) x); tauto.
  - intros p P; apply G, IN; right; exact P.
  - intros b P; apply AL; apply in_app_iff in P; apply in_app_iff; cbn [In]; tauto.
  - rewrite <- T, (Permutation_length M), app_length, pages_length, (count_add F k x span N B); cbn [fst]; lia.
Qed.

(* A request is granted pages that were handed over and are in no outstanding block, or there is no block of its order. *)
Lemma allocate : forall F z c out given k, represents F z c -> accounts F out given ->
  (exists x F' z' c', Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat (head k x), c') /\ (k <= top)%nat /\
    (forall p, In p (pages_of (k, head k x)) -> In p given /\ ~ In p (taken out)) /\
    represents F' z' c' /\ accounts F' ((k, head k x) :: out) given) \/
  (Generated.rmqueue c (Z.of_nat k) = Done (- 1, c) /\
    ~ exists x, (k <= top)%nat /\ forall p, In p (pages_of (k, head k x)) -> In p given /\ ~ In p (taken out)).
Proof.
  intros F z c out given k R A; destruct (le_lt_dec k top) as [K | K];
    [| right; split; [exact (rmqueue_lacks span top F z c k R K) | intros [x [L _]]; lia]].
  pose proof (rmqueue_takes span top F z c k R K) as Q; pose proof (rmqueue_holds top k z F K (right _ _ _ _ _ R)) as H.
  destruct (Zone.rmqueue top k z) as [[g z'] |].
  - left; destruct Q as [c' [E R']]; destruct H as [W _].
    assert (B := whole_bounded span F k g W (bounded _ _ _ _ _ R)); destruct A as [FI D GI G OG AL T].
    assert (P : forall p, In p (pages_of (k, head k g)) -> In p given /\ ~ In p (taken out)).
    { intros p I; apply FI, (proj1 (whole_pages F k g) W), in_block; exact I. }
    exists g, (del F k g), z', c'; split; [exact E |]; split; [exact K |]; split; [exact P |]; split; [exact R' |].
    constructor; cbn [taken flat_map]; fold (taken out); try assumption.
    + intros p; unfold del, inside; rewrite in_app_iff, in_block, andb_true_iff, negb_true_iff, Nat.eqb_neq, FI; tauto.
    + apply NoDup_app; split; [apply seq_NoDup |]; split; [exact D |]; intros p I; apply P; exact I.
    + intros p I; apply in_app_iff in I; destruct I as [I | I]; [apply P; exact I | apply G; exact I].
    + intros b [<- | I]; [split; [exact K | exists g; reflexivity] | exact (AL b I)].
    + rewrite app_length, pages_length; cbn [fst]; pose proof (count_del F k g span W B); lia.
  - right; split; [exact Q |]; intros [x [_ P]].
    assert (W : whole F k x = true).
    { apply whole_pages; intros p I; apply (free_is _ _ _ A), P, in_block; exact I. }
    rewrite H in W; discriminate.
Qed.

(* Every run keeps all that must hold. *)
Theorem reached_represents : forall c out given, reached c out given -> exists F z, represents F z c /\ accounts F out given.
Proof.
  intros c out given H; induction H as
    [c holes c' S E | c out given p c' _ [F [z [R A]]] P O E | c out given k page c' _ [F [z [R A]]] E | c out given k c' _ [F [z [R A]]] E
    | c before k page after given c' _ [F [z [R A]]] E].
  - destruct (init_zone_starts span top c holes S) as [w [E' [R _]]]; rewrite E' in E; injection E as <-.
    exists nothing, made; split; [exact R |]; constructor; cbn; try (intros; contradiction); try constructor; try discriminate.
    + intros [[] _].
    + rewrite Nat.add_0_r; clear; induction span as [| n I]; [reflexivity | cbn [count]; rewrite I; reflexivity].
  - destruct (hand_over F z c out given p R A P O) as [F' [z' [w [E' [R' A']]]]]; rewrite E' in E; injection E as <-.
    exists F', z'; split; assumption.
  - destruct (allocate F z c out given k R A) as [[x [F' [z' [w [E' [_ [_ [R' A']]]]]]]] | [E' _]]; rewrite E' in E; injection E.
    + intros <- Q; apply Nat2Z.inj in Q; subst page; exists F', z'; split; assumption.
    + lia.
  - destruct (allocate F z c out given k R A) as [[x [F' [z' [w [E' _]]]]] | [E' _]]; rewrite E' in E; injection E.
    + lia.
    + intros <-; exists F, z; split; assumption.
  - destruct (free F z c before k page after given R A) as [F' [z' [w [E' [R' A']]]]]; rewrite E' in E; injection E as <-.
    exists F', z'; split; assumption.
Qed.

(* Whatever came before: a hand-over of a page that was never handed over, a free of an outstanding block, and any request end and
   report nothing. *)
Theorem never_stops : forall c out given, reached c out given ->
  (forall p, (p < span)%nat -> ~ In p given -> exists c', Generated.freePagesOk c (Z.of_nat p) 0 = Done (tt, c')) /\
  (forall k page, In (k, page) out -> exists c', Generated.freePagesOk c (Z.of_nat page) (Z.of_nat k) = Done (tt, c')) /\
  (forall k : nat, exists c', Generated.rmqueue c (Z.of_nat k) = Done (- 1, c') \/
    exists page, Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat page, c')).
Proof.
  intros c out given H; apply reached_represents in H; destruct H as [F [z [R A]]]; split; [| split].
  - intros p P O; destruct (hand_over F z c out given p R A P O) as [_ [_ [c' [E _]]]]; exists c'; exact E.
  - intros k page I; destruct (in_split _ _ I) as [before [after ->]].
    destruct (free F z c before k page after given R A) as [_ [_ [c' [E _]]]]; exists c'; exact E.
  - intros k; destruct (allocate F z c out given k R A) as [[x [_ [_ [c' [E _]]]]] | [E _]];
      [exists c'; right; exists (head k x); exact E | exists c; left; exact E].
Qed.

(* TAKE-4: what is granted was handed over, is in no outstanding block, and begins at a multiple of its size. *)
Theorem never_twice : forall c out given k page c', reached c out given ->
  Generated.rmqueue c (Z.of_nat k) = Done (Z.of_nat page, c') ->
  (forall p, In p (pages_of (k, page)) -> In p given /\ ~ In p (taken out)) /\ Nat.divide (2 ^ k) page /\ (k <= top)%nat.
Proof.
  intros c out given k page c' H E; apply reached_represents in H; destruct H as [F [z [R A]]].
  destruct (allocate F z c out given k R A) as [[x [_ [_ [w [E' [K [P _]]]]]]] | [E' _]]; rewrite E' in E; injection E; [| lia].
  intros _ Q; apply Nat2Z.inj in Q; subst page; split; [exact P |]; split; [| exact K].
  exists x; apply head_is.
Qed.

(* No two blocks that are outstanding have a page in common. *)
Theorem outstanding_apart : forall c out given, reached c out given -> NoDup (taken out).
Proof. intros c out given H; apply reached_represents in H; destruct H as [F [z [_ A]]]; exact (disjoint _ _ _ A). Qed.

(* COUNT-1: the count is of the pages that were handed over and are in no outstanding block; none is lost. *)
Theorem none_lost : forall c out given, reached c out given ->
  Words.word (Words.counters c) 0 + Z.of_nat (length (taken out)) = Z.of_nat (length given).
Proof.
  intros c out given H; apply reached_represents in H; destruct H as [F [z [R A]]].
  rewrite (proj2 (counted _ _ _ _ _ R)), <- Nat2Z.inj_add, (all_there _ _ _ A); reflexivity.
Qed.

(* TAKE-6: a request is refused exactly if no block of its order has only pages that were handed over and are not outstanding. *)
Theorem refused_iff : forall c out given k, reached c out given ->
  (exists c', Generated.rmqueue c (Z.of_nat k) = Done (- 1, c')) <->
  ~ exists x, (k <= top)%nat /\ forall p, In p (pages_of (k, head k x)) -> In p given /\ ~ In p (taken out).
Proof.
  intros c out given k H; apply reached_represents in H; destruct H as [F [z [R A]]].
  destruct (allocate F z c out given k R A) as [[x [_ [_ [w [E [K [P _]]]]]]] | [E N]]; split.
  - intros [c' E']; rewrite E' in E; injection E; lia.
  - intros N; destruct N; exists x; split; assumption.
  - intros _; exact N.
  - intros _; exists c; exact E.
Qed.

(* A refusal changes no word. *)
Theorem refusal_changes_nothing : forall c out given k c', reached c out given ->
  Generated.rmqueue c (Z.of_nat k) = Done (- 1, c') -> c' = c.
Proof.
  intros c out given k c' H E; apply reached_represents in H; destruct H as [F [z [R A]]].
  destruct (allocate F z c out given k R A) as [[x [_ [_ [w [E' _]]]]] | [E' _]]; rewrite E' in E; injection E; [lia | congruence].
Qed.
End Runs.
