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

(* src/words/field.ts put *)
Definition Field_put_buddyFlag (z : zone) (index value : Z) : result (unit * zone) :=
  if ((length (buddyFlag z)) <=? index) then
    Bug "page field"%string index
  else
  let z := with_buddyFlag z (write (buddyFlag z) index value) in
  Done (tt, z).

(* src/words/field.ts put *)
Definition Field_put_privateOrder (z : zone) (index value : Z) : result (unit * zone) :=
  if ((length (privateOrder z)) <=? index) then
    Bug "page field"%string index
  else
  let z := with_privateOrder z (write (privateOrder z) index value) in
  Done (tt, z).

(* src/buddy/page-buddy.ts rmvPageOrder *)
Definition rmvPageOrder (z : zone) (page : Z) : result (unit * zone) :=
  do (v0, z) <- Field_put_buddyFlag z page 0;
  do (v1, z) <- Field_put_privateOrder z page 0;
  Done (tt, z).

(* src/buddy/page-buddy.ts delist *)
Definition delist (z : zone) (page order : Z) : result (unit * zone) :=
  do (v0, z) <- listDel z page;
  do (v1, z) <- rmvPageOrder z page;
  do (v2, z) <- Field_add_counters z (1 + order) (- 1);
  Done (tt, z).

(* src/buddy/page-buddy.ts setPageOrder *)
Definition setPageOrder (z : zone) (page order : Z) : result (unit * zone) :=
  do (v0, z) <- Field_put_buddyFlag z page 1;
  do (v1, z) <- Field_put_privateOrder z page order;
  Done (tt, z).

(* src/buddy/page-buddy.ts enlist *)
Definition enlist (z : zone) (page order : Z) : result (unit * zone) :=
  do (v0, z) <- setPageOrder z page order;
  do (v1, z) <- freeListOf z order;
  do (v2, z) <- listAdd z page v1;
  do (v3, z) <- Field_add_counters z (1 + order) 1;
  Done (tt, z).

Fixpoint page_buddy_expand_loop0 (rounds : nat) (page low high order : Z) (z : zone) : result (ended (Z) unit * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (low <=? order) then
      do (v0, z) <- enlist z (page + (js_shl 1 order)) order;
      let order := (order - 1) in
      page_buddy_expand_loop0 rounds page low high order z
    else
    Done (Left order, z)
  end.

(* src/buddy/page-buddy.ts expand *)
Definition page_buddy_expand (z : zone) (page low high : Z) : result (unit * zone) :=
  let order := (high - 1) in
  do (e1, z) <- page_buddy_expand_loop0 (most_rounds z) page low high order z;
  match e1 with
  | Returned value => Done (value, z)
  | Left order =>
    Done (tt, z)
  end.

Fixpoint rmqueueSmallest_loop0 (rounds : nat) (order current : Z) (z : zone) : result (ended (Z) Z * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (current <? (orders z)) then
      do (v0, z) <- freeListOf z current;
      let freeList := v0 in
      do (v1, z) <- nextOf z freeList;
      let page := v1 in
      if (page =? freeList) then
        let current := (current + 1) in
        rmqueueSmallest_loop0 rounds order current z
      else
      do (v2, z) <- delist z page current;
      do (v3, z) <- Field_add_counters z 0 (- (js_shl 1 order));
      do (v4, z) <- page_buddy_expand z page order current;
      Done (Returned page, z)
    else
    Done (Left current, z)
  end.

(* src/buddy/page-buddy.ts rmqueueSmallest *)
Definition rmqueueSmallest (z : zone) (order : Z) : result (Z * zone) :=
  let current := order in
  do (e5, z) <- rmqueueSmallest_loop0 (most_rounds z) order current z;
  match e5 with
  | Returned value => Done (value, z)
  | Left current =>
    Done ((- 1), z)
  end.

(* src/buddy/page-buddy.ts pageFindBuddy *)
Definition pageFindBuddy (z : zone) (pageIndex order : Z) : result (Z * zone) :=
  Done ((js_xor pageIndex (js_shl 1 order)), z).

(* src/words/field.ts get *)
Definition Field_get_buddyFlag (z : zone) (index : Z) : result (Z * zone) :=
  let value := (read (buddyFlag z) index) in
  match value with
  | None =>
    Bug "page field"%string index
  | Some value =>
    Done (value, z)
  end.

(* src/words/field.ts get *)
Definition Field_get_privateOrder (z : zone) (index : Z) : result (Z * zone) :=
  let value := (read (privateOrder z) index) in
  match value with
  | None =>
    Bug "page field"%string index
  | Some value =>
    Done (value, z)
  end.

(* src/buddy/page-buddy.ts pageIsBuddy *)
Definition pageIsBuddy (z : zone) (buddy order : Z) : result (bool * zone) :=
  if ((buddy <? 0) || ((pages z) <=? buddy))%bool then
    Done (false, z)
  else
  do (v0, z) <- Field_get_buddyFlag z buddy;
  do (v2, z) <- (if (v0 =? 1) then do (v1, z) <- Field_get_privateOrder z buddy; Done ((v1 =? order), z) else Done (false, z));
  Done (v2, z).

(* src/buddy/page-buddy.ts findCombinedIndex *)
Definition findCombinedIndex (z : zone) (pageIndex order : Z) : result (Z * zone) :=
  Done ((js_and pageIndex (js_not (js_shl 1 order))), z).

Fixpoint freeOnePage_loop0 (rounds : nat) (page order offset pageIndex current : Z) (z : zone) : result (ended (Z * Z) unit * zone) :=
  match rounds with
  | O => Fuel
  | S rounds =>
    if (current <? ((orders z) - 1)) then
      do (v1, z) <- pageFindBuddy z pageIndex current;
      let buddy := (v1 - offset) in
      do (v2, z) <- pageIsBuddy z buddy current;
      if (negb v2) then
        Done (Left (pageIndex, current), z)
      else
      do (v3, z) <- delist z buddy current;
      do (v4, z) <- findCombinedIndex z pageIndex current;
      let pageIndex := v4 in
      let current := (current + 1) in
      freeOnePage_loop0 rounds page order offset pageIndex current z
    else
    Done (Left (pageIndex, current), z)
  end.

(* src/buddy/page-buddy.ts freeOnePage *)
Definition freeOnePage (z : zone) (page order : Z) : result (unit * zone) :=
  let offset := (offset z) in
  let pageIndex := (page + offset) in
  if (negb ((js_and pageIndex ((js_shl 1 order) - 1)) =? 0)) then
    Bug "misaligned page"%string page
  else
  do (v0, z) <- Field_add_counters z 0 (js_shl 1 order);
  let current := order in
  do (e5, z) <- freeOnePage_loop0 (most_rounds z) page order offset pageIndex current z;
  match e5 with
  | Returned value => Done (value, z)
  | Left (pageIndex, current) =>
    do (v6, z) <- enlist z (pageIndex - offset) current;
    Done (tt, z)
  end.

(* src/buddy/allocator.ts CORES *)
Definition core_2_4 : core := {| take := rmqueue; give := freePagesOk |}.

(* src/buddy/allocator.ts CORES *)
Definition core_2_6 : core := {| take := rmqueueSmallest; give := freeOnePage |}.
