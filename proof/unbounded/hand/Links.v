(* Circular doubly linked lists, threaded through one array of links: adding first, and taking out wherever a node is. *)
From Coq Require Import Arith Bool Lia List.
Import ListNotations.

Record links := { next : nat -> nat; previous : nat -> nat }.

Definition set (f : nat -> nat) (a b : nat) (n : nat) : nat := if n =? a then b else f n.

(* One node follows another, and both know it. *)
Definition linked (l : links) (a b : nat) : Prop := next l a = b /\ previous l b = a.

(* From node a on come the nodes of a list, and then node b. *)
Fixpoint chain (l : links) (a : nat) (nodes : list nat) (b : nat) : Prop :=
  match nodes with
  | [] => linked l a b
  | n :: rest => linked l a n /\ chain l n rest b
  end.

(* A list: from its head through its nodes and back. *)
Definition ring (l : links) (head : nat) (nodes : list nat) : Prop := chain l head nodes head.

(* list_add and list_del; a node that is on no list may have any links. *)
Definition list_add (l : links) (node head : nat) : links :=
  let first := next l head in
  {| next := set (set (next l) node first) head node; previous := set (set (previous l) first node) node head |}.
Definition list_del (l : links) (node : nat) : links :=
  {| next := set (next l) (previous l node) (next l node); previous := set (previous l) (next l node) (previous l node) |}.

Lemma set_same : forall f a b, set f a b a = b.
Proof. intros; unfold set; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma set_other : forall f a b n, n <> a -> set f a b n = f n.
Proof. intros f a b n D; unfold set; destruct (Nat.eqb_spec n a); [contradiction | reflexivity]. Qed.

(* A chain is as it was where the links out of its nodes, and those back into them, are. *)
Lemma chain_same : forall l m nodes a b,
  (forall n, In n (a :: nodes) -> next m n = next l n) -> (forall n, In n (nodes ++ [b]) -> previous m n = previous l n) ->
  chain l a nodes b -> chain m a nodes b.
Proof.
  intros l m nodes; induction nodes as [| n rest IH]; intros a b X P C; cbn [chain] in *.
  - destruct C as [E F]; split; [rewrite X; [exact E | left; reflexivity] | rewrite P; [exact F | left; reflexivity]].
  - destruct C as [[E F] C]; split.
    + split; [rewrite X; [exact E | left; reflexivity] | rewrite P; [exact F | left; reflexivity]].
    + apply IH; [intros q I; apply X; right; exact I | intros q I; apply P; right; exact I | exact C].
Qed.

Theorem list_add_ring : forall l head nodes node, NoDup (head :: nodes) -> ~ In node (head :: nodes) ->
  ring l head nodes -> ring (list_add l node head) head (node :: nodes).
Proof.
  intros l head nodes node D O R; unfold ring in *; cbn [chain].
  assert (H : head <> node) by (intros ->; apply O; left; reflexivity).
  split.
  - split; cbn [next previous list_add]; apply set_same.
  - destruct nodes as [| first rest]; cbn [chain] in *.
    + destruct R as [E F]; split; cbn [next previous list_add]; rewrite E.
      * rewrite set_other by auto; apply set_same.
      * rewrite set_other by exact H; apply set_same.
    + destruct R as [[E F] C]; inversion D as [| ? ? A D']; subst; inversion D' as [| ? ? B _]; subst.
      split.
      * split; cbn [next previous list_add].
        -- rewrite set_other by auto; apply set_same.
        -- rewrite set_other; [apply set_same |]; intros Q; apply O; right; left; exact Q.
      * revert C; apply chain_same; cbn [next previous list_add]; intros n I.
        -- rewrite !set_other; [reflexivity | |].
           ++ intros ->; apply O; right; exact I.
           ++ intros ->; apply A; exact I.
        -- assert (n <> next l head /\ n <> node) as [Q1 Q2].
           { apply in_app_iff in I; destruct I as [I | [<- | []]]; split; intros Q.
             - subst n; contradiction.
             - subst n; apply O; right; right; exact I.
             - apply A; left; symmetry; exact Q.
             - contradiction. }
           rewrite !set_other by assumption; reflexivity.
Qed.

Lemma NoDup_app_one : forall (nodes : list nat) n, ~ In n nodes -> NoDup nodes -> NoDup (nodes ++ [n]).
Proof.
  intros nodes n O D; apply (NoDup_incl_NoDup (l := n :: nodes)).
  - constructor; assumption.
  - rewrite app_length; cbn [length]; lia.
  - intros m [<- | I]; apply in_or_app; [right; left; reflexivity | left; exact I].
Qed.

Lemma neighbours : forall l before a node after b, chain l a (before ++ node :: after) b ->
  In (previous l node) (a :: before) /\ In (next l node) (after ++ [b]).
Proof.
  intros l before; induction before as [| c before IH]; intros a node after b C; cbn [app chain] in C; destruct C as [[E F] C].
  - split; [left; symmetry; exact F |].
    destruct after; cbn [chain] in C; [destruct C as [G _] | destruct C as [[G _] _]]; left; symmetry; exact G.
  - destruct (IH c node after b C) as [P N]; split; [right; exact P | exact N].
Qed.

(* Of the nodes of a chain and the one before it, none twice; of its nodes and the one behind it, none twice. *)
Lemma list_del_chain : forall l before a node after b,
  NoDup (a :: before ++ node :: after) -> NoDup (before ++ node :: after ++ [b]) ->
  chain l a (before ++ node :: after) b -> chain (list_del l node) a (before ++ after) b.
Proof.
  intros l before; induction before as [| c before IH]; intros a node after b D T C.
  - cbn [app chain] in *; destruct C as [[_ F] C]; apply NoDup_cons_iff in D; destruct D as [A _].
    apply NoDup_cons_iff in T; destruct T as [_ T].
    destruct after as [| q rest]; cbn [app chain] in *.
    + destruct C as [G _]; split; cbn [next previous list_del]; rewrite F, G; apply set_same.
    + destruct C as [[G _] C]; split.
      * split; cbn [next previous list_del]; rewrite F, G; apply set_same.
      * revert C; apply chain_same; cbn [next previous list_del]; intros n I; apply set_other; rewrite ?F, ?G; intros ->.
        -- apply A; right; exact I.
        -- apply NoDup_cons_iff in T; destruct T as [T _]; contradiction.
  - cbn [app chain] in *; destruct C as [[E F] C]; destruct (neighbours l before c node after b C) as [P N].
    apply NoDup_cons_iff in D; destruct D as [A D]; apply NoDup_cons_iff in T; destruct T as [B T]; split.
    + split; cbn [next previous list_del]; rewrite set_other; try assumption; intros Q.
      * apply A; rewrite Q; destruct P as [P | P]; [left; exact P | right; apply in_or_app; left; exact P].
      * apply B; rewrite Q; apply in_or_app; right; right; exact N.
    + apply IH; assumption.
Qed.

(* What is taken out is passed by, and all else is as it was. *)
Theorem list_del_ring : forall l head before node after, NoDup (head :: before ++ node :: after) ->
  ring l head (before ++ node :: after) -> ring (list_del l node) head (before ++ after).
Proof.
  intros l head before node after D R; apply list_del_chain; [exact D | | exact R].
  apply NoDup_cons_iff in D; destruct D as [O D].
  replace (before ++ node :: after ++ [head]) with ((before ++ node :: after) ++ [head]) by (rewrite <- app_assoc; reflexivity).
  apply NoDup_app_one; assumption.
Qed.
