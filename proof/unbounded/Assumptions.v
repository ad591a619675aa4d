(* What each theorem rests on; coqc prints it, and it must be nothing. *)
From Buddy Require Import Pages Zone Allocate History Swap Code Links.
From Buddy Require Import Rings Map Frees Grants.

Print Assumptions give_holds.
Print Assumptions expand_holds.
Print Assumptions rmqueue_holds.
Print Assumptions allocates_iff.
Print Assumptions restored.
Print Assumptions history_leaves_no_trace.
Print Assumptions handed_over.
Print Assumptions any_order.
Print Assumptions inside_the_zone.
Print Assumptions inside_the_map.
Print Assumptions map_cannot_tell.
Print Assumptions swapped_holds.
Print Assumptions give_swapped.
Print Assumptions swap_at_keeps_parents.
Print Assumptions swap_at_undone.
Print Assumptions code_gives.
Print Assumptions code_expands.
Print Assumptions list_add_ring.
Print Assumptions list_del_ring.
Print Assumptions list_add_is.
Print Assumptions list_del_is.
Print Assumptions next_of_head.
Print Assumptions list_add_rings.
Print Assumptions list_del_rings.
Print Assumptions mark_used_is.
Print Assumptions mark_used_marks.
Print Assumptions free_pages_ok_gives.
Print Assumptions expand_splits.
Print Assumptions rmqueue_takes.
Print Assumptions rmqueue_lacks.
