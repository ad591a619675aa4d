(* What the theorems rest on; coqc prints it, and it must be nothing. *)
From Buddy Require Import Pages Zone Allocate History Swap Code Links.
From Buddy Require Import Rings Map Starts Frees Grants Runs Order.

(* All of them in one value: so coqc goes only once through what they rest on. *)
Definition theorems := (
  @give_holds,
  @expand_holds,
  @rmqueue_holds,
  @allocates_iff,
  @restored,
  @history_leaves_no_trace,
  @handed_over,
  @any_order,
  @inside_the_zone,
  @inside_the_map,
  @map_cannot_tell,
  @swapped_holds,
  @give_swapped,
  @swap_at_keeps_parents,
  @swap_at_undone,
  @code_gives,
  @code_expands,
  @list_add_ring,
  @list_del_ring,
  @list_add_is,
  @list_del_is,
  @next_of_head,
  @list_add_rings,
  @list_del_rings,
  @mark_used_is,
  @mark_used_marks,
  @maps_fit,
  @init_zone_starts,
  @free_pages_ok_gives,
  @expand_splits,
  @rmqueue_takes,
  @rmqueue_lacks,
  @reached_represents,
  @never_stops,
  @never_twice,
  @outstanding_apart,
  @none_lost,
  @refused_iff,
  @refusal_changes_nothing,
  @grant_places,
  @free_places).

Print Assumptions theorems.
