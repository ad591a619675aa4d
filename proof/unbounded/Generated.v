(* Generated from src, by proof/front/coq: do not edit. Words.v says what the words mean. *)
From Coq Require Import ZArith Bool String.
From Buddy Require Import Words.
Open Scope Z_scope.

Fixpoint OwnerTable_reset_owners_each0 (items : list (Z * Z)) (base : Z) (z : zone) : result (ended (unit) unit * zone) :=
  match items with
  | nil => Done (Left tt, z)
  | cons item items =>
    let first := (fst item) in
    let count := (snd item) in
    let z := with_owners z (fill i8 (owners z) (- 4) (first - base) ((first - base) + count)) in
    OwnerTable_reset_owners_each0 items base z
  end.

(* src/buddy/owner.ts reset *)
Definition OwnerTable_reset_owners (z : zone) (base : Z) (holes : list (Z * Z)) : result (unit * zone) :=
  let z := with_owners z (fill i8 (owners z) (- 3) 0 (length (owners z))) in
  do (e0, z) <- OwnerTable_reset_owners_each0 holes base z;
  match e0 with
  | Returned value => Done (value, z)
  | Left tt =>
    Done (tt, z)
  end.

(* src/words/list-head.ts initUnlinked *)
Definition initUnlinked (z : zone) (node : Z) : result (unit * zone) :=
  let z := with_links z (write (links z) (2 * node) (- 1)) in
  let z := with_links z (write (links z) ((2 * node) + 1) (- 1)) in
  Done (tt, z).

Fixpoint initZone_loop0 (rounds : nat) (page : Z) (z : zone) : result (ended (Z) unit * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (page <? (pages z)) then
      do (v1, z) <- initUnlinked z page;
      let page := (page + 1) in
      initZone_loop0 rounds page z
    else
    Done (Left page, z)
  end.

(* src/buddy/zone.ts freeListOf *)
Definition freeListOf (z : zone) (order : Z) : result (Z * zone) :=
  Done (((pages z) + order), z).

(* src/words/list-head.ts initListHead *)
Definition initListHead (z : zone) (head : Z) : result (unit * zone) :=
  let z := with_links z (write (links z) (2 * head) head) in
  let z := with_links z (write (links z) ((2 * head) + 1) head) in
  Done (tt, z).

Fixpoint initZone_loop1 (rounds : nat) (page order : Z) (z : zone) : result (ended (Z) unit * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (order <? (orders z)) then
      do (v3, z) <- freeListOf z order;
      do (v4, z) <- initListHead z v3;
      let order := (order + 1) in
      initZone_loop1 rounds page order z
    else
    Done (Left order, z)
  end.

(* src/buddy/zone.ts initZone *)
Definition initZone (z : zone) (holes : list (Z * Z)) : result (unit * zone) :=
  let z := with_counters z (fill i32 (counters z) 0 0 (length (counters z))) in
  let z := with_buddyFlag z (fill i32 (buddyFlag z) 0 0 (length (buddyFlag z))) in
  let z := with_privateOrder z (fill i32 (privateOrder z) 0 0 (length (privateOrder z))) in
  let z := with_map z (fill i32 (map z) 0 0 (length (map z))) in
  do (v0, z) <- OwnerTable_reset_owners z (base z) holes;
  let page := 0 in
  do (e2, z) <- initZone_loop0 (most_rounds z) page z;
  match e2 with
  | Returned value => Done (value, z)
  | Left page =>
    let order := 0 in
    do (e5, z) <- initZone_loop1 (most_rounds z) page order z;
    match e5 with
    | Returned value => Done (value, z)
    | Left order =>
      Done (tt, z)
    end
  end.

(* src/words/list-head.ts nextOf *)
Definition nextOf (z : zone) (node : Z) : result (Z * zone) :=
  do v0 <- or_bug (read (links z) (2 * node)) "node"%string node;
  Done (v0, z).

(* src/words/list-head.ts listDel *)
Definition listDel (z : zone) (node : Z) : result (unit * zone) :=
  let v0 := or_else (read (links z) (2 * node)) (- 1) in
  let next := v0 in
  let v1 := or_else (read (links z) ((2 * node) + 1)) (- 1) in
  let previous := v1 in
  if ((next =? (- 1)) || (previous =? (- 1)))%bool then
    Bug "unlinked node"%string node
  else
  let z := with_links z (write (links z) ((2 * next) + 1) previous) in
  let z := with_links z (write (links z) (2 * previous) next) in
  let z := with_links z (write (links z) (2 * node) (- 1)) in
  let z := with_links z (write (links z) ((2 * node) + 1) (- 1)) in
  Done (tt, z).

(* src/buddy/zone.ts markUsed *)
Definition markUsed (z : zone) (index order : Z) : result (bool * zone) :=
  do v0 <- or_bug (read (firstBits z) order) "order"%string order;
  let bit := (v0 + (js_ushr index (order + 1))) in
  do v1 <- or_bug (read (map z) (js_ushr bit 5)) "map word"%string (js_ushr bit 5);
  let old := v1 in
  let mask := (js_shl 1 (js_and bit 31)) in
  let z := with_map z (write (map z) (js_ushr bit 5) (js_xor old mask)) in
  Done ((negb ((js_and old mask) =? 0)), z).

(* src/words/field.ts add *)
Definition Field_add_counters (z : zone) (index difference : Z) : result (unit * zone) :=
  do v0 <- or_bug (read (counters z) index) "page field"%string index;
  let z := with_counters z (write (counters z) index (v0 + difference)) in
  Done (tt, z).

(* src/words/list-head.ts listAdd *)
Definition listAdd (z : zone) (node head : Z) : result (unit * zone) :=
  do v0 <- or_bug (read (links z) (2 * head)) "list head"%string head;
  let first := v0 in
  let z := with_links z (write (links z) ((2 * first) + 1) node) in
  let z := with_links z (write (links z) (2 * node) first) in
  let z := with_links z (write (links z) ((2 * node) + 1) head) in
  let z := with_links z (write (links z) (2 * head) node) in
  Done (tt, z).

Fixpoint expand_loop0 (rounds : nat) (page low high size order : Z) (z : zone) : result (ended (Z * Z * Z) Z * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (low <? order) then
      let order := (order - 1) in
      let size := (js_ushr size 1) in
      do (v0, z) <- freeListOf z order;
      do (v1, z) <- listAdd z page v0;
      do (v2, z) <- markUsed z page order;
      let page := (page + size) in
      expand_loop0 rounds page low high size order z
    else
    Done (Left (page, size, order), z)
  end.

(* src/buddy/buddy.ts expand *)
Definition expand (z : zone) (page low high : Z) : result (Z * zone) :=
  let size := (js_shl 1 high) in
  let order := high in
  do (e3, z) <- expand_loop0 (most_rounds z) page low high size order z;
  match e3 with
  | Returned value => Done (value, z)
  | Left (page, size, order) =>
    Done (page, z)
  end.

Fixpoint rmqueue_loop0 (rounds : nat) (order current : Z) (z : zone) : result (ended (Z) Z * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (current <? (orders z)) then
      do (v0, z) <- freeListOf z current;
      let freeList := v0 in
      do (v1, z) <- nextOf z freeList;
      let head := v1 in
      if (head =? freeList) then
        let current := (current + 1) in
        rmqueue_loop0 rounds order current z
      else
      do (v2, z) <- listDel z head;
      if (negb (current =? ((orders z) - 1))) then
        do (v3, z) <- markUsed z head current;
        do (v4, z) <- Field_add_counters z 0 (- (js_shl 1 order));
        do (v5, z) <- expand z head order current;
        Done (Returned v5, z)
      else
      do (v6, z) <- Field_add_counters z 0 (- (js_shl 1 order));
      do (v7, z) <- expand z head order current;
      Done (Returned v7, z)
    else
    Done (Left current, z)
  end.

(* src/buddy/buddy.ts rmqueue *)
Definition rmqueue (z : zone) (order : Z) : result (Z * zone) :=
  let current := order in
  do (e8, z) <- rmqueue_loop0 (most_rounds z) order current z;
  match e8 with
  | Returned value => Done (value, z)
  | Left current =>
    Done ((- 1), z)
  end.

Fixpoint freePagesOk_loop0 (rounds : nat) (page order top index current : Z) (z : zone) : result (ended (Z * Z) unit * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (current <? top) then
      do (v1, z) <- markUsed z index current;
      let buddyIsFree := v1 in
      if (negb buddyIsFree) then
        Done (Left (index, current), z)
      else
      do (v2, z) <- listDel z (js_xor index (js_shl 1 current));
      let index := (js_and index (js_not (js_shl 1 current))) in
      let current := (current + 1) in
      freePagesOk_loop0 rounds page order top index current z
    else
    Done (Left (index, current), z)
  end.

(* src/buddy/buddy.ts freePagesOk *)
Definition freePagesOk (z : zone) (page order : Z) : result (unit * zone) :=
  if (negb ((js_and page ((js_shl 1 order) - 1)) =? 0)) then
    Bug "misaligned page"%string page
  else
  do (v0, z) <- Field_add_counters z 0 (js_shl 1 order);
  let top := ((orders z) - 1) in
  let index := page in
  let current := order in
  do (e3, z) <- freePagesOk_loop0 (most_rounds z) page order top index current z;
  match e3 with
  | Returned value => Done (value, z)
  | Left (index, current) =>
    do (v4, z) <- freeListOf z current;
    do (v5, z) <- listAdd z index v4;
    Done (tt, z)
  end.

(* src/buddy/answer.ts rejected *)
Definition rejected (z : zone) (misuse : string) : result (outcome * zone) :=
  Done ((Outcome_rejected misuse), z).

(* src/buddy/owner.ts grant *)
Definition OwnerTable_grant_owners (z : zone) (page order : Z) : result (unit * zone) :=
  let z := with_owners z (write_byte (owners z) page order) in
  Done (tt, z).

(* src/buddy/allocator.ts allocate *)
Definition allocate (z : zone) (order : Z) : result (outcome * zone) :=
  if (order <? 0) then
    do (v0, z) <- rejected z "no-such-order"%string;
    Done (v0, z)
  else
  if ((orders z) <=? order) then
    Done ((Outcome_exhausted), z)
  else
  do (v1, z) <- rmqueue z order;
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
Definition free (z : zone) (head order : Z) : result (outcome * zone) :=
  do (v0, z) <- misuseOf z head order;
  let misuse := v0 in
  match misuse with
  | None =>
    let page := (head - (base z)) in
    do (v1, z) <- OwnerTable_free_owners z page;
    do (v2, z) <- freePagesOk z page order;
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
Definition handOver (z : zone) (frame : Z) : result (outcome * zone) :=
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
  do (v5, z) <- freePagesOk z page 0;
  Done ((Outcome_done), z).
