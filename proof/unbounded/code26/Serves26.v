(* The operations of 2.6, as generated, serve the public face; so all that is proved of it over any operations that do is so of 2.6. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone History Bits Rings Represents Starts Keeps Spec Serves Owners Face Talk Lower Marked Frees26 Grants26.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, word).
Open Scope Z_scope.

(* What the operations of 2.6 leave as it is, one by one. *)
Lemma flag_put_keeps : forall c i v, keeps c (Generated.Field_put_buddyFlag c i v).
Proof. intros; unfold Generated.Field_put_buddyFlag; steps. Qed.

Lemma order_put_keeps : forall c i v, keeps c (Generated.Field_put_privateOrder c i v).
Proof. intros; unfold Generated.Field_put_privateOrder; steps. Qed.

Lemma flag_get_keeps : forall c i, keeps c (Generated.Field_get_buddyFlag c i).
Proof. intros; unfold Generated.Field_get_buddyFlag; destruct (Words.read _ _); steps. Qed.

Lemma order_get_keeps : forall c i, keeps c (Generated.Field_get_privateOrder c i).
Proof. intros; unfold Generated.Field_get_privateOrder; destruct (Words.read _ _); steps. Qed.

Ltac fields := first [ apply flag_put_keeps | apply order_put_keeps | apply flag_get_keeps | apply order_get_keeps ].

Lemma enlist_keeps : forall c p k, keeps c (Generated.enlist c p k).
Proof. intros; unfold Generated.enlist, Generated.setPageOrder; calls fields. Qed.

Lemma delist_keeps : forall c p k, keeps c (Generated.delist c p k).
Proof. intros; unfold Generated.delist, Generated.rmvPageOrder; calls fields. Qed.

Lemma is_buddy_keeps : forall c p k, keeps c (Generated.pageIsBuddy c p k).
Proof. intros; unfold Generated.pageIsBuddy; calls fields. Qed.

Ltac operations := first [ apply enlist_keeps | apply delist_keeps | apply is_buddy_keeps ].

(* Splitting and taking. *)
Lemma expand_lower_keeps : forall c page low high, keeps c (Generated.page_buddy_expand c page low high).
Proof.
  assert (L : forall rounds page low high order c, keeps c (Generated.page_buddy_expand_loop0 rounds page low high order c)).
  { intros rounds; induction rounds; intros; cbn [Generated.page_buddy_expand_loop0]; calls ltac:(first [operations | apply IHrounds]). }
  intros; unfold Generated.page_buddy_expand; calls ltac:(apply L).
Qed.

Lemma rmqueue_smallest_keeps : forall c order, keeps c (Generated.rmqueueSmallest c order).
Proof.
  assert (L : forall rounds order current c, keeps c (Generated.rmqueueSmallest_loop0 rounds order current c)).
  { intros rounds; induction rounds; intros; cbn [Generated.rmqueueSmallest_loop0];
      calls ltac:(first [operations | apply expand_lower_keeps | apply IHrounds]). }
  intros; unfold Generated.rmqueueSmallest; calls ltac:(apply L).
Qed.

(* Freeing. *)
Lemma free_one_page_keeps : forall c page order, keeps c (Generated.freeOnePage c page order).
Proof.
  assert (L : forall rounds page order offset index current c,
    keeps c (Generated.freeOnePage_loop0 rounds page order offset index current c)).
  { intros rounds; induction rounds; intros; cbn [Generated.freeOnePage_loop0]; unfold Generated.pageFindBuddy, Generated.findCombinedIndex;
      calls ltac:(first [operations | apply IHrounds]). }
  intros; unfold Generated.freeOnePage; calls ltac:(first [operations | apply L]).
Qed.

(* Words as they are given to 2.6: of the right number, and whatever they say. *)
Record sized26 (before span top : nat) (c : Words.zone) : Prop := {
  pages_given : Words.pages c = Z.of_nat span;
  orders_given : Words.orders c = Z.of_nat (S top);
  offset_given : Words.offset c = Z.of_nat before;
  few_given : (top <= 30)%nat;
  little_given : Z.of_nat (before + span) < 2 ^ 31;
  links_given : Rings.fits (span + S top) (Words.links c);
  flags_given : Words.length (Words.buddyFlag c) = Z.of_nat span;
  marks_given : Words.length (Words.privateOrder c) = Z.of_nat span;
  counters_given : Words.length (Words.counters c) = Z.of_nat (S (S top));
  owners_given : Words.length (Words.owners c) = Z.of_nat span }.

Definition stands26 (before span top : nat) (F : pages) (c : Words.zone) : Prop := exists z, represents26 before span top F z c.

(* HAND-1, of the generated code: a new zone has all pages in use, all lists empty, no page marked, and counts of 0. *)
Theorem init_zone_starts26 : forall before span top c holes, sized26 before span top c ->
  exists c', Generated.initZone c holes = Done (tt, c') /\ represents26 before span top nothing made c' /\
    Words.base c' = Words.base c /\ Words.length (Words.owners c') = Z.of_nat span /\
    (Forall (within_zone span (Words.base c)) holes -> forall p, (p < span)%nat ->
      word (Words.owners c') (Z.of_nat p) = if existsb (in_run (Words.base c) p) holes then - 4 else - 3).
Proof.
  intros before span top c holes [P O OF FE LI L FL MA CO W].
  destruct (init_zone_clears span top c holes P O L W) as [c' [E [P' [O' [B [OF' [_ [R [Z0 [OL OW]]]]]]]]]].
  destruct (Z0 Words.counters ltac:(right; left; reflexivity)) as [CL CZ].
  destruct (Z0 Words.buddyFlag ltac:(do 2 right; left; reflexivity)) as [FL' FZ].
  destruct (Z0 Words.privateOrder ltac:(do 3 right; left; reflexivity)) as [ML' MZ].
  exists c'; split; [exact E |]; split; [split | split; [exact B |]; split; assumption].
  - split; rewrite ?P', ?O', ?OF'; try assumption.
    + intros k x _ [].
    + split; [rewrite FL'; exact FL | rewrite ML'; exact MA | |].
      * intros p k I _; destruct (own_is before span p I) as [_ [_ Q]]; rewrite FZ by lia.
        split; [intros [V _]; discriminate | intros [x [[] _]]].
      * intros p I _; destruct (own_is before span p I) as [_ [_ Q]]; rewrite FZ, MZ by lia; split; reflexivity.
    + split; [rewrite CL; exact CO | intros k K; rewrite CZ by lia; reflexivity].
  - rewrite count_nothing; apply CZ; lia.
  - apply made_holds.
  - reflexivity.
Qed.

Theorem serves_2_6 : forall before span top,
  serves before span top Generated.core_2_6 (sized26 before span top) (stands26 before span top).
Proof.
  intros before span top; split; unfold stands26.
  - intros c holes S; destruct (init_zone_starts26 before span top c holes S) as [c' [E [R H]]].
    exists c'; split; [exact E |]; split; [exists made; exact R | exact H].
  - intros F c [z [S _ _ _]]; destruct S as [P O OF FE LI _ _ _ _]; tauto.
  - intros F c p [z R] T; assert (D : in_zone before span p \/ ~ in_zone before span p) by (unfold in_zone; lia).
    destruct D as [D | D]; [exact D | rewrite (bounded26 _ _ _ _ _ _ R p D) in T; discriminate].
  - intros F c [z R]; apply (counted26 _ _ _ _ _ _ R).
  - intros F c b [z [[P O OF FE LI T I M N] C H U]]; exists z; split; [split; assumption | exact C | exact H | exact U].
  - intros F c k x [z R] K N A B; destruct (free_one_page_gives before span top F z c k x R K N (conj A B)) as [z' [c' [E [_ R']]]].
    exists c'; split; [exact E |]; split; [exists z'; exact R' | exact (free_one_page_keeps c _ _ _ _ E)].
  - intros F c k [z R] K; pose proof (rmqueue_smallest_takes before span top F z c k R K) as Q.
    pose proof (rmqueue_lower_holds top k z F K (right26 _ _ _ _ _ _ R)) as H; destruct (rmqueue_lower top k z) as [[g z'] |]; [left | right].
    + destruct Q as [c' [E R']]; destruct H as [W _]; exists g, c'; split; [exact E |]; split; [exact W |].
      split; [exists z'; exact R' | exact (rmqueue_smallest_keeps c _ _ _ E)].
    + split; assumption.
  - intros F c k [z R] K; exact (rmqueue_smallest_lacks before span top F z c k R K).
Qed.

(* For any number of pages and orders that fit, and any first frame: 2.6, which counts blocks from frame 0. *)
Theorem generated_code_is_right26 : forall before span top c holes commands,
  sized26 before span top c -> Forall (within_zone span (Words.base c)) holes ->
  let origin := origin_of before c in
  let hole := holes_of origin holes in
  exists c' answers c'' out given freed,
    Generated.initZone c holes = Done (tt, c') /\ talk Generated.core_2_6 c' commands = Done (answers, c'') /\
    conversation before span top hole origin ([], [], []) commands answers (out, given, freed) /\
    tended before span top (stands26 before span top) hole c'' out given freed.
Proof.
  intros before span top c holes commands S H.
  exact (generated_code_converses _ _ _ _ _ _ (serves_2_6 before span top) c holes commands S H).
Qed.
