(* What the public face needs of the operations below it; and that those of 2.4 are so. Pages are counted from the origin, the frame that
   blocks are counted from; the zone begins some pages after it. *)
From Coq Require Import Arith ZArith Bool Lia List.
From Buddy Require Import Pages Zone Allocate History Bits Represents Starts Frees Grants Keeps.
From Buddy Require Words Generated.
Import ListNotations.
Import Words(Done, core, take, give).
Open Scope Z_scope.

(* A page as the zone counts it: from its own first one. *)
Definition own (before p : nat) : Z := Z.of_nat p - Z.of_nat before.

(* `fresh`: words that initZone makes a zone of. `stands`: words of a zone in which these pages are free. *)
Record serves (before span top : nat) (core : core) (fresh : Words.zone -> Prop) (stands : pages -> Words.zone -> Prop) : Prop := {
  starts : forall c holes, fresh c -> exists c', Generated.initZone c holes = Done (tt, c') /\ stands nothing c' /\
    Words.base c' = Words.base c /\ Words.length (Words.owners c') = Z.of_nat span /\
    (Forall (within_zone span (Words.base c)) holes -> forall p, (p < span)%nat ->
      Words.word (Words.owners c') (Z.of_nat p) = if existsb (in_run (Words.base c) p) holes then - 4 else - 3);
  fixed : forall F c, stands F c -> Words.pages c = Z.of_nat span /\ Words.orders c = Z.of_nat (S top) /\
    Words.offset c = Z.of_nat before /\ (top <= 30)%nat /\ Z.of_nat (before + span) < 2 ^ 31;
  within : forall F c p, stands F c -> F p = true -> (before <= p < before + span)%nat;
  counter : forall F c, stands F c -> Words.word (Words.counters c) 0 = Z.of_nat (count F (before + span));
  table_apart : forall F c b, stands F c -> stands F (Words.with_owners c b);
  gives : forall F c k x, stands F c -> (k <= top)%nat -> none F k x ->
    (before <= x * 2 ^ k)%nat -> ((x + 1) * 2 ^ k <= before + span)%nat ->
    exists c', give core c (own before (head k x)) (Z.of_nat k) = Done (tt, c') /\ stands (add F k x) c' /\ kept c c';
  takes : forall F c k, stands F c -> (k <= top)%nat ->
    (exists g c', take core c (Z.of_nat k) = Done (own before (head k g), c') /\ whole F k g = true /\ stands (del F k g) c' /\ kept c c') \/
    (take core c (Z.of_nat k) = Done (- 1, c) /\ forall x, whole F k x = false);
  lacks : forall F c k, stands F c -> (top < k)%nat -> take core c (Z.of_nat k) = Done (- 1, c) }.

(* 2.4 counts blocks from the first page of the zone. *)
Definition fresh_2_4 (span top : nat) (c : Words.zone) : Prop := sized span top c /\ Words.offset c = 0.
Definition stands_2_4 (span top : nat) (F : pages) (c : Words.zone) : Prop :=
  (exists z, represents span top F z c) /\ Words.offset c = 0.

Theorem serves_2_4 : forall span top, serves 0 span top Generated.core_2_4 (fresh_2_4 span top) (stands_2_4 span top).
Proof.
  intros span top; split; unfold stands_2_4, own; cbn [Z.of_nat].
  - intros c holes [S O]; destruct (init_zone_starts span top c holes S) as [c' [E [R [B [O' [L W]]]]]].
    exists c'; split; [exact E |]; split; [split; [exists made; exact R | rewrite O'; exact O] |].
    split; [exact B |]; split; assumption.
  - intros F c [[z [S _ _ _]] O]; pose proof (sizes span top z c S).
    split; [apply (its_pages _ _ _ _ S) |]; split; [apply (its_orders _ _ _ _ S) |]; split; [exact O | lia].
  - intros F c p [[z R] _] T; destruct (le_lt_dec span p) as [G |]; [rewrite (bounded _ _ _ _ _ R p G) in T; discriminate | lia].
  - intros F c [[z R] _]; apply (counted _ _ _ _ _ R).
  - intros F c b [[z [[P Q L M] C H U]] O]; split; [exists z; split; [split; assumption | exact C | exact H | exact U] | exact O].
  - intros F c k x [[z R] O] K N _ B; destruct (free_pages_ok_gives span top F z c k x R K N B) as [z' [c' [E [_ R']]]].
    pose proof (free_pages_ok_keeps c _ _ _ _ E) as W; exists c'; rewrite Z.sub_0_r; split; [exact E |].
    split; [split; [exists z'; exact R' | destruct W as [_ [_ [_ [-> _]]]]; exact O] | exact W].
  - intros F c k [[z R] O] K; pose proof (rmqueue_takes span top F z c k R K) as Q.
    pose proof (rmqueue_holds top k z F K (right _ _ _ _ _ R)) as H; destruct (Zone.rmqueue top k z) as [[g z'] |]; [left | right].
    + destruct Q as [c' [E R']]; destruct H as [W _]; pose proof (rmqueue_keeps c _ _ _ E) as V.
      exists g, c'; rewrite Z.sub_0_r; split; [exact E |]; split; [exact W |].
      split; [split; [exists z'; exact R' | destruct V as [_ [_ [_ [-> _]]]]; exact O] | exact V].
    + split; assumption.
  - intros F c k [[z R] _] K; exact (rmqueue_lacks span top F z c k R K).
Qed.
