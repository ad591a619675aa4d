(* What each theorem rests on; coqc prints it, and it must be nothing. *)
From Buddy Require Import Pages Zone Allocate History Swap Code Links.

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
