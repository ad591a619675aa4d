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

(* How many of a word's 32 bits are 0 before the first that is 1. *)
Definition js_clz32 (a : Z) : Z := if i32 a =? 0 then 32 else 31 - Z.log2 (i32 a mod 2 ^ 32).

(* An Int32Array: a read out of bounds gives nothing, a write there is dropped. *)
Record array := { length : Z; word : Z -> Z }.

Definition within (a : array) (i : Z) : bool := (0 <=? i) && (i <? length a).

Definition read (a : array) (i : Z) : option Z := if within a i then Some (word a i) else None.

Definition write (a : array) (i v : Z) : array :=
  if within a i then {| length := length a; word := fun j => if j =? i then i32 v else word a j |} else a.

(* An Int8Array: what is written keeps its lowest 8 bits. *)
Definition i8 (x : Z) : Z := (x + 2 ^ 7) mod 2 ^ 8 - 2 ^ 7.

Definition write_byte (a : array) (i v : Z) : array :=
  if within a i then {| length := length a; word := fun j => if j =? i then i8 v else word a j |} else a.

(* A place in an array as `fill` takes it: from the end if it is negative, and never beyond either. *)
Definition placed (a : array) (i : Z) : Z := if i <? 0 then Z.max 0 (length a + i) else Z.min i (length a).

(* `fill`: from a place on, up to another. `store`: what an element makes of a number. *)
Definition fill (store : Z -> Z) (a : array) (v from last : Z) : array :=
  {| length := length a;
     word := fun j => if ((placed a from <=? j) && (j <? placed a last))%bool then store v else word a j |}.

Record zone := {
  pages : Z;
  orders : Z;
  base : Z;
  offset : Z;
  firstBits : array;
  links : array;
  map : array;
  counters : array;
  buddyFlag : array;
  privateOrder : array;
  owners : array }.

Definition with_links (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := a; map := map z;
     counters := counters z; buddyFlag := buddyFlag z; privateOrder := privateOrder z; owners := owners z |}.

Definition with_map (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := links z; map := a;
     counters := counters z; buddyFlag := buddyFlag z; privateOrder := privateOrder z; owners := owners z |}.

Definition with_counters (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := links z; map := map z;
     counters := a; buddyFlag := buddyFlag z; privateOrder := privateOrder z; owners := owners z |}.

Definition with_buddyFlag (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := links z; map := map z;
     counters := counters z; buddyFlag := a; privateOrder := privateOrder z; owners := owners z |}.

Definition with_privateOrder (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := links z; map := map z;
     counters := counters z; buddyFlag := buddyFlag z; privateOrder := a; owners := owners z |}.

Definition with_owners (z : zone) (a : array) : zone :=
  {| pages := pages z; orders := orders z; base := base z; offset := offset z; firstBits := firstBits z; links := links z; map := map z;
     counters := counters z; buddyFlag := buddyFlag z; privateOrder := privateOrder z; owners := a |}.

(* How many rounds a loop of the code may take: none takes more than one for each page and each order. *)
Definition most_rounds (z : zone) : nat := S (Z.to_nat (pages z + orders z)).

(* What code leads to: an answer, a bug that it reports with a number, or no end within the rounds that it was given. *)
Inductive result (A : Type) := Done (a : A) | Bug (what : string) (n : Z) | Fuel.
Arguments Done {A}. Arguments Bug {A}. Arguments Fuel {A}.

Definition bind {A B} (x : result A) (f : A -> result B) : result B :=
  match x with Done a => f a | Bug what n => Bug what n | Fuel => Fuel end.

Notation "'do' p <- x ; f" := (bind x (fun p => f)) (at level 200, p pattern, f at level 200).

Definition or_bug (x : option Z) (what : string) (n : Z) : result Z :=
  match x with Some v => Done v | None => Bug what n end.

Definition or_else (x : option Z) (v : Z) : Z := match x with Some w => w | None => v end.

(* The operations of a kernel, below the public face. *)
Record core := { take : zone -> Z -> result (Z * zone); give : zone -> Z -> Z -> result (unit * zone) }.

(* What the public face answers. *)
Inductive outcome := Outcome_granted (frame : Z) | Outcome_exhausted | Outcome_done | Outcome_rejected (misuse : string).

(* How a loop ends: with what its names stand for then, or with what the function returns. *)
Inductive ended (N R : Type) := Left (names : N) | Returned (value : R).
Arguments Left {N R}. Arguments Returned {N R}.
