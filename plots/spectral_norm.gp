# --- spectral_norm: where the map contracts (below 1), and where it need not --------------------

z_label = 'spectral norm of the Jacobian'
main_level = 1
