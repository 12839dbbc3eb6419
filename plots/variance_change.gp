# --- variance_change: where a layer makes the variance grow, and where shrink -------------------

z_label = 'change of the variance, ν_{next} − ν'
main_level = 0
