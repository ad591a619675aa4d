(* What the generated definitions are written in: numbers of JavaScript, typed arrays, and code that may stop. By hand. *)
From Coq Require Import ZArith Bool String.
Open Scope Z_scope.

Definition i32 (x : Z) : Z := (x + 2 ^ 31) mod 2 ^ 32 - 2 ^ 31.
Definition js_and (a b : Z) : Z := Z.land (i32 a) (i32 b).
Definition js_or (a b : Z) : Z := Z.lor (i32 a) (i32 b).
Definition js_xor (a b : Z) : Z := Z.lxor (i32 a) (i32 b).
Definition js_not (a : Z) : Z := Z.lnot (i32 a).
Definition js_shl (a b : Z) : Z := i32 (Z.shiftl (i32 a) (Z.land b 31)).
Definition js_shr (a b : Z) : Z := Z.shiftr (i32 a) (Z.land b 31).
Definition js_ushr (a b : Z) : Z := Z.shiftr (i32 a mod 2 ^ 32) (Z.land b 31).

(* An Int32Array: a read out of bounds gives nothing, a write there is dropped. *)
Record array := { length : Z; word : Z -> Z }.

Definition within (a : array) (i : Z) : bool := (0 <=? i) && (i <? length a).

Definition read (a : array) (i : Z) : option Z := if within a i then Some (word a i) else None.

Definition write (a : array) (i v : Z) : array :=
  if within a i then {| length := length a; word := fun j => if j =? i then i32 v else word a j |} else a.

Record zone := { pages : Z; orders : Z; firstBits : array; links : array; map : array; counters : array }.

Definition with_links (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; firstBits := firstBits z; links := a; map := map z; counters := counters z |}.

Definition with_map (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; firstBits := firstBits z; links := links z; map := a; counters := counters z |}.

Definition with_counters (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; firstBits := firstBits z; links := links z; map := map z; counters := a |}.

(* What code leads to: an answer, a bug that it reports with a number, or no end within the rounds that it was given. *)
Inductive result (A : Type) := Done (a : A) | Bug (what : string) (n : Z) | Fuel.
Arguments Done {A}. Arguments Bug {A}. Arguments Fuel {A}.

Definition bind {A B} (x : result A) (f : A -> result B) : result B :=
  match x with Done a => f a | Bug what n => Bug what n | Fuel => Fuel end.

Notation "'do' p <- x ; f" := (bind x (fun p => f)) (at level 200, p pattern, f at level 200).

Definition or_bug (x : option Z) (what : string) (n : Z) : result Z :=
  match x with Some v => Done v | None => Bug what n end.

Definition or_else (x : option Z) (v : Z) : Z := match x with Some w => w | None => v end.

(* How a loop ends: with what its names stand for then, or with what the function returns. *)
Inductive ended (N R : Type) := Left (names : N) | Returned (value : R).
Arguments Left {N R}. Arguments Returned {N R}.
