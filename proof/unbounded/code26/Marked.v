(* When the words of a zone of 2.6 represent lists: links, marks of pages, and how many blocks each order has. Listing a block and
   delisting one keep that they do. Pages are counted from the origin; the zone begins `before` pages after it. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Bits Rings Represents Keeps Spec Serves.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, array, word, write).
Open Scope Z_scope.

(* The node of a block: its first page, counted from the zone's own first one. *)
Definition node (before k x : nat) : nat := (head k x - before)%nat.

(* A list has the block that begins at a page. *)
Definition begins_at (l : nat -> list nat) (k p : nat) : Prop := exists x, In x (l k) /\ head k x = p.

(* MARK-1: a page is marked with an order exactly if a listed block of this order begins at it, and with nothing if none does. *)
Record marked (before span top : nat) (l : nat -> list nat) (flags orders : array) : Prop := {
  flags_fit : Words.length flags = Z.of_nat span;
  orders_fit : Words.length orders = Z.of_nat span;
  mark : forall p k, in_zone before span p -> (k <= top)%nat ->
    (word flags (own before p) = 1 /\ word orders (own before p) = Z.of_nat k) <-> begins_at l k p;
  no_mark : forall p, in_zone before span p -> (forall k, (k <= top)%nat -> ~ begins_at l k p) ->
    word flags (own before p) = 0 /\ word orders (own before p) = 0 }.

(* COUNT-1: how many blocks there are of each order, after the first word, which is of pages. *)
Record numbered (top : nat) (l : nat -> list nat) (counters : array) : Prop := {
  counters_fit : Words.length counters = Z.of_nat (S (S top));
  number : forall k, (k <= top)%nat -> word counters (1 + Z.of_nat k) = Z.of_nat (List.length (l k)) }.

(* What never changes, the lists by their nodes, the marks and the numbers. *)
Record lists_are (before span top : nat) (l : nat -> list nat) (c : Words.zone) : Prop := {
  span_is : Words.pages c = Z.of_nat span;
  orders_are : Words.orders c = Z.of_nat (S top);
  offset_is : Words.offset c = Z.of_nat before;
  few : (top <= 30)%nat;
  little : Z.of_nat (before + span) < 2 ^ 31;
  threads : rings span top (fun k => List.map (node before k) (l k)) (Words.links c);
  inside_it : forall k x, (k <= top)%nat -> In x (l k) -> in_zone before span (head k x);
  marks_are : marked before span top l (Words.buddyFlag c) (Words.privateOrder c);
  numbers_are : numbered top l (Words.counters c) }.

Section Marked.
Variables before span top : nat.
Notation own := (own before).
Notation in_zone := (in_zone before span).
Notation node := (node before).
Notation lists_are := (lists_are before span top).
Notation marked := (marked before span top).

(* The node of a page, as a number. *)
Lemma own_is : forall p, in_zone p -> own p = Z.of_nat (p - before) /\ (p - before < span)%nat /\ 0 <= own p < Z.of_nat span.
Proof. intros p P; unfold Spec.in_zone in P; unfold Serves.own; lia. Qed.

(* A loop may take a round for each order, and one more to end. *)
Lemma rounds_enough : forall l c, lists_are l c -> (S top < Words.most_rounds c)%nat.
Proof. intros l c L; unfold Words.most_rounds; rewrite (span_is _ _ _ _ _ L), (orders_are _ _ _ _ _ L); lia. Qed.

(* put of a field within bounds. *)
Lemma flag_put : forall c i v, 0 <= i < Words.length (Words.buddyFlag c) ->
  Generated.Field_put_buddyFlag c i v = Done (tt, Words.with_buddyFlag c (write (Words.buddyFlag c) i v)).
Proof.
  intros c i v I; unfold Generated.Field_put_buddyFlag; destruct (Z.leb_spec (Words.length (Words.buddyFlag c)) i); [lia | reflexivity].
Qed.

Lemma order_put : forall c i v, 0 <= i < Words.length (Words.privateOrder c) ->
  Generated.Field_put_privateOrder c i v = Done (tt, Words.with_privateOrder c (write (Words.privateOrder c) i v)).
Proof.
  intros c i v I; unfold Generated.Field_put_privateOrder; destruct (Z.leb_spec (Words.length (Words.privateOrder c)) i); [lia | reflexivity].
Qed.

(* Different pages are counted differently. *)
Lemma own_eqb : forall p q, (own p =? own q) = (p =? q)%nat.
Proof. intros p q; apply eq_true_iff_eq; rewrite Z.eqb_eq, Nat.eqb_eq; unfold Serves.own; lia. Qed.

(* Blocks of the zone that begin at one node are the same. *)
Lemma node_injective : forall k x y, in_zone (head k x) -> in_zone (head k y) -> node k x = node k y -> x = y.
Proof.
  intros k x y X Y E; unfold Spec.in_zone in *; unfold Marked.node in E; apply (head_injective k); lia.
Qed.

(* No list has more blocks than the zone has pages. *)
Lemma list_short : forall l c k, lists_are l c -> (k <= top)%nat -> (List.length (l k) <= span)%nat.
Proof.
  intros l c k L K; pose proof (threads _ _ _ _ _ L) as R.
  rewrite <- (map_length (node k)), <- (seq_length span 0); apply NoDup_incl_length; [apply (once _ _ _ _ R k K) |].
  intros n I; apply in_seq; pose proof (pages_only _ _ _ _ R k n K I); lia.
Qed.

(* A page on a list is on no other. *)
Lemma begins_once : forall l c j k p, lists_are l c -> (j <= top)%nat -> (k <= top)%nat -> begins_at l j p -> begins_at l k p -> j = k.
Proof.
  intros l c j k p L J K [x [X P]] [y [Y Q]]; apply (apart _ _ _ _ (threads _ _ _ _ _ L) j k (p - before)%nat J K).
  - apply in_map_iff; exists x; unfold Marked.node; rewrite P; tauto.
  - apply in_map_iff; exists y; unfold Marked.node; rewrite Q; tauto.
Qed.

(* Marks of a page that begins a listed block now. *)
Lemma marks_put : forall l flags orders k x, marked l flags orders -> (k <= top <= 30)%nat -> in_zone (head k x) ->
  (forall j, (j <= top)%nat -> ~ begins_at l j (head k x)) ->
  marked (upd k (x :: l k) l) (write flags (own (head k x)) 1) (write orders (own (head k x)) (Z.of_nat k)).
Proof.
  intros l flags orders k x [FF OF M N] K X U; destruct (own_is _ X) as [_ [_ I]].
  destruct (written flags (own (head k x)) 1 ltac:(lia) ltac:(lia)) as [FL FW].
  destruct (written orders (own (head k x)) (Z.of_nat k) ltac:(lia) ltac:(lia)) as [OL OW].
  assert (B : forall j p, begins_at (upd k (x :: l k) l) j p <-> (j = k /\ p = head k x) \/ begins_at l j p).
  { intros j p; unfold begins_at, upd; destruct (Nat.eqb_spec j k) as [-> | D]; cbn [In].
    - split; [intros [y [[<- | Y] P]]; [left; split; [reflexivity | symmetry; exact P] | right; exists y; tauto] |].
      intros [[_ ->] | [y [Y P]]]; [exists x; split; [left |]; reflexivity | exists y; tauto].
    - split; [intros [y [Y P]]; right; exists y; tauto | intros [[E _] | [y [Y P]]]; [contradiction | exists y; tauto]]. }
  split; [rewrite FL; exact FF | rewrite OL; exact OF | |].
  - intros p j P J; rewrite FW, OW, own_eqb, B; destruct (Nat.eqb_spec p (head k x)) as [-> | D].
    + split; [intros [_ E]; left; split; [lia | reflexivity] |].
      intros [[-> _] | E]; [split; reflexivity | destruct (U j J E)].
    + rewrite (M p j P J); split; [intros E; right; exact E | intros [[_ E] | E]; [contradiction | exact E]].
  - intros p P E; rewrite FW, OW, own_eqb; destruct (Nat.eqb_spec p (head k x)) as [-> | D].
    + destruct (E k ltac:(lia)); apply B; left; split; reflexivity.
    + apply N; [exact P |]; intros j J H; apply (E j J), B; right; exact H.
Qed.

(* Marks of a page that begins one no more. *)
Lemma marks_cleared : forall l flags orders k x, marked l flags orders -> (k <= top)%nat -> in_zone (head k x) ->
  (forall j, (j <= top)%nat -> begins_at l j (head k x) -> j = k) ->
  marked (upd k (remove Nat.eq_dec x (l k)) l) (write flags (own (head k x)) 0) (write orders (own (head k x)) 0).
Proof.
  intros l flags orders k x [FF OF M N] K X U; destruct (own_is _ X) as [_ [_ I]].
  destruct (written flags (own (head k x)) 0 ltac:(lia) ltac:(lia)) as [FL FW].
  destruct (written orders (own (head k x)) 0 ltac:(lia) ltac:(lia)) as [OL OW].
  assert (B : forall j p, begins_at (upd k (remove Nat.eq_dec x (l k)) l) j p <-> (j = k -> p <> head k x) /\ begins_at l j p).
  { intros j p; unfold begins_at, upd; destruct (Nat.eqb_spec j k) as [-> | D].
    - split.
      + intros [y [Y P]]; apply in_remove in Y; destruct Y as [Y D]; split; [| exists y; tauto].
        intros _ E; apply D, (head_injective k); congruence.
      + intros [D [y [Y P]]]; exists y; split; [| exact P]; apply in_in_remove; [| exact Y].
        intros ->; exact (D eq_refl (eq_sym P)).
    - split; [intros H; split; [intros E; contradiction | exact H] | intros [_ H]; exact H]. }
  split; [rewrite FL; exact FF | rewrite OL; exact OF | |].
  - intros p j P J; rewrite FW, OW, own_eqb, B; destruct (Nat.eqb_spec p (head k x)) as [-> | D].
    + split; [intros [E _]; discriminate |]; intros [E H]; destruct (E (U j J H)); reflexivity.
    + rewrite (M p j P J); split; [intros H; split; [intros _; exact D | exact H] | tauto].
  - intros p P E; rewrite FW, OW, own_eqb; destruct (Nat.eqb_spec p (head k x)) as [-> | D]; [split; reflexivity |].
    apply N; [exact P |]; intros j J H; apply (E j J), B; split; [intros _; exact D | exact H].
Qed.

(* One block more, or less, of an order. *)
Lemma numbers_set : forall l counters k row, numbered top l counters -> (k <= top)%nat -> Z.of_nat (List.length row) < 2 ^ 31 ->
  let a := write counters (1 + Z.of_nat k) (Z.of_nat (List.length row)) in
  numbered top (upd k row l) a /\ word a 0 = word counters 0.
Proof.
  intros l counters k row [CF NU] K S a.
  destruct (written counters (1 + Z.of_nat k) (Z.of_nat (List.length row)) ltac:(lia) ltac:(lia)) as [L W]; fold a in L, W.
  split; [split; [rewrite L; exact CF |] |].
  - intros j J; rewrite W; unfold upd; destruct (Nat.eqb_spec j k) as [-> | D]; [rewrite Z.eqb_refl; reflexivity |].
    destruct (Z.eqb_spec (1 + Z.of_nat j) (1 + Z.of_nat k)); [lia | apply NU; exact J].
  - rewrite W; destruct (Z.eqb_spec 0 (1 + Z.of_nat k)); [lia | reflexivity].
Qed.

(* A block that begins where no listed one does goes first on its list. *)
Lemma enlists : forall l c k x, lists_are l c -> (k <= top)%nat -> in_zone (head k x) ->
  (forall j, (j <= top)%nat -> ~ begins_at l j (head k x)) ->
  exists c', Generated.enlist c (own (head k x)) (Z.of_nat k) = Done (tt, c') /\ lists_are (upd k (x :: l k) l) c' /\
    word (Words.counters c') 0 = word (Words.counters c) 0.
Proof.
  intros l c k x L K X U; pose proof (list_short l c k L K) as SH; destruct (own_is _ X) as [E [B I]].
  pose proof (enough _ _ _ _ (threads _ _ _ _ _ L)) as [_ BIG].
  pose proof L as [SP OR OF FE LI R IN M N]; unfold Generated.enlist, Generated.setPageOrder.
  rewrite flag_put by (rewrite (flags_fit _ _ _ _ _ _ M); exact I); cbn [Words.bind].
  rewrite order_put by (cbn; rewrite (orders_fit _ _ _ _ _ _ M); exact I); cbn [Words.bind].
  unfold Generated.freeListOf; cbn [Words.bind].
  match goal with |- context [Generated.listAdd ?d _ ?h] => replace h with (Z.of_nat (span + k)) by (cbn; rewrite SP; lia);
    destruct (list_add_rings span top d (fun j => List.map (node j) (l j)) k (head k x - before)%nat R K B) as [b [EL RL]] end.
  { intros j J H; apply in_map_iff in H; destruct H as [y [Y H]]; apply (U j J); exists y; split; [exact H |].
    pose proof (IN j y J H) as Z; unfold Spec.in_zone in Z, X; unfold Marked.node in Y; lia. }
  rewrite <- E in EL; rewrite EL; cbn [Words.bind].
  rewrite count_added by (cbn -[Z.add]; rewrite (counters_fit _ _ _ N); lia); cbn [Words.bind].
  eexists; split; [reflexivity |]; cbn -[Z.add].
  rewrite (number _ _ _ N k K); replace (Z.of_nat (List.length (l k)) + 1) with (Z.of_nat (List.length (x :: l k))) by (cbn [List.length]; lia).
  destruct (numbers_set l (Words.counters c) k (x :: l k) N K ltac:(cbn [List.length]; lia)) as [N' W0].
  split; [| exact W0]; split; cbn; try assumption.
  - revert RL; apply rings_ext; intros j; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; reflexivity.
  - intros j y J; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [intros [<- | H]; [exact X | exact (IN k y J H)] | apply IN; exact J].
  - apply marks_put; try assumption; lia.
Qed.

(* A listed block goes off its list. *)
Lemma delists : forall l c k x, lists_are l c -> (k <= top)%nat -> In x (l k) ->
  exists c', Generated.delist c (own (head k x)) (Z.of_nat k) = Done (tt, c') /\ lists_are (upd k (remove Nat.eq_dec x (l k)) l) c' /\
    word (Words.counters c') 0 = word (Words.counters c) 0.
Proof.
  intros l c k x L K H; pose proof (list_short l c k L K) as SH; pose proof (inside_it _ _ _ _ _ L k x K H) as X.
  destruct (own_is _ X) as [E [B I]]; pose proof (enough _ _ _ _ (threads _ _ _ _ _ L)) as [_ BIG].
  assert (U : forall j, (j <= top)%nat -> begins_at l j (head k x) -> j = k).
  { intros j J Q; apply (begins_once l c j k (head k x) L J K Q); exists x; tauto. }
  pose proof L as [SP OR OF FE LI R IN M N]; unfold Generated.delist, Generated.rmvPageOrder.
  destruct (list_del_rings span top c (fun j => List.map (node j) (l j)) k (head k x - before)%nat R K) as [b [EL RL]];
    [apply in_map_iff; exists x; split; [reflexivity | exact H] |].
  rewrite <- E in EL; rewrite EL; cbn [Words.bind].
  rewrite flag_put by (cbn; rewrite (flags_fit _ _ _ _ _ _ M); exact I); cbn [Words.bind].
  rewrite order_put by (cbn; rewrite (orders_fit _ _ _ _ _ _ M); exact I); cbn [Words.bind].
  rewrite count_added by (cbn -[Z.add]; rewrite (counters_fit _ _ _ N); lia); cbn [Words.bind].
  assert (DN : NoDup (l k)) by (apply (NoDup_map_inv (node k)), (once _ _ _ _ R k K)).
  assert (LN : S (List.length (remove Nat.eq_dec x (l k))) = List.length (l k)).
  { destruct (in_split x (l k) H) as [a [d Q]]; rewrite Q in *; rewrite remove_middle by exact DN; rewrite !app_length; cbn [List.length]; lia. }
  eexists; split; [reflexivity |]; cbn -[Z.add].
  rewrite (number _ _ _ N k K); replace (Z.of_nat (List.length (l k)) + - 1) with (Z.of_nat (List.length (remove Nat.eq_dec x (l k)))) by lia.
  destruct (numbers_set l (Words.counters c) k (remove Nat.eq_dec x (l k)) N K ltac:(lia)) as [N' W0].
  split; [| exact W0]; split; cbn; try assumption.
  - revert RL; apply rings_ext; intros j; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [| reflexivity].
    fold (node k x); assert (A : forall y, In y (l k) -> in_zone (head k y)) by (intros y Y; exact (IN k y K Y)).
    clear - A X; induction (l k) as [| y row IH]; [reflexivity |]; cbn [remove List.map].
    destruct (Nat.eq_dec x y) as [-> | D]; destruct (Nat.eq_dec (node k _) (node k y)) as [Q |]; try contradiction.
    + apply IH; intros q Y; apply A; right; exact Y.
    + apply node_injective in Q; [contradiction | exact X | apply A; left; reflexivity].
    + cbn [List.map]; f_equal; apply IH; intros q Y; apply A; right; exact Y.
  - intros j y J; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [| apply IN; exact J].
    intros Y; apply in_remove in Y; apply (IN k y J); apply Y.
  - apply marks_cleared; assumption.
Qed.

(* The count of pages changes; the lists stay. *)
Lemma pages_counted : forall l c n m d, lists_are l c -> word (Words.counters c) 0 = Z.of_nat n -> Z.of_nat m = Z.of_nat n + d ->
  Z.of_nat m < 2 ^ 31 ->
  exists c', Generated.Field_add_counters c 0 d = Done (tt, c') /\ lists_are l c' /\ word (Words.counters c') 0 = Z.of_nat m.
Proof.
  intros l c n m d L C E S; pose proof (numbers_are _ _ _ _ _ L) as N; pose proof (counters_fit _ _ _ N) as CF.
  rewrite count_added by lia; rewrite C, <- E; eexists; split; [reflexivity |]; cbn.
  destruct (written (Words.counters c) 0 (Z.of_nat m) ltac:(lia) ltac:(lia)) as [CL CW].
  split; [| rewrite CW; reflexivity]; destruct L as [SP OR OF FE LI R IN M _]; split; cbn; try assumption.
  split; [rewrite CL; exact CF |]; intros k K; rewrite CW; destruct (Z.eqb_spec (1 + Z.of_nat k) 0); [lia | apply (number _ _ _ N k K)].
Qed.

(* Whether a page begins a listed block of an order is asked of its marks; one that is not of the zone does not. *)
Lemma buddy_asked : forall l c k p, lists_are l c -> (k <= top)%nat ->
  exists b, Generated.pageIsBuddy c (own p) (Z.of_nat k) = Done (b, c) /\ (b = true <-> in_zone p /\ begins_at l k p).
Proof.
  intros l c k p L K; pose proof (marks_are _ _ _ _ _ L) as M; unfold Generated.pageIsBuddy; rewrite (span_is _ _ _ _ _ L).
  destruct ((own p <? 0) || (Z.of_nat span <=? own p))%bool eqn:E.
  { exists false; split; [reflexivity |]; split; [discriminate |]; intros [P _]; destruct (own_is _ P) as [_ [_ I]].
    apply orb_true_iff in E; rewrite Z.ltb_lt, Z.leb_le in E; lia. }
  apply orb_false_iff in E; rewrite Z.ltb_ge, Z.leb_gt in E.
  assert (P : in_zone p) by (unfold Serves.own in E; unfold Spec.in_zone; lia).
  unfold Generated.Field_get_buddyFlag, Generated.Field_get_privateOrder.
  rewrite read_is by (rewrite (flags_fit _ _ _ _ _ _ M); exact E); cbn [Words.bind].
  pose proof (mark _ _ _ _ _ _ M p k P K) as Q; destruct (Z.eqb_spec (word (Words.buddyFlag c) (own p)) 1) as [W | W].
  - rewrite read_is by (rewrite (orders_fit _ _ _ _ _ _ M); exact E); cbn [Words.bind].
    eexists; split; [reflexivity |]; rewrite Z.eqb_eq; tauto.
  - cbn [Words.bind]; exists false; split; [reflexivity |]; split; [discriminate | tauto].
Qed.
End Marked.
