(* Generated from src, by proof/front/coq: do not edit. Words.v says what the words mean. *)
From Coq Require Import ZArith Bool String.
From Buddy Require Import Words.
Open Scope Z_scope.

(* src/buddy/answer.ts rejected *)
Definition rejected (z : zone) (misuse : string) : result (outcome * zone) :=
  Done ((Outcome_rejected misuse), z).

(* src/buddy/owner.ts grant *)
Definition OwnerTable_grant_owners (z : zone) (page order : Z) : result (unit * zone) :=
  let z := with_owners z (write_byte (owners z) page order) in
  Done (tt, z).

(* src/buddy/allocator.ts allocate *)
Definition allocate (core : core) (z : zone) (order : Z) : result (outcome * zone) :=
  if (order <? 0) then
    do (v0, z) <- rejected z "no-such-order"%string;
    Done (v0, z)
  else
  if ((orders z) <=? order) then
    Done ((Outcome_exhausted), z)
  else
  do (v1, z) <- take core z order;
  let page := v1 in
  if (page =? (- 1)) then
    Done ((Outcome_exhausted), z)
  else
  do (v2, z) <- OwnerTable_grant_owners z page order;
  Done ((Outcome_granted ((base z) + page)), z).

(* src/buddy/owner.ts get *)
Definition OwnerTable_get_owners (z : zone) (page : Z) : result (Z * zone) :=
  let owner := (read (owners z) page) in
  match owner with
  | None =>
    Bug "owner"%string page
  | Some owner =>
    Done (owner, z)
  end.

Fixpoint isInside_loop0 (rounds : nat) (page offset orders order : Z) (z : zone) : result (ended (Z) bool * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (order <? orders) then
      let head := ((js_and (page + offset) (- (js_shl 1 order))) - offset) in
      do (v1, z) <- (if (0 <=? head) then do (v0, z) <- OwnerTable_get_owners z head; Done ((v0 =? order), z) else Done (false, z));
      if v1 then
        Done (Returned true, z)
      else
      let order := (order + 1) in
      isInside_loop0 rounds page offset orders order z
    else
    Done (Left order, z)
  end.

(* src/buddy/allocator.ts #isInside *)
Definition isInside (z : zone) (page : Z) : result (bool * zone) :=
  let offset := (offset z) in
  let orders := (orders z) in
  let order := 1 in
  do (e2, z) <- isInside_loop0 (most_rounds z) page offset orders order z;
  match e2 with
  | Returned value => Done (value, z)
  | Left order =>
    Done (false, z)
  end.

(* src/buddy/allocator.ts misuseOf *)
Definition misuseOf (z : zone) (head order : Z) : result ((option string) * zone) :=
  let base := (base z) in
  let offset := (offset z) in
  let orders := (orders z) in
  let pages := (pages z) in
  let page := (head - base) in
  if ((page <? 0) || (pages <=? page))%bool then
    Done ((Some "out-of-range"%string), z)
  else
  do (v0, z) <- OwnerTable_get_owners z page;
  let owner := v0 in
  if ((owner =? order) && (0 <=? order))%bool then
    Done (None, z)
  else
  if (((order <? 0) || (orders <=? order))%bool || (pages <? (page + (2 ^ order))))%bool then
    Done ((Some "out-of-range"%string), z)
  else
  if (0 <=? owner) then
    Done ((Some "wrong-order"%string), z)
  else
  if (negb ((js_and (page + offset) ((js_shl 1 order) - 1)) =? 0)) then
    Done ((Some "misaligned"%string), z)
  else
  do (v1, z) <- isInside z page;
  if v1 then
    Done ((Some "inner-page"%string), z)
  else
  Done ((Some (if (owner =? (- 1)) then "double-free"%string else "never-allocated"%string)), z).

(* src/buddy/owner.ts free *)
Definition OwnerTable_free_owners (z : zone) (page : Z) : result (unit * zone) :=
  let z := with_owners z (write_byte (owners z) page (- 1)) in
  Done (tt, z).

(* src/buddy/allocator.ts free *)
Definition free (core : core) (z : zone) (head order : Z) : result (outcome * zone) :=
  do (v0, z) <- misuseOf z head order;
  let misuse := v0 in
  match misuse with
  | None =>
    let page := (head - (base z)) in
    do (v1, z) <- OwnerTable_free_owners z page;
    do (v2, z) <- give core z page order;
    Done ((Outcome_done), z)
  | Some misuse =>
    do (v3, z) <- rejected z misuse;
    Done (v3, z)
  end.

(* src/buddy/owner.ts handOver *)
Definition OwnerTable_handOver_owners (z : zone) (page : Z) : result (unit * zone) :=
  let z := with_owners z (write_byte (owners z) page (- 2)) in
  Done (tt, z).

(* src/buddy/allocator.ts handOver *)
Definition handOver (core : core) (z : zone) (frame : Z) : result (outcome * zone) :=
  let page := (frame - (base z)) in
  if ((page <? 0) || ((pages z) <=? page))%bool then
    do (v0, z) <- rejected z "no-such-frame"%string;
    Done (v0, z)
  else
  do (v1, z) <- OwnerTable_get_owners z page;
  let owner := v1 in
  if (owner =? (- 4)) then
    do (v2, z) <- rejected z "no-such-frame"%string;
    Done (v2, z)
  else
  if (negb (owner =? (- 3))) then
    do (v3, z) <- rejected z "handed-over-twice"%string;
    Done (v3, z)
  else
  do (v4, z) <- OwnerTable_handOver_owners z page;
  do (v5, z) <- give core z page 0;
  Done ((Outcome_done), z).

(* src/buddy/arithmetic.ts getOrder *)
Definition getOrder (z : zone) (pages : Z) : result (Z * zone) :=
  Done ((32 - (js_clz32 (pages - 1))), z).

(* src/buddy/allocator.ts allocatePages *)
Definition allocatePages (core : core) (z : zone) (pages : Z) : result (outcome * zone) :=
  if (pages <? 1) then
    do (v0, z) <- rejected z "no-such-order"%string;
    Done (v0, z)
  else
  do (v3, z) <- (if ((Words.pages z) <? pages) then Done ((Outcome_exhausted), z) else do (v1, z) <- getOrder z pages; do (v2, z) <- allocate core z v1; Done (v2, z));
  Done (v3, z).
