# --- variance_change: where a layer makes the variance grow, and where shrink -------------------

z_label = 'change of the variance, ν_{next} − ν'
main_level = 0
z_at(i) = column(z_column)
z_levels = sprintf('incremental %.17g, %.17g, %.17g', level_from, level_step, level_to)
is_free(a, b) = 1
level_name(value) = gprintf('%.4g', value)

