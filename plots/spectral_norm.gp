# --- spectral_norm: where the map contracts (below 1), and where it need not --------------------

z_label = 'spectral norm of the Jacobian'
main_level = 1
z_at(i) = column(z_column)
z_levels = sprintf('incremental %.17g, %.17g, %.17g', level_from, level_step, level_to)
is_free(a, b) = 1
level_name(value) = gprintf('%.4g', value)

