(* What the generated operations on lists, map and count leave as it is: all else, the owners of pages too. *)
From Coq Require Import ZArith.
From Buddy Require Words Generated.
Import Words(result, Done, Bug, Fuel, bind).
Open Scope Z_scope.

(* Two zones that are alike but for links, map and counters. *)
Definition kept (c d : Words.zone) : Prop :=
  Words.pages d = Words.pages c /\ Words.orders d = Words.orders c /\ Words.base d = Words.base c /\ Words.offset d = Words.offset c /\
  Words.owners d = Words.owners c.

(* Code that keeps them, whatever it answers. *)
Definition keeps {A} (c : Words.zone) (r : result (A * Words.zone)) : Prop := forall a d, r = Done (a, d) -> kept c d.

(* A zone is like itself. *)
Lemma kept_same : forall c, kept c c.
Proof. intros c; repeat split. Qed.

(* What is kept twice is kept. *)
Lemma kept_twice : forall c d e, kept c d -> kept d e -> kept c e.
Proof. unfold kept; intuition congruence. Qed.

(* Code that keeps them, and code after it that does, keep them. *)
Lemma keeps_bind : forall A B c (r : result (A * Words.zone)) (f : A * Words.zone -> result (B * Words.zone)),
  keeps c r -> (forall a d, kept c d -> keeps c (f (a, d))) -> keeps c (bind r f).
Proof. intros A B c [[a d] | |] f R F; cbn; try (intros ? ? E; discriminate); exact (F a d (R a d eq_refl)). Qed.

(* Code that keeps what is left of a zone keeps it of the zone. *)
Lemma keeps_later : forall A c d (r : result (A * Words.zone)), kept c d -> keeps d r -> keeps c r.
Proof. intros A c d r K R a e E; exact (kept_twice c d e K (R a e E)). Qed.

(* Code that reads an element, or reports a bug. *)
Lemma keeps_read : forall A c (x : option Z) what n (f : Z -> result (A * Words.zone)),
  (forall v, keeps c (f v)) -> keeps c (bind (Words.or_bug x what n) f).
Proof. intros A c [v |] what n f F; cbn; [apply F | intros ? ? E; discriminate]. Qed.

(* Code that has come to its end. *)
Lemma keeps_done : forall A c (a : A) d, kept c d -> keeps c (Done (a, d)).
Proof. intros A c a d K b e E; injection E as _ <-; exact K. Qed.

Ltac steps :=
  repeat match goal with
  | |- keeps _ (Done _) => apply keeps_done; first [assumption | apply kept_same | repeat split; reflexivity]
  | |- keeps _ (Bug _ _) => intros ? ? E; discriminate
  | |- keeps _ Fuel => intros ? ? E; discriminate
  | |- keeps _ (bind (Words.or_bug _ _ _) _) => apply keeps_read; intros
  | |- keeps _ (if ?b then _ else _) => destruct b
  end.

(* The operations on lists, map and counters, one by one. *)
Lemma list_add_keeps : forall c n h, keeps c (Generated.listAdd c n h).
Proof. intros; unfold Generated.listAdd; steps. Qed.

Lemma list_del_keeps : forall c n, keeps c (Generated.listDel c n).
Proof. intros; unfold Generated.listDel; steps. Qed.

Lemma mark_used_keeps : forall c i k, keeps c (Generated.markUsed c i k).
Proof. intros; unfold Generated.markUsed; steps. Qed.

Lemma count_keeps : forall c i d, keeps c (Generated.Field_add_counters c i d).
Proof. intros; unfold Generated.Field_add_counters; steps. Qed.

Lemma next_of_keeps : forall c n, keeps c (Generated.nextOf c n).
Proof. intros; unfold Generated.nextOf; steps. Qed.

Lemma free_list_keeps : forall c k, keeps c (Generated.freeListOf c k).
Proof. intros; unfold Generated.freeListOf; steps. Qed.

(* Goes through code that calls the operations above, or others by `more`, one after another. *)
Ltac known more :=
  first [ apply list_add_keeps | apply list_del_keeps | apply mark_used_keeps | apply count_keeps | apply next_of_keeps
        | apply free_list_keeps | more ].

Ltac calls more :=
  repeat (steps; match goal with
    | |- keeps _ (bind _ _) => apply keeps_bind; [| intros ? ? ?]
    | e : Words.ended _ _ |- keeps _ (match ?e with _ => _ end) => destruct e
    | p : (_ * _)%type |- keeps _ (let (_, _) := ?p in _) => destruct p
    | |- keeps _ _ => known more
    | K : kept ?c ?d |- keeps ?c _ => apply (keeps_later _ c d); [exact K | known more]
    end).

(* Splitting, by its loop and as a whole. *)
Lemma expand_loop_keeps : forall rounds page low high size order c, keeps c (Generated.expand_loop0 rounds page low high size order c).
Proof. induction rounds; intros; cbn [Generated.expand_loop0]; calls ltac:(apply IHrounds). Qed.

Lemma expand_keeps : forall c page low high, keeps c (Generated.expand c page low high).
Proof. intros; unfold Generated.expand; calls ltac:(apply expand_loop_keeps). Qed.

(* The search of rmqueue. *)
Lemma rmqueue_loop_keeps : forall rounds order current c, keeps c (Generated.rmqueue_loop0 rounds order current c).
Proof.
  induction rounds; intros; cbn [Generated.rmqueue_loop0]; calls ltac:(apply IHrounds); try apply expand_keeps;
    apply (keeps_later _ _ _ _ ltac:(eassumption)), expand_keeps.
Qed.

(* rmqueue keeps all but links, map and count. *)
Lemma rmqueue_keeps : forall c order, keeps c (Generated.rmqueue c order).
Proof. intros; unfold Generated.rmqueue; calls ltac:(apply rmqueue_loop_keeps). Qed.

(* The loop of freePagesOk. *)
Lemma free_loop_keeps : forall rounds page order top index current c,
  keeps c (Generated.freePagesOk_loop0 rounds page order top index current c).
Proof. induction rounds; intros; cbn [Generated.freePagesOk_loop0]; calls ltac:(apply IHrounds). Qed.

(* freePagesOk does, too. *)
Lemma free_pages_ok_keeps : forall c page order, keeps c (Generated.freePagesOk c page order).
Proof. intros; unfold Generated.freePagesOk; calls ltac:(apply free_loop_keeps). Qed.
