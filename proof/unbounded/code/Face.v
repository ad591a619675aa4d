(* The public face as generated, from a new zone on, given any commands with any numbers: it never stops; it does what is legal, rejects
   what is not by a name that is so, and changes nothing then. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Zone History Bits Map Represents Starts Frees Grants Runs Keeps Owners.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

Section Face.
Variables span top : nat.
Variable hole : nat -> bool.
Notation tended := (tended span top hole).

(* A block of which every page was handed over and is in no outstanding block. *)
Definition fits_in (out : list block) (given : list nat) (k x : nat) : Prop :=
  (k <= top)%nat /\ forall p, In p (pages_of (k, head k x)) -> In p given /\ ~ In p (taken out).

(* TAKE-5, TAKE-6, TAKE-4: a request of any order. *)
Theorem allocate_answers : forall c out given freed k, tended c out given freed ->
  (exists j x c', k = Z.of_nat j /\ fits_in out given j x /\
    Generated.allocate c k = Done (Outcome_granted (Words.base c + Z.of_nat (head j x)), c') /\ Words.base c' = Words.base c /\
    tended c' ((j, head j x) :: out) given (remove Nat.eq_dec (head j x) freed)) \/
  (Generated.allocate c k = Done (Outcome_exhausted, c) /\ 0 <= k /\ ~ exists x, fits_in out given (Z.to_nat k) x) \/
  (Generated.allocate c k = Done (Outcome_rejected "no-such-order", c) /\ k < 0).
Proof.
  intros c out given freed k T; pose proof (small span top hole c out given freed T) as [_ [OR [TO [B _]]]]; unfold Generated.allocate, Generated.rejected.
  destruct (Z.ltb_spec k 0) as [K | K]; [right; right; split; [reflexivity | exact K] |].
  rewrite OR; destruct (Z.leb_spec (Z.of_nat (S top)) k) as [K' | K'].
  { right; left; split; [reflexivity |]; split; [exact K |]; intros [x [L _]]; lia. }
  destruct T as [[F [z [R A]]] L Z0 HE LO U WF IH].
  assert (E : k = Z.of_nat (Z.to_nat k)) by (rewrite Z2Nat.id; lia); set (j := Z.to_nat k) in *; clearbody j; subst k.
  destruct (allocate span top F z c out given j R A) as [[x [F' [z' [c1 [G [T [P [R' A']]]]]]]] | [G N]]; rewrite G; cbn [Words.bind].
  2:{ right; left; split; [reflexivity |]; split; [exact K |]; exact N. }
  left; replace (Z.of_nat (head j x) =? - 1) with false by (symmetry; apply Z.eqb_neq; lia).
  pose proof (rmqueue_keeps c (Z.of_nat j) _ _ G) as [_ [_ [BA [OF OW]]]].
  unfold Generated.OwnerTable_grant_owners; cbn [Words.bind Words.base Words.with_owners]; rewrite BA.
  assert (PG := P _ (own_page j (head j x))); assert (X : (head j x < span)%nat) by (apply (inside_zone _ _ _ _ _ A), PG).
  assert (W : forall q, owner (Words.with_owners c1 (Words.write_byte (Words.owners c1) (Z.of_nat (head j x)) (Z.of_nat j))) q =
    if (q =? head j x)%nat then Z.of_nat j else owner c q).
  { intros q; rewrite (owner_written span) by (rewrite ?OW; assumption || lia); unfold owner; rewrite OW; reflexivity. }
  exists j, x; eexists; split; [reflexivity |]; split; [split; [exact T | exact P] |]; split; [reflexivity |]; split; [exact BA |].
  split.
  - exists F', z'; split; [apply represents_owners; exact R' | exact A'].
  - cbn; rewrite table_written, OW; exact L.
  - cbn; rewrite OF; exact Z0.
  - intros p i Q; rewrite W; cbn [In]; destruct (Nat.eqb_spec p (head j x)) as [-> | D].
    + split; [intros V; apply Nat2Z.inj in V; subst i; left; reflexivity |]; intros [V | V]; [congruence | exfalso].
      apply PG, (page_taken (i, head j x)); [exact V | apply own_page].
    + rewrite (HE p i Q); split; [intros V; right; exact V | intros [V | V]; [congruence | exact V]].
  - intros p Q; rewrite W; destruct (p =? head j x)%nat; [lia | exact (LO p Q)].
  - intros p Q; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D]; [| exact (U p Q)].
    split; [lia | intros V; destruct V; apply PG].
  - intros p Q; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D].
    + split; [lia | intros V; apply in_remove in V; tauto].
    + rewrite (WF p Q); split; [intros V; apply in_in_remove; assumption | intros V; apply in_remove in V; tauto].
  - intros p Q; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D]; [| exact (IH p Q)].
    split; [lia |]; intros V; apply (IH _ Q) in V; exfalso; apply (U _ Q); [lia | apply PG].
Qed.

(* GIVE-1, MISUSE-7: a free of any frame at any order. *)
Theorem free_answers : forall c out given freed h k, tended c out given freed ->
  (exists before j p after c', out = before ++ (j, p) :: after /\ h = Words.base c + Z.of_nat p /\ k = Z.of_nat j /\
    Generated.free c h k = Done (Outcome_done, c') /\ Words.base c' = Words.base c /\ tended c' (before ++ after) given (p :: freed)) \/
  ((forall j p, h = Words.base c + Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) /\
   exists misuse, Generated.free c h k = Done (Outcome_rejected misuse, c) /\
     names span top out given freed (h - Words.base c) k misuse).
Proof.
  intros c out given freed h k T; unfold Generated.free.
  destruct (misuse_of_is span top hole c out given freed h k T) as [[j [p [P [K [I M]]]]] | [N [misuse [M Q]]]]; rewrite M; cbn [Words.bind].
  2:{ right; split; [intros j p H K; apply N; [lia | exact K] |]; exists misuse; split; [reflexivity | exact Q]. }
  left; destruct (in_split _ _ I) as [before [after E]]; subst out k.
  destruct T as [[F [z [R A]]] L Z0 HE LO U WF IH]; rewrite P; unfold Generated.OwnerTable_free_owners; cbn [Words.bind].
  set (c1 := Words.with_owners c _).
  destruct (free span top F z c1 before j p after given) as [F' [z' [c2 [G [R' A']]]]]; [apply represents_owners; exact R | exact A |].
  rewrite G; cbn [Words.bind]; pose proof (free_pages_ok_keeps c1 (Z.of_nat p) (Z.of_nat j) _ _ G) as [_ [_ [BA [OF OW]]]].
  assert (X : In p given) by (apply (from_given _ _ _ _ _ A), (page_taken (j, p)); [exact I | apply own_page]).
  assert (S : (p < span)%nat) by exact (inside_zone _ _ _ _ _ A p X).
  assert (W : forall q, owner c2 q = if (q =? p)%nat then - 1 else owner c q).
  { intros q; unfold owner at 1; rewrite OW; exact (owner_written span c p (- 1) q L S ltac:(lia)). }
  exists before, j, p, after, c2; split; [reflexivity |]; split; [lia |]; split; [reflexivity |]; split; [reflexivity |].
  split; [exact BA |]; split.
  - exists F', z'; split; assumption.
  - rewrite OW; cbn; rewrite table_written; exact L.
  - rewrite OF; exact Z0.
  - intros q i Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D].
    + split; [lia |]; intros V; exfalso; pose proof (disjoint _ _ _ _ _ A) as DJ.
      apply (Permutation.Permutation_NoDup (taken_middle before (j, p) after)), NoDup_app in DJ; destruct DJ as [_ [_ DJ]].
      apply (DJ p (own_page j p)), (page_taken (i, p)); [exact V | apply own_page].
    + rewrite (HE q i Q), !in_app_iff; cbn [In]; split; [intros [V | [V | V]]; [tauto | congruence | tauto] | tauto].
  - intros q Q; rewrite W; destruct (q =? p)%nat; [lia | exact (LO q Q)].
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [split; [lia | contradiction] | exact (U q Q)].
  - intros q Q; rewrite W; cbn [In]; destruct (Nat.eqb_spec q p) as [-> | D]; [tauto | rewrite (WF q Q); intuition congruence].
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (IH q Q)].
    split; [lia |]; intros V; apply (IH _ Q) in V; exfalso; apply (U _ Q); [lia | exact X].
Qed.

(* HAND-1, HAND-2, HAND-3: a hand-over of any frame. *)
Theorem hand_over_answers : forall c out given freed f, tended c out given freed ->
  (exists p c', f = Words.base c + Z.of_nat p /\ (p < span)%nat /\ ~ In p given /\ hole p = false /\
    Generated.handOver c f = Done (Outcome_done, c') /\ Words.base c' = Words.base c /\ tended c' out (p :: given) freed) \/
  (Generated.handOver c f = Done (Outcome_rejected "handed-over-twice", c) /\
    exists p, f = Words.base c + Z.of_nat p /\ In p given) \/
  (Generated.handOver c f = Done (Outcome_rejected "no-such-frame", c) /\
    forall p, f = Words.base c + Z.of_nat p -> (p < span)%nat -> hole p = true).
Proof.
  intros c out given freed f T; pose proof (small span top hole c out given freed T) as [PG _]; unfold Generated.handOver, Generated.rejected; rewrite PG.
  destruct T as [[F [z [R A]]] L Z0 HE LO U WF IH]; set (page := f - Words.base c).
  destruct ((page <? 0) || (Z.of_nat span <=? page))%bool eqn:E1.
  { right; right; split; [reflexivity |]; intros p E P; apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1; lia. }
  apply orb_false_iff in E1; rewrite Z.ltb_ge, Z.leb_gt in E1.
  assert (P : page = Z.of_nat (Z.to_nat page)) by (rewrite Z2Nat.id; lia).
  set (p := Z.to_nat page) in *; clearbody p; assert (S : (p < span)%nat) by lia; assert (E : f = Words.base c + Z.of_nat p) by lia.
  rewrite P, (owner_read span c p L S); cbn [Words.bind].
  destruct (Z.eqb_spec (owner c p) (- 4)) as [E2 | E2].
  { right; right; split; [reflexivity |]; intros q Q _; replace q with p by lia; apply IH; assumption. }
  destruct (Z.eqb_spec (owner c p) (- 3)) as [E3 | E3]; cbn [negb].
  2:{ right; left; split; [reflexivity |]; exists p; split; [exact E |].
      destruct (in_dec Nat.eq_dec p given) as [I | I]; [exact I |]; apply (U p S) in I; pose proof (LO p S); lia. }
  left; unfold Generated.OwnerTable_handOver_owners; cbn [Words.bind]; set (c1 := Words.with_owners c _).
  assert (N : ~ In p given) by (apply (U p S); lia).
  destruct (hand_over span top F z c1 out given p) as [F' [z' [c2 [G [R' A']]]]]; try assumption; [apply represents_owners; exact R |].
  rewrite G; cbn [Words.bind]; pose proof (free_pages_ok_keeps c1 (Z.of_nat p) 0 _ _ G) as [_ [_ [BA [OF OW]]]].
  assert (W : forall q, owner c2 q = if (q =? p)%nat then - 2 else owner c q).
  { intros q; unfold owner at 1; rewrite OW; exact (owner_written span c p (- 2) q L S ltac:(lia)). }
  assert (H : hole p = false) by (destruct (hole p) eqn:Q; [apply (IH p S) in Q; contradiction | reflexivity]).
  exists p, c2; split; [exact E |]; split; [exact S |]; split; [exact N |]; split; [exact H |]; split; [reflexivity |]; split; [exact BA |].
  split.
  - exists F', z'; split; assumption.
  - rewrite OW; cbn; rewrite table_written; exact L.
  - rewrite OF; exact Z0.
  - intros q i Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (HE q i Q)].
    split; [lia |]; intros V; destruct N; apply (from_given _ _ _ _ _ A), (page_taken (i, p)); [exact V | apply own_page].
  - intros q Q; rewrite W; destruct (q =? p)%nat; [lia | exact (LO q Q)].
  - intros q Q; rewrite W; cbn [In]; destruct (Nat.eqb_spec q p) as [-> | D]; [intuition lia |].
    rewrite (U q Q); intuition congruence.
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (WF q Q)].
    split; [lia |]; intros V; apply (WF _ Q) in V; lia.
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (IH q Q)].
    rewrite H; split; [lia | discriminate].
Qed.
End Face.
