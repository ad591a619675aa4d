(* The arithmetic of the code, in pages: block x of order k begins at page x << k, its pair's bit is found by a shift, its buddy by an
   exclusive or, its parent by a mask, the upper half of a block by an addition. *)
From Coq Require Import Arith Bool Lia List.
From Buddy Require Import Pages Zone.
Import ListNotations.

Lemma code_pair : forall k x, Nat.shiftr (Nat.shiftl x k) (S k) = x / 2.
Proof.
  intros k x; rewrite Nat.shiftr_div_pow2, Nat.shiftl_mul_pow2, div_up, Nat.div_mul by apply pow_pos; reflexivity.
Qed.

Lemma lxor_one : forall x, Nat.lxor x 1 = buddy x.
Proof.
  intros x; unfold buddy; destruct (Nat.even x) eqn:E.
  - apply Nat.even_spec in E; destruct E as [q ->]; apply Nat.bits_inj; intros n.
    rewrite Nat.lxor_spec; destruct n.
    + rewrite Nat.testbit_even_0, Nat.testbit_odd_0; reflexivity.
    + rewrite Nat.testbit_even_succ', Nat.testbit_odd_succ', (Nat.testbit_odd_succ' 0), Nat.bits_0, xorb_false_r; reflexivity.
  - assert (O : Nat.odd x = true) by (rewrite <- Nat.negb_even, E; reflexivity).
    apply Nat.odd_spec in O; destruct O as [q ->]; replace (2 * q + 1 - 1) with (2 * q) by lia; apply Nat.bits_inj; intros n.
    rewrite Nat.lxor_spec; destruct n.
    + rewrite Nat.testbit_odd_0, Nat.testbit_even_0; reflexivity.
    + rewrite Nat.testbit_even_succ', Nat.testbit_odd_succ', (Nat.testbit_odd_succ' 0), Nat.bits_0, xorb_false_r; reflexivity.
Qed.

Lemma code_buddy : forall k x, Nat.lxor (Nat.shiftl x k) (Nat.shiftl 1 k) = Nat.shiftl (buddy x) k.
Proof. intros k x; rewrite <- Nat.shiftl_lxor, lxor_one; reflexivity. Qed.

Lemma ldiff_one : forall x, Nat.ldiff x 1 = 2 * (x / 2).
Proof.
  intros x; replace (Nat.ldiff x 1) with (Nat.ldiff x (Nat.ones 1)) by reflexivity.
  rewrite Nat.ldiff_ones_r, Nat.shiftl_mul_pow2, Nat.shiftr_div_pow2; apply Nat.mul_comm.
Qed.

Lemma code_parent : forall k x, Nat.ldiff (Nat.shiftl x k) (Nat.shiftl 1 k) = Nat.shiftl (x / 2) (S k).
Proof.
  intros k x; rewrite <- Nat.shiftl_ldiff, ldiff_one, !Nat.shiftl_mul_pow2, Nat.pow_succ_r'; lia.
Qed.

Lemma code_upper : forall k x, Nat.shiftl x (S k) + 2 ^ k = Nat.shiftl (2 * x + 1) k.
Proof. intros k x; rewrite !Nat.shiftl_mul_pow2, Nat.pow_succ_r'; lia. Qed.

Lemma shiftl_injective : forall k x y, Nat.shiftl x k = Nat.shiftl y k -> x = y.
Proof. intros k x y; rewrite !Nat.shiftl_mul_pow2; pose proof (pow_pos k); nia. Qed.

(* The code itself, with pages on the lists. *)
Section Orders.
Variable top : nat.

Definition complemented (c : zone) (k b : nat) : nat -> nat -> bool :=
  if k <? top then fun j p => xorb ((j =? k) && (p =? b)) (bits c j p) else bits c.

Fixpoint free_pages_ok (left k page : nat) (c : zone) : option zone :=
  let b := Nat.shiftr page (S k) in
  let on := {| lists := upd k (page :: lists c k) (lists c); bits := complemented c k b |} in
  match left with
  | 0 => Some on
  | S above =>
      if bits c k b
      then
        let other := Nat.lxor page (Nat.shiftl 1 k) in
        if in_dec Nat.eq_dec other (lists c k)
        then free_pages_ok above (S k) (Nat.ldiff page (Nat.shiftl 1 k))
               {| lists := upd k (remove Nat.eq_dec other (lists c k)) (lists c); bits := complemented c k b |}
        else None
      else Some on
  end.

Fixpoint expand_pages (d k page : nat) (c : zone) : nat * zone :=
  match d with
  | 0 => (page, c)
  | S e =>
      let o := e + k in
      expand_pages e k (page + 2 ^ o)
        {| lists := upd o (page :: lists c o) (lists c); bits := complemented c o (Nat.shiftr page (S o)) |}
  end.

(* A zone with pages on its lists, and the one that it stands for. *)
Definition in_pages (z c : zone) : Prop :=
  (forall k, lists c k = map (fun x => Nat.shiftl x k) (lists z k)) /\ (forall k p, bits c k p = bits z k p).

Lemma map_remove : forall k x l,
  map (fun y => Nat.shiftl y k) (remove Nat.eq_dec x l) = remove Nat.eq_dec (Nat.shiftl x k) (map (fun y => Nat.shiftl y k) l).
Proof.
  intros k x l; induction l as [| y l IH]; [reflexivity |]; cbn [remove map].
  destruct (Nat.eq_dec x y) as [-> | D].
  - destruct (Nat.eq_dec (Nat.shiftl y k) (Nat.shiftl y k)); [exact IH | contradiction].
  - destruct (Nat.eq_dec (Nat.shiftl x k) (Nat.shiftl y k)) as [E |].
    + apply shiftl_injective in E; contradiction.
    + cbn [map]; rewrite IH; reflexivity.
Qed.

Lemma in_map_shift : forall k x l, In (Nat.shiftl x k) (map (fun y => Nat.shiftl y k) l) <-> In x l.
Proof.
  intros k x l; rewrite in_map_iff; split; [| intros I; exists x; tauto].
  intros [y [E I]]; apply shiftl_injective in E; subst; exact I.
Qed.

Lemma in_pages_upd : forall z c k l f g, in_pages z c ->
  (forall j p, f j p = g j p) ->
  in_pages {| lists := upd k l (lists z); bits := f |}
    {| lists := upd k (map (fun x => Nat.shiftl x k) l) (lists c); bits := g |}.
Proof.
  intros z c k l f g [L _] E; split; cbn [lists bits].
  - intros j; unfold upd; destruct (Nat.eqb_spec j k) as [-> |]; [reflexivity | apply L].
  - intros j p; symmetry; apply E.
Qed.

Lemma complemented_is : forall z c k x, in_pages z c -> forall j p,
  toggled top z k x j p = complemented c k (Nat.shiftr (Nat.shiftl x k) (S k)) j p.
Proof.
  intros z c k x [_ B] j p; unfold toggled, complemented; rewrite code_pair; destruct (k <? top); rewrite B; reflexivity.
Qed.

(* The code does with pages what `give` does with blocks; so what is proved of that holds of it. *)
Theorem code_gives : forall left k x z c, in_pages z c ->
  match give top left k x z with
  | Some z' => exists c', free_pages_ok left k (Nat.shiftl x k) c = Some c' /\ in_pages z' c'
  | None => free_pages_ok left k (Nat.shiftl x k) c = None
  end.
Proof.
  induction left; intros k x z c P; pose proof P as [L B].
  - cbn [give free_pages_ok]; eexists; split; [reflexivity |]; unfold put; rewrite L.
    change (Nat.shiftl x k :: map (fun y => Nat.shiftl y k) (lists z k)) with (map (fun y => Nat.shiftl y k) (x :: lists z k)).
    apply in_pages_upd; [exact P | apply complemented_is; exact P].
  - cbn [give free_pages_ok]; rewrite code_pair, B, code_buddy, code_parent; destruct (bits z k (x / 2)).
    + rewrite !L; destruct (in_dec Nat.eq_dec (buddy x) (lists z k)) as [I | I];
        destruct (in_dec Nat.eq_dec (Nat.shiftl (buddy x) k) (map (fun y => Nat.shiftl y k) (lists z k))) as [J | J];
        rewrite in_map_shift in J; try contradiction; [| reflexivity].
      apply IHleft; unfold take; rewrite <- map_remove; apply in_pages_upd; [exact P |].
      intros j p; rewrite (complemented_is z c k (buddy x) P), !code_pair, buddy_half; reflexivity.
    + eexists; split; [reflexivity |]; unfold put; rewrite L.
      change (Nat.shiftl x k :: map (fun y => Nat.shiftl y k) (lists z k)) with (map (fun y => Nat.shiftl y k) (x :: lists z k)).
      apply in_pages_upd; [exact P |]; intros j p; rewrite (complemented_is z c k x P), code_pair; reflexivity.
Qed.

Theorem code_expands : forall d k x z c, in_pages z c ->
  let (g, z') := expand top d k x z in
  let (page, c') := expand_pages d k (Nat.shiftl x (d + k)) c in page = Nat.shiftl g k /\ in_pages z' c'.
Proof.
  induction d; intros k x z c P; pose proof P as [L _].
  - split; [reflexivity | exact P].
  - cbn [expand expand_pages plus].
    rewrite code_upper; replace (Nat.shiftl x (S (d + k))) with (Nat.shiftl (2 * x) (d + k))
      by (rewrite !Nat.shiftl_mul_pow2, Nat.pow_succ_r'; lia).
    apply IHd; unfold put; rewrite L.
    change (Nat.shiftl (2 * x) (d + k) :: map (fun y => Nat.shiftl y (d + k)) (lists z (d + k)))
      with (map (fun y => Nat.shiftl y (d + k)) (2 * x :: lists z (d + k))).
    apply in_pages_upd; [exact P | apply complemented_is; exact P].
Qed.
End Orders.
