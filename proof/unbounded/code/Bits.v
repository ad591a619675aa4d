(* What the operators of JavaScript do to numbers that fit in a word: elements of arrays, shifts by orders, bits of words, and the
   masks of blocks. *)
From Coq Require Import Arith ZArith Bool Lia.
From Buddy Require Import Pages Words.
Open Scope Z_scope.

(* A number that 32 bits hold is stored as it is. *)
Lemma i32_fits : forall x, - 2 ^ 31 <= x < 2 ^ 31 -> i32 x = x.
Proof. intros x B; unfold i32; rewrite Z.mod_small by lia; lia. Qed.

(* An index within bounds is. *)
Lemma within_is : forall a i, 0 <= i < length a -> within a i = true.
Proof. intros a i I; apply andb_true_iff; rewrite Z.leb_le, Z.ltb_lt; exact I. Qed.

(* A read within bounds. *)
Lemma read_is : forall a i, 0 <= i < length a -> read a i = Some (word a i).
Proof. intros a i I; unfold read; rewrite within_is by exact I; reflexivity. Qed.

(* A write within bounds is a write of one word. *)
Lemma written : forall a i v, 0 <= i < length a -> - 2 ^ 31 <= v < 2 ^ 31 ->
  length (write a i v) = length a /\ forall j, word (write a i v) j = if j =? i then v else word a j.
Proof. intros a i v I V; unfold write; rewrite within_is by exact I; cbn; rewrite i32_fits by exact V; split; reflexivity. Qed.

(* Storing keeps the lowest 32 bits. *)
Lemma i32_bit : forall x n, 0 <= n < 32 -> Z.testbit (i32 x) n = Z.testbit x n.
Proof.
  intros x n B; rewrite <- (Z.mod_pow2_bits_low (i32 x) 32 n), <- (Z.mod_pow2_bits_low x 32 n) by lia; f_equal.
  unfold i32; rewrite Zminus_mod, Zmod_mod, <- Zminus_mod; f_equal; lia.
Qed.

(* All bits from the 31st on are the sign. *)
Lemma i32_sign : forall x n, 31 <= n -> Z.testbit (i32 x) n = Z.testbit (i32 x) 31.
Proof.
  intros x n B; assert (R : - 2 ^ 31 <= i32 x < 2 ^ 31).
  { unfold i32; pose proof (Z.mod_pos_bound (x + 2 ^ 31) (2 ^ 32) ltac:(lia)); lia. }
  assert (S : forall m, 31 <= m -> Z.shiftr (i32 x) m = if i32 x <? 0 then - 1 else 0).
  { intros m M; rewrite Z.shiftr_div_pow2 by lia; pose proof (Z.pow_le_mono_r 2 31 m ltac:(lia) M).
    destruct (Z.ltb_spec (i32 x) 0); symmetry; [apply Z.div_unique with (i32 x + 2 ^ m) | apply Z.div_unique with (i32 x)]; lia. }
  rewrite !Z.testbit_odd, !S by lia; reflexivity.
Qed.

(* Orders whose sizes fit in words. *)
Definition order (k : Z) : Prop := 0 <= k <= 30.

(* The number of pages of a block. *)
Lemma size_is : forall k, order k -> js_shl 1 k = 2 ^ k.
Proof.
  intros k B; unfold order in B; unfold js_shl; rewrite (i32_fits 1) by lia.
  replace (Z.land k 31) with k by (change 31 with (Z.ones 5); rewrite Z.land_ones, Z.mod_small by lia; reflexivity).
  rewrite Z.shiftl_mul_pow2, Z.mul_1_l by lia; apply i32_fits; pose proof (Z.pow_le_mono_r 2 k 30); lia.
Qed.

(* A mask of one bit, the sign's too. *)
Lemma mask_bit : forall i n, 0 <= i < 32 -> 0 <= n < 32 -> Z.testbit (js_shl 1 i) n = (n =? i).
Proof.
  intros i n I N; unfold js_shl; rewrite i32_bit by lia; rewrite (i32_fits 1) by lia.
  replace (Z.land i 31) with i by (change 31 with (Z.ones 5); rewrite Z.land_ones, Z.mod_small by lia; reflexivity).
  rewrite Z.shiftl_mul_pow2, Z.mul_1_l, Z.pow2_bits_eqb by lia; apply Z.eqb_sym.
Qed.

(* Shifting to the right divides by a power of two. *)
Lemma ushr_is : forall x k, 0 <= x < 2 ^ 31 -> 0 <= k < 32 -> js_ushr x k = x / 2 ^ k.
Proof.
  intros x k X K; unfold js_ushr; rewrite i32_fits, Z.mod_small by lia.
  replace (Z.land k 31) with k by (change 31 with (Z.ones 5); rewrite Z.land_ones, Z.mod_small by lia; reflexivity).
  apply Z.shiftr_div_pow2; lia.
Qed.

(* The place of a bit in its word. *)
Lemma place_in_word : forall b, 0 <= b < 2 ^ 31 -> js_and b 31 = b mod 32.
Proof.
  intros b B; unfold js_and; rewrite !i32_fits by lia; change 31 with (Z.ones 5); apply Z.land_ones; lia.
Qed.

(* How far a page is behind the beginning of the block that it is in. *)
Lemma below_block : forall p k, 0 <= p < 2 ^ 31 -> order k -> js_and p (js_shl 1 k - 1) = p mod 2 ^ k.
Proof.
  intros p k P K; rewrite size_is by exact K; unfold order in K; unfold js_and.
  pose proof (Z.pow_le_mono_r 2 k 30 ltac:(lia) ltac:(lia)); pose proof (Z.pow_pos_nonneg 2 k ltac:(lia) ltac:(lia)).
  rewrite !i32_fits by lia; replace (2 ^ k - 1) with (Z.ones k) by (rewrite Z.ones_equiv; lia).
  apply Z.land_ones; lia.
Qed.

(* The first page of the block that a page is in. *)
Lemma block_of : forall p k, 0 <= p < 2 ^ 31 -> order k -> js_and p (- js_shl 1 k) = p / 2 ^ k * 2 ^ k.
Proof.
  intros p k P K; rewrite size_is by exact K; unfold order in K; unfold js_and.
  pose proof (Z.pow_le_mono_r 2 k 30 ltac:(lia) ltac:(lia)); pose proof (Z.pow_pos_nonneg 2 k ltac:(lia) ltac:(lia)).
  rewrite !i32_fits by lia; replace (- 2 ^ k) with (Z.lnot (Z.ones k)) by (unfold Z.lnot; rewrite Z.ones_equiv; lia).
  rewrite <- Z.ldiff_land, Z.ldiff_ones_r by lia; rewrite Z.shiftl_mul_pow2, Z.shiftr_div_pow2 by lia; reflexivity.
Qed.

(* The test of one bit of a word, as the code makes it. *)
Lemma and_mask : forall w i, 0 <= i < 32 -> (js_and w (js_shl 1 i) =? 0) = negb (Z.testbit w i).
Proof.
  intros w i I; unfold js_and; destruct (Z.testbit w i) eqn:T; cbn [negb].
  - apply Z.eqb_neq; intros E; assert (F : Z.testbit (Z.land (i32 w) (i32 (js_shl 1 i))) i = false) by (rewrite E; apply Z.bits_0).
    rewrite Z.land_spec, !i32_bit, mask_bit, T, Z.eqb_refl in F by lia; discriminate.
  - apply Z.eqb_eq, Z.bits_inj'; intros n N; rewrite Z.land_spec, Z.bits_0.
    assert (L : forall m, 0 <= m < 32 -> Z.testbit (i32 w) m && Z.testbit (i32 (js_shl 1 i)) m = false).
    { intros m M; rewrite !i32_bit, mask_bit by lia; destruct (Z.eqb_spec m i) as [-> |]; [rewrite T; reflexivity | apply andb_false_r]. }
    destruct (Z.lt_ge_cases n 32); [apply L; lia |]; rewrite (i32_sign w n), (i32_sign (js_shl 1 i) n) by lia; apply L; lia.
Qed.

(* Complementing one bit of a word, as the code does it. *)
Lemma xor_mask : forall w i n, 0 <= i < 32 -> 0 <= n < 32 ->
  Z.testbit (i32 (js_xor w (js_shl 1 i))) n = xorb (n =? i) (Z.testbit w n).
Proof.
  intros w i n I N; unfold js_xor; rewrite i32_bit, Z.lxor_spec, !i32_bit, mask_bit by lia; apply xorb_comm.
Qed.

(* The first page of a block. *)
Definition head (k x : nat) : nat := Nat.shiftl x k.

(* It is the index times the size. *)
Lemma head_is : forall k x, head k x = (x * 2 ^ k)%nat.
Proof. intros; apply Nat.shiftl_mul_pow2. Qed.

(* Powers of two, in both kinds of numbers. *)
Lemma of_pow : forall k, Z.of_nat (2 ^ k) = 2 ^ Z.of_nat k.
Proof. intros k; rewrite Nat2Z.inj_pow; reflexivity. Qed.

(* The first page of a block, as a number of the code. *)
Lemma of_head : forall k x, Z.of_nat (head k x) = Z.of_nat x * 2 ^ Z.of_nat k.
Proof. intros; rewrite head_is, Nat2Z.inj_mul, of_pow; reflexivity. Qed.

(* It is a multiple of the size. *)
Lemma head_aligned : forall k x, Z.of_nat (head k x) mod 2 ^ Z.of_nat k = 0.
Proof. intros; rewrite of_head; apply Z.mod_mul; pose proof (Z.pow_pos_nonneg 2 (Z.of_nat k)); lia. Qed.

(* Halves, in both kinds of numbers. *)
Lemma of_half : forall x, Z.of_nat (x / 2) = Z.of_nat x / 2.
Proof. intros; rewrite Nat2Z.inj_div; reflexivity. Qed.

(* The pair of a block, by a shift of its first page. *)
Lemma pair_is : forall k x, order (Z.of_nat k) -> Z.of_nat (head k x) < 2 ^ 31 ->
  js_ushr (Z.of_nat (head k x)) (Z.of_nat k + 1) = Z.of_nat (x / 2).
Proof.
  intros k x K B; unfold order in K; rewrite ushr_is by lia; rewrite of_head, of_half, Z.pow_add_r by lia.
  pose proof (Z.pow_pos_nonneg 2 (Z.of_nat k)); rewrite <- Z.div_div by lia; rewrite Z.div_mul by lia; reflexivity.
Qed.

(* The buddy of a block, by complementing one bit of its first page. *)
Lemma buddy_is : forall k x, order (Z.of_nat k) -> Z.of_nat (head k x) < 2 ^ 31 ->
  js_xor (Z.of_nat (head k x)) (js_shl 1 (Z.of_nat k)) = Z.of_nat (head k (buddy x)).
Proof.
  intros k x K B; rewrite size_is by exact K; unfold order in K; unfold js_xor.
  pose proof (Z.pow_le_mono_r 2 (Z.of_nat k) 30 ltac:(lia) ltac:(lia)); pose proof (Z.pow_pos_nonneg 2 (Z.of_nat k) ltac:(lia) ltac:(lia)).
  rewrite !i32_fits by lia; rewrite !of_head.
  replace (2 ^ Z.of_nat k) with (Z.shiftl 1 (Z.of_nat k)) at 2 by (rewrite Z.shiftl_mul_pow2; lia).
  rewrite <- !Z.shiftl_mul_pow2, <- Z.shiftl_lxor by lia; f_equal.
  destruct (halves x) as [[E ->] | [E ->]]; rewrite E at 1; generalize (x / 2)%nat; intros q; apply Z.bits_inj'; intros n N.
  - replace (Z.of_nat (2 * q + 1)) with (2 * Z.of_nat q + 1) by lia; replace (Z.of_nat (2 * q)) with (2 * Z.of_nat q) by lia.
    rewrite Z.lxor_spec; destruct (Z.eq_dec n 0) as [-> | D].
    + rewrite Z.testbit_even_0, Z.testbit_odd_0; reflexivity.
    + replace n with (Z.succ (Z.pred n)) by lia; change 1 with (2 * 0 + 1) at 1.
      rewrite Z.testbit_even_succ, !Z.testbit_odd_succ, Z.bits_0, xorb_false_r by lia; reflexivity.
  - replace (Z.of_nat (2 * q + 1)) with (2 * Z.of_nat q + 1) by lia; replace (Z.of_nat (2 * q)) with (2 * Z.of_nat q) by lia.
    rewrite Z.lxor_spec; destruct (Z.eq_dec n 0) as [-> | D].
    + rewrite Z.testbit_even_0, !Z.testbit_odd_0; reflexivity.
    + replace n with (Z.succ (Z.pred n)) by lia; change 1 with (2 * 0 + 1) at 2.
      rewrite Z.testbit_even_succ, !Z.testbit_odd_succ, Z.bits_0, xorb_false_r by lia; reflexivity.
Qed.

(* The block above, by clearing one bit of the first page. *)
Lemma parent_is : forall k x, order (Z.of_nat k) -> Z.of_nat (head k x) < 2 ^ 31 ->
  js_and (Z.of_nat (head k x)) (js_not (js_shl 1 (Z.of_nat k))) = Z.of_nat (head (S k) (x / 2)).
Proof.
  intros k x K B; rewrite size_is by exact K; unfold order in K; unfold js_and, js_not.
  pose proof (Z.pow_le_mono_r 2 (Z.of_nat k) 30 ltac:(lia) ltac:(lia)); pose proof (Z.pow_pos_nonneg 2 (Z.of_nat k) ltac:(lia) ltac:(lia)).
  rewrite (i32_fits (2 ^ _)) by lia; rewrite !i32_fits by (unfold Z.lnot; lia).
  rewrite <- Z.ldiff_land, !of_head.
  replace (2 ^ Z.of_nat k) with (Z.shiftl 1 (Z.of_nat k)) at 2 by (rewrite Z.shiftl_mul_pow2; lia).
  rewrite <- Z.shiftl_mul_pow2, <- Z.shiftl_ldiff by lia; change 1 with (Z.ones 1) at 1.
  rewrite Z.ldiff_ones_r by lia; rewrite Z.shiftl_shiftl, Z.shiftl_mul_pow2, Z.shiftr_div_pow2, of_half by lia.
  f_equal; f_equal; lia.
Qed.
