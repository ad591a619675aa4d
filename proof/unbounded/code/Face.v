(* The public face as generated, over a core that serves, from a new zone on, given any commands with any numbers: it never stops; it
   does what is legal, rejects what is not by a name that is so, and changes nothing then. *)
From Coq Require Import Arith ZArith Bool Lia List String.
From Buddy Require Import Pages Bits Keeps Spec Serves Runs Owners.
From Buddy Require Words GeneratedFace.
Import ListNotations.
Import Words(Done, core, outcome, Outcome_granted, Outcome_exhausted, Outcome_done, Outcome_rejected).
Open Scope Z_scope.

Section Face.
Variables before span top : nat.
Variable core : core.
Variable fresh : Words.zone -> Prop.
Variable stands : pages -> Words.zone -> Prop.
Hypothesis served : serves before span top core fresh stands.
Variable hole : nat -> bool.
Notation own := (own before).
Notation in_zone := (in_zone before span).
Notation owner := (owner before).
Notation accounts := (accounts before span top).
Notation tended := (tended before span top stands hole).
Notation fits_in := (fits_in top).

(* The frame that blocks are counted from. *)
Definition origin_of (c : Words.zone) : Z := Words.base c - Z.of_nat before.

(* TAKE-5, TAKE-6, TAKE-4: a request of any order. *)
Theorem allocate_answers : forall c out given freed k, tended c out given freed ->
  (exists j x c', k = Z.of_nat j /\ fits_in out given j x /\
    GeneratedFace.allocate core c k = Done (Outcome_granted (origin_of c + Z.of_nat (head j x)), c') /\ Words.base c' = Words.base c /\
    tended c' ((j, head j x) :: out) given (remove Nat.eq_dec (head j x) freed)) \/
  (GeneratedFace.allocate core c k = Done (Outcome_exhausted, c) /\ 0 <= k /\ ~ exists x, fits_in out given (Z.to_nat k) x) \/
  (GeneratedFace.allocate core c k = Done (Outcome_rejected "no-such-order", c) /\ k < 0).
Proof.
  intros c out given freed k T; pose proof (small _ _ _ _ _ _ served hole c out given freed T) as [_ [OR [OF [TO [B _]]]]].
  unfold GeneratedFace.allocate, GeneratedFace.rejected.
  destruct (Z.ltb_spec k 0) as [K | K]; [right; right; split; [reflexivity | exact K] |].
  rewrite OR; destruct (Z.leb_spec (Z.of_nat (S top)) k) as [K' | K'].
  { right; left; split; [reflexivity |]; split; [exact K |]; intros [x [L _]]; lia. }
  assert (IN := fun j p => outstanding_inside before span top stands hole c out given freed j p T).
  destruct T as [[F [R A]] L HE LO U WF IH].
  assert (E : k = Z.of_nat (Z.to_nat k)) by (rewrite Z2Nat.id; lia); set (j := Z.to_nat k) in *; clearbody j; subst k.
  destruct (allocate _ _ _ _ _ _ served F c out given j R A) as [[x [F' [c1 [G [Q [P [R' [A' V]]]]]]]] | [G N]]; rewrite G; cbn [Words.bind].
  2:{ right; left; split; [reflexivity |]; split; [exact K |]; exact N. }
  left; replace (own (head j x) =? - 1) with false by (symmetry; apply Z.eqb_neq, (own_page_is before span), Q).
  destruct V as [_ [_ [BA [_ OW]]]].
  unfold GeneratedFace.OwnerTable_grant_owners; cbn [Words.bind Words.base Words.with_owners]; rewrite BA.
  assert (PG := proj2 P _ (own_page j (head j x))).
  assert (W : forall q, owner (Words.with_owners c1 (Words.write_byte (Words.owners c1) (own (head j x)) (Z.of_nat j))) q =
    if (q =? head j x)%nat then Z.of_nat j else owner c q).
  { intros q; rewrite (owner_written before span) by (rewrite ?OW; assumption || lia); unfold Owners.owner; rewrite OW; reflexivity. }
  exists j, x; eexists; split; [reflexivity |]; split; [exact P |]; split.
  { do 3 f_equal; unfold origin_of, Serves.own; lia. }
  split; [exact BA |]; split.
  - exists F'; split; [apply (table_apart _ _ _ _ _ _ served); exact R' | exact A'].
  - cbn; rewrite table_written, OW; exact L.
  - intros p i I; rewrite W; cbn [In]; destruct (Nat.eqb_spec p (head j x)) as [-> | D].
    + split; [intros V; apply Nat2Z.inj in V; subst i; left; reflexivity |]; intros [V | V]; [congruence | exfalso].
      apply PG, (page_taken (i, head j x)); [exact V | apply own_page].
    + rewrite (HE p i I); split; [intros V; right; exact V | intros [V | V]; [congruence | exact V]].
  - intros p I; rewrite W; destruct (p =? head j x)%nat; [lia | exact (LO p I)].
  - intros p I; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D]; [| exact (U p I)].
    split; [lia | intros V; destruct V; apply PG].
  - intros p I; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D].
    + split; [lia | intros V; apply in_remove in V; tauto].
    + rewrite (WF p I); split; [intros V; apply in_in_remove; assumption | intros V; apply in_remove in V; tauto].
  - intros p I; rewrite W; destruct (Nat.eqb_spec p (head j x)) as [-> | D]; [| exact (IH p I)].
    split; [lia |]; intros V; apply (IH _ I) in V; exfalso; apply (U _ I); [lia | apply PG].
Qed.

(* GIVE-1, MISUSE-7: a free of any frame at any order. *)
Theorem free_answers : forall c out given freed h k, tended c out given freed ->
  (exists prior j p after c', out = prior ++ (j, p) :: after /\ h = origin_of c + Z.of_nat p /\ k = Z.of_nat j /\
    GeneratedFace.free core c h k = Done (Outcome_done, c') /\ Words.base c' = Words.base c /\ tended c' (prior ++ after) given (p :: freed)) \/
  ((forall j p, h = origin_of c + Z.of_nat p -> k = Z.of_nat j -> ~ In (j, p) out) /\
   exists misuse, GeneratedFace.free core c h k = Done (Outcome_rejected misuse, c) /\
     names before span top out freed (h - origin_of c) k misuse).
Proof.
  intros c out given freed h k T; unfold GeneratedFace.free.
  assert (PO : h - origin_of c = h - Words.base c + Z.of_nat before) by (unfold origin_of; lia).
  destruct (misuse_of_is _ _ _ _ _ _ served hole c out given freed h k T) as [[j [p [P [K [I M]]]]] | [N [misuse [M Q]]]]; rewrite M; cbn [Words.bind].
  2:{ right; split; [intros j p H K; apply N; [lia | exact K] |]; exists misuse; split; [reflexivity | rewrite PO; exact Q]. }
  left; destruct (outstanding_inside before span top stands hole c out given freed j p T I) as [S _].
  destruct (in_split _ _ I) as [prior [after E]]; subst out k.
  destruct T as [[F [R A]] L HE LO U WF IH].
  replace (h - Words.base c) with (own p) by (unfold Serves.own; lia); unfold GeneratedFace.OwnerTable_free_owners; cbn [Words.bind].
  set (c1 := Words.with_owners c _).
  destruct (free _ _ _ _ _ _ served F c1 prior j p after given) as [F' [c2 [G [R' [A' V]]]]];
    [apply (table_apart _ _ _ _ _ _ served); exact R | exact A |].
  rewrite G; cbn [Words.bind]; destruct V as [_ [_ [BA [_ OW]]]].
  assert (W : forall q, owner c2 q = if (q =? p)%nat then - 1 else owner c q).
  { intros q; unfold Owners.owner at 1; rewrite OW; exact (owner_written before span c p (- 1) q L S ltac:(lia)). }
  assert (X : In p given) by (apply (from_given _ _ _ _ _ _ A), (page_taken (j, p)); [exact I | apply own_page]).
  exists prior, j, p, after, c2; split; [reflexivity |]; split; [unfold origin_of; lia |]; split; [reflexivity |]; split; [reflexivity |].
  split; [exact BA |]; split.
  - exists F'; split; assumption.
  - rewrite OW; cbn; rewrite table_written; exact L.
  - intros q i Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D].
    + split; [lia |]; intros V; exfalso; pose proof (disjoint _ _ _ _ _ _ A) as DJ.
      apply (Permutation.Permutation_NoDup (taken_middle prior (j, p) after)), NoDup_app in DJ; destruct DJ as [_ [_ DJ]].
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
  (exists p c', f = origin_of c + Z.of_nat p /\ in_zone p /\ ~ In p given /\ hole p = false /\
    GeneratedFace.handOver core c f = Done (Outcome_done, c') /\ Words.base c' = Words.base c /\ tended c' out (p :: given) freed) \/
  (GeneratedFace.handOver core c f = Done (Outcome_rejected "handed-over-twice", c) /\
    exists p, f = origin_of c + Z.of_nat p /\ in_zone p /\ In p given /\ hole p = false) \/
  (GeneratedFace.handOver core c f = Done (Outcome_rejected "no-such-frame", c) /\
    forall p, f = origin_of c + Z.of_nat p -> in_zone p -> hole p = true).
Proof.
  intros c out given freed f T; pose proof (small _ _ _ _ _ _ served hole c out given freed T) as [PG _].
  unfold GeneratedFace.handOver, GeneratedFace.rejected; rewrite PG.
  destruct T as [[F [R A]] L HE LO U WF IH]; set (page := f - Words.base c).
  destruct ((page <? 0) || (Z.of_nat span <=? page))%bool eqn:E1.
  { right; right; split; [reflexivity |]; intros p E P; apply orb_true_iff in E1; rewrite Z.ltb_lt, Z.leb_le in E1.
    unfold Spec.in_zone in P; unfold origin_of in E; lia. }
  apply orb_false_iff in E1; rewrite Z.ltb_ge, Z.leb_gt in E1.
  assert (P : page = own (Z.to_nat (page + Z.of_nat before))) by (unfold Serves.own; rewrite Z2Nat.id; lia).
  set (p := Z.to_nat (page + Z.of_nat before)) in *; clearbody p.
  assert (S : in_zone p) by (unfold Serves.own in P; unfold Spec.in_zone; lia).
  assert (E : f = origin_of c + Z.of_nat p) by (unfold Serves.own in P; unfold origin_of; lia).
  rewrite P, (owner_read before span c p L S); cbn [Words.bind].
  destruct (Z.eqb_spec (owner c p) (- 4)) as [E2 | E2].
  { right; right; split; [reflexivity |]; intros q Q _; replace q with p by lia; apply IH; assumption. }
  assert (H : hole p = false) by (destruct (hole p) eqn:Q; [apply (IH p S) in Q; contradiction | reflexivity]).
  destruct (Z.eqb_spec (owner c p) (- 3)) as [E3 | E3]; cbn [negb].
  2:{ right; left; split; [reflexivity |]; exists p; split; [exact E |]; split; [exact S |]; split; [| exact H].
      destruct (in_dec Nat.eq_dec p given) as [I | I]; [exact I |]; apply (U p S) in I; pose proof (LO p S); lia. }
  left; unfold GeneratedFace.OwnerTable_handOver_owners; cbn [Words.bind]; set (c1 := Words.with_owners c _).
  assert (N : ~ In p given) by (apply (U p S); lia).
  destruct (hand_over _ _ _ _ _ _ served F c1 out given p) as [F' [c2 [G [R' [A' V]]]]]; try assumption;
    [apply (table_apart _ _ _ _ _ _ served); exact R |].
  rewrite G; cbn [Words.bind]; destruct V as [_ [_ [BA [_ OW]]]].
  assert (W : forall q, owner c2 q = if (q =? p)%nat then - 2 else owner c q).
  { intros q; unfold Owners.owner at 1; rewrite OW; exact (owner_written before span c p (- 2) q L S ltac:(lia)). }
  exists p, c2; split; [exact E |]; split; [exact S |]; split; [exact N |]; split; [exact H |]; split; [reflexivity |]; split; [exact BA |].
  split.
  - exists F'; split; assumption.
  - rewrite OW; cbn; rewrite table_written; exact L.
  - intros q i Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (HE q i Q)].
    split; [lia |]; intros V; destruct N; apply (from_given _ _ _ _ _ _ A), (page_taken (i, p)); [exact V | apply own_page].
  - intros q Q; rewrite W; destruct (q =? p)%nat; [lia | exact (LO q Q)].
  - intros q Q; rewrite W; cbn [In]; destruct (Nat.eqb_spec q p) as [-> | D]; [intuition lia |].
    rewrite (U q Q); intuition congruence.
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (WF q Q)].
    split; [lia |]; intros V; apply (WF _ Q) in V; lia.
  - intros q Q; rewrite W; destruct (Nat.eqb_spec q p) as [-> | D]; [| exact (IH q Q)].
    rewrite H; split; [lia | discriminate].
Qed.
End Face.
