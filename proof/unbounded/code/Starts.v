(* initZone as generated makes any words of the right lengths a zone with all pages in use; the lengths that the constructor gives are
   right. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone History Links Bits Rings Map Represents.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, Left, array, word).
Open Scope Z_scope.

(* Words as they are given: of the right number, and whatever they say. *)
Record sized (span top : nat) (c : Words.zone) : Prop := {
  sized_pages : Words.pages c = Z.of_nat span;
  sized_orders : Words.orders c = Z.of_nat (S top);
  sized_links : fits (span + S top) (Words.links c);
  sized_layout : layout span top (Words.firstBits c) (Words.map c);
  sized_counters : 1 <= Words.length (Words.counters c);
  sized_owners : Words.length (Words.owners c) = Z.of_nat span }.

(* mapWords of region.ts: a bit for each pair of an order, in whole words; and where the map of each order begins. *)
Definition map_words (span k : nat) : nat := ((span - 1) / 2 ^ (k + 4) + 1 + 3) / 4.
Fixpoint first_bit (span k : nat) : nat :=
  match k with O => 0 | S j => first_bit span j + 32 * map_words span j end.

(* Eight pairs for each byte. *)
Lemma bytes_of_pairs : forall span k, ((span - 1) / 2 ^ (k + 4) = (span - 1) / 2 ^ S k / 8)%nat.
Proof.
  intros span k; rewrite Nat.div_div by (try apply pow_pos; lia); f_equal; change 8%nat with (2 ^ 3)%nat.
  rewrite <- Nat.pow_add_r; f_equal; lia.
Qed.

(* Every pair that a zone spans has a bit in the map of its order. *)
Lemma map_suffices : forall span k p, spanned span k p -> (p < 32 * map_words span k)%nat.
Proof.
  intros span k p S; unfold spanned in S; unfold map_words; rewrite bytes_of_pairs.
  assert (P : (p <= (span - 1) / 2 ^ Datatypes.S k)%nat) by (apply Nat.div_le_lower_bound; [apply pow_pos | lia]).
  revert P; generalize ((span - 1) / 2 ^ Datatypes.S k)%nat; intros q P.
  pose proof (Nat.div_mod q 8 ltac:(lia)); pose proof (Nat.mod_upper_bound q 8 ltac:(lia)).
  pose proof (Nat.div_mod (q / 8 + 1 + 3) 4 ltac:(lia)); pose proof (Nat.mod_upper_bound (q / 8 + 1 + 3) 4 ltac:(lia)); lia.
Qed.

(* All maps together have fewer bits than pages and 32 for each order. *)
Lemma maps_small : forall span k, (first_bit span k + (span - 1) / 2 ^ k <= span + 32 * k)%nat.
Proof.
  intros span; induction k; [cbn [first_bit]; change (2 ^ 0)%nat with 1%nat; rewrite Nat.div_1_r; lia |]; cbn [first_bit]; unfold map_words; rewrite bytes_of_pairs.
  rewrite div_up in *; revert IHk; generalize ((span - 1) / 2 ^ k)%nat; intros q H.
  pose proof (Nat.div_mod q 2 ltac:(lia)); generalize dependent (q / 2)%nat; intros r E.
  pose proof (Nat.div_mod r 8 ltac:(lia)); pose proof (Nat.mod_upper_bound r 8 ltac:(lia)).
  pose proof (Nat.div_mod (r / 8 + 1 + 3) 4 ltac:(lia)); lia.
Qed.

(* The map of a higher order begins later. *)
Lemma first_bit_grows : forall span j k, (j <= k)%nat -> (first_bit span j <= first_bit span k)%nat.
Proof. intros span j k L; induction L; [lia | cbn [first_bit]; lia]. Qed.

(* MAP-1: maps of these lengths, one after another, have a bit of its own for every pair. *)
Theorem maps_fit : forall span top starts map, (top <= 30)%nat -> Z.of_nat (span + S top) <= 2 ^ 30 ->
  Words.length starts = Z.of_nat (S top) -> (forall k, (k < top)%nat -> word starts (Z.of_nat k) = Z.of_nat (first_bit span k)) ->
  32 * Words.length map = Z.of_nat (first_bit span top) -> layout span top starts map.
Proof.
  intros span top starts map T B S W M; pose proof (maps_small span top); split; try assumption; try lia.
  - intros k K; rewrite W by exact K; lia.
  - intros j k p J P; unfold place; rewrite !W by lia; pose proof (map_suffices span j p P).
    pose proof (first_bit_grows span (Datatypes.S j) k ltac:(lia)) as G; cbn [first_bit] in G; lia.
  - intros k p K P; unfold place; rewrite W, M by exact K; pose proof (map_suffices span k p P).
    pose proof (first_bit_grows span (Datatypes.S k) top ltac:(lia)) as G; cbn [first_bit] in G; lia.
Qed.

Section Starts.
Variables span top : nat.

(* An array that is filled has one word everywhere. *)
Lemma filled : forall store a v i, 0 <= i < Words.length a -> word (Words.fill store a v 0 (Words.length a)) i = store v.
Proof.
  intros store a v i I; unfold Words.fill, Words.placed; cbn [word Words.length].
  replace (Words.length a <? 0) with false by (symmetry; apply Z.ltb_ge; lia); change (0 <? 0) with false; cbv iota.
  replace (_ && _)%bool with true by (symmetry; apply andb_true_iff; rewrite Z.leb_le, Z.ltb_lt; lia); reflexivity.
Qed.

(* A page of a zone is in a run of frames; a run lies in the zone. *)
Definition in_run (base : Z) (p : nat) (run : Z * Z) : bool :=
  (fst run - base <=? Z.of_nat p) && (Z.of_nat p <? fst run - base + snd run).
Definition within_zone (base : Z) (run : Z * Z) : Prop :=
  0 <= fst run - base /\ 0 <= snd run /\ fst run - base + snd run <= Z.of_nat span.

(* Holes change the owners of pages, and nothing else; those of pages in holes become -4. *)
Lemma holes_of_owners : forall holes base c, Words.length (Words.owners c) = Z.of_nat span -> exists b,
  Generated.OwnerTable_reset_owners_each0 holes base c = Done (Left tt, Words.with_owners c b) /\
  Words.length b = Z.of_nat span /\
  (Forall (within_zone base) holes -> forall p, (p < span)%nat ->
    word b (Z.of_nat p) = if existsb (in_run base p) holes then - 4 else word (Words.owners c) (Z.of_nat p)).
Proof.
  induction holes as [| hole holes IH]; intros base c S; cbn [Generated.OwnerTable_reset_owners_each0].
  - exists (Words.owners c); split; [destruct c; reflexivity | split; [exact S | reflexivity]].
  - match goal with |- context [Generated.OwnerTable_reset_owners_each0 holes base ?d] => destruct (IH base d) as [b [E [L W]]]; [exact S | rewrite E] end.
    exists b; split; [reflexivity |]; split; [exact L |]; intros A p P; inversion A as [| ? ? H A']; subst; rewrite (W A' p P).
    cbn [existsb]; destruct (existsb (in_run base p) holes); [rewrite orb_true_r; reflexivity | rewrite orb_false_r].
    unfold within_zone in H; cbn [Words.owners Words.with_owners]; unfold Words.fill, Words.placed; cbn [word]; rewrite S.
    replace (fst hole - base <? 0) with false by (symmetry; apply Z.ltb_ge; lia).
    replace (fst hole - base + snd hole <? 0) with false by (symmetry; apply Z.ltb_ge; lia).
    rewrite !Z.min_l by lia; reflexivity.
Qed.

(* The loop over pages unlinks each. *)
Lemma unlinks : forall left page c rounds, (page + left = span)%nat -> (left < rounds)%nat ->
  Words.pages c = Z.of_nat span -> fits (span + S top) (Words.links c) ->
  (forall n, (n < page)%nat -> unlinked (Words.links c) n) ->
  exists b, Generated.initZone_loop0 rounds (Z.of_nat page) c = Done (Left (Z.of_nat span), Words.with_links c b) /\
    fits (span + S top) b /\ forall n, (n < span)%nat -> unlinked b n.
Proof.
  induction left; intros page c rounds P R N F U; (destruct rounds as [| rounds]; [lia |]); cbn [Generated.initZone_loop0]; rewrite N.
  - replace (Z.of_nat page <? Z.of_nat span) with false by (symmetry; apply Z.ltb_ge; lia).
    exists (Words.links c); split; [replace page with span by lia; destruct c; reflexivity |].
    split; [exact F | intros n M; apply U; lia].
  - replace (Z.of_nat page <? Z.of_nat span) with true by (symmetry; apply Z.ltb_lt; lia).
    unfold Generated.initUnlinked; cbn [Words.bind Words.links Words.with_links].
    destruct (write_next _ (Words.links c) page (- 1) F ltac:(lia) ltac:(lia)) as [F1 [X1 P1]].
    destruct (write_previous _ _ page (- 1) F1 ltac:(lia) ltac:(lia)) as [F2 [X2 P2]].
    replace (Z.of_nat page + 1) with (Z.of_nat (S page)) by lia.
    match goal with |- context [Generated.initZone_loop0 rounds _ ?d] => destruct (IHleft (S page) d rounds) as [b [E [F3 V]]] end.
    + lia.
    + lia.
    + exact N.
    + exact F2.
    + intros n M; unfold unlinked; cbn [Words.links Words.with_links]; rewrite X2, P2, X1, P1.
      destruct (Nat.eqb_spec n page); [split; reflexivity | apply U; lia].
    + rewrite E; exists b; split; [reflexivity | split; assumption].
Qed.

(* The loop over orders makes each list empty: its head is before and after itself. *)
Lemma empties : forall left k c rounds page, (k + left = S top)%nat -> (left < rounds)%nat ->
  Words.pages c = Z.of_nat span -> Words.orders c = Z.of_nat (S top) -> fits (span + S top) (Words.links c) ->
  (forall n, (n < span)%nat -> unlinked (Words.links c) n) ->
  (forall j, (j < k)%nat -> next_word (Words.links c) (span + j) = Z.of_nat (span + j) /\
    previous_word (Words.links c) (span + j) = Z.of_nat (span + j)) ->
  exists b, Generated.initZone_loop1 rounds page (Z.of_nat k) c = Done (Left (Z.of_nat (S top)), Words.with_links c b) /\
    fits (span + S top) b /\ (forall n, (n < span)%nat -> unlinked b n) /\
    (forall j, (j <= top)%nat -> next_word b (span + j) = Z.of_nat (span + j) /\ previous_word b (span + j) = Z.of_nat (span + j)).
Proof.
  induction left; intros k c rounds page P R N O F U H; (destruct rounds as [| rounds]; [lia |]); cbn [Generated.initZone_loop1]; rewrite O.
  - replace (Z.of_nat k <? Z.of_nat (S top)) with false by (symmetry; apply Z.ltb_ge; lia).
    exists (Words.links c); split; [replace k with (S top) by lia; destruct c; reflexivity |].
    split; [exact F | split; [exact U | intros j J; apply H; lia]].
  - replace (Z.of_nat k <? Z.of_nat (S top)) with true by (symmetry; apply Z.ltb_lt; lia).
    unfold Generated.freeListOf, Generated.initListHead; cbn [Words.bind Words.links Words.with_links]; rewrite N, <- Nat2Z.inj_add.
    assert (B := proj2 F).
    destruct (write_next _ (Words.links c) (span + k) (Z.of_nat (span + k)) F ltac:(lia) ltac:(lia)) as [F1 [X1 P1]].
    destruct (write_previous _ _ (span + k) (Z.of_nat (span + k)) F1 ltac:(lia) ltac:(lia)) as [F2 [X2 P2]].
    replace (Z.of_nat k + 1) with (Z.of_nat (S k)) by lia.
    match goal with |- context [Generated.initZone_loop1 rounds _ _ ?d] => destruct (IHleft (S k) d rounds page) as [b [E [F3 [V W]]]] end.
    + lia.
    + lia.
    + exact N.
    + exact O.
    + exact F2.
    + intros n M; unfold unlinked; cbn [Words.links Words.with_links]; rewrite X2, P2, X1, P1.
      destruct (Nat.eqb_spec n (span + k)); [lia | apply U; exact M].
    + intros j J; cbn [Words.links Words.with_links]; rewrite X2, P2, X1, P1.
      destruct (Nat.eqb_spec (span + j) (span + k)) as [-> |]; [split; reflexivity | apply H; lia].
    + rewrite E; exists b; split; [reflexivity | split; [exact F3 | split; assumption]].
Qed.

(* Of any words of these lengths initZone makes empty lists, and zeros of all other words; boot memory holds every page that is not in a
   hole. *)
Theorem init_zone_clears : forall c holes, Words.pages c = Z.of_nat span -> Words.orders c = Z.of_nat (S top) ->
  fits (span + S top) (Words.links c) -> Words.length (Words.owners c) = Z.of_nat span ->
  exists c', Generated.initZone c holes = Done (tt, c') /\
    Words.pages c' = Words.pages c /\ Words.orders c' = Words.orders c /\ Words.base c' = Words.base c /\ Words.offset c' = Words.offset c /\
    Words.firstBits c' = Words.firstBits c /\ rings span top (fun _ => []) (Words.links c') /\
    (forall field, In field [Words.map; Words.counters; Words.buddyFlag; Words.privateOrder] ->
      Words.length (field c') = Words.length (field c) /\ forall i, 0 <= i < Words.length (field c) -> word (field c') i = 0) /\
    Words.length (Words.owners c') = Z.of_nat span /\
    (Forall (within_zone (Words.base c)) holes -> forall p, (p < span)%nat ->
      word (Words.owners c') (Z.of_nat p) = if existsb (in_run (Words.base c) p) holes then - 4 else - 3).
Proof.
  intros c holes P O F W; unfold Generated.initZone, Generated.OwnerTable_reset_owners.
  match goal with |- context [Generated.OwnerTable_reset_owners_each0 holes ?b ?d] =>
    destruct (holes_of_owners holes b d W) as [w [E [OL OW]]]; rewrite E end.
  cbn [Words.bind].
  match goal with |- context [Generated.initZone_loop0 ?r 0 ?d] =>
    destruct (unlinks span 0 d r) as [b [E0 [F0 U0]]]; [lia | cbn; unfold Words.most_rounds; cbn; lia | exact P | exact F | lia |] end.
  change (Z.of_nat 0) with 0 in E0; rewrite E0; cbn [Words.bind].
  match goal with |- context [Generated.initZone_loop1 ?r ?p 0 ?d] =>
    destruct (empties (S top) 0 d r p) as [b1 [E1 [F1 [U1 H1]]]];
      [lia | cbn; unfold Words.most_rounds; cbn; lia | exact P | exact O | exact F0 | exact U0 | lia |] end.
  change (Z.of_nat 0) with 0 in E1; rewrite E1; cbn [Words.bind].
  eexists; split; [reflexivity |]; repeat (split; [reflexivity |]); split; [| split; [| split; [exact OL |]]].
  - split; cbn -[Words.fill]; try (intros; contradiction); try assumption.
    + intros; constructor.
    + intros k K; destruct (H1 k K) as [X Y]; split; cbn [next previous links_of]; [rewrite X | rewrite Y]; apply Nat2Z.id.
    + intros k n K [<- | []]; destruct (H1 k K) as [X Y]; unfold threaded; rewrite X, Y; lia.
    + intros n N _; apply U1; exact N.
  - intros field [<- | [<- | [<- | [<- | []]]]]; cbn -[Words.fill]; (split; [reflexivity | intros i I; rewrite filled by exact I; reflexivity]).
  - intros A p N; cbn -[Words.fill] in OW |- *; rewrite (OW A p N), filled by lia; reflexivity.
Qed.

(* No page is free among none. *)
Lemma count_nothing : forall n, count nothing n = 0%nat.
Proof. induction n as [| n I]; [reflexivity | cbn [count]; rewrite I; reflexivity]. Qed.

(* HAND-1, of the generated code: a new zone has all pages in use, all lists empty, all bits 0, and a count of 0. *)
Theorem init_zone_starts : forall c holes, sized span top c ->
  exists c', Generated.initZone c holes = Done (tt, c') /\ represents span top nothing made c' /\
    Words.base c' = Words.base c /\ Words.offset c' = Words.offset c /\ Words.length (Words.owners c') = Z.of_nat span /\
    (Forall (within_zone (Words.base c)) holes -> forall p, (p < span)%nat ->
      word (Words.owners c') (Z.of_nat p) = if existsb (in_run (Words.base c) p) holes then - 4 else - 3).
Proof.
  intros c holes [P O F L C W]; destruct (init_zone_clears c holes P O F W) as [c' [E [P' [O' [B [OF [FB [R [Z0 [OL OW]]]]]]]]]].
  destruct (Z0 Words.map ltac:(left; reflexivity)) as [ML MZ]; destruct (Z0 Words.counters ltac:(right; left; reflexivity)) as [CL CZ].
  exists c'; split; [exact E |]; split; [split | split; [exact B |]; split; [exact OF |]; split; assumption].
  - split; [rewrite P'; exact P | rewrite O'; exact O | exact R |].
    rewrite FB; split; [destruct L; split; rewrite ?ML; assumption |].
    intros k p K S; unfold bit_of; pose proof (within_map _ _ _ _ L k p K S); pose proof (from_zero _ _ _ _ L k K).
    rewrite MZ; [apply Z.testbit_0_l |].
    unfold place in *; split; [apply Z.div_pos; lia | apply Z.div_lt_upper_bound; lia].
  - rewrite count_nothing; split; [rewrite CL; exact C | apply CZ; lia].
  - apply made_holds.
  - reflexivity.
Qed.
End Starts.
