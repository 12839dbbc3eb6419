# --- boxes: how a bound was proved: the boxes it was split into, each with a bound of its own -----

right = 1 - 118.0 / width
set rmargin at screen right
unset key
set datafile separator "\t"
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (y_log) eval log_ticks
if (x_pad) set xtics (sprintf('%g', x_min + x_pad) x_min + x_pad)
if (y_pad) set ytics (sprintf('%g', y_min + y_pad) y_min + y_pad)

# The dark end is where the bound is met most closely.
set palette defined (0 '#f7fbff', 1 '#c6d7e8', 2 '#7fa6cf', 3 '#2f6db0', 4 '#08306b')
if (!z_is_upper) set palette negative
set cbrange [z_min:z_max]
set format cb '% g'
if (!in_terminal) set cblabel (z_is_upper ? 'upper bound of ' : 'lower bound of ').quantity noenhanced \
    textcolor rgb ink offset 1.5
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set tics front
outline = box_count > 20000 ? 0.1 : box_count > 2000 ? 0.2 : 0.35
set style fill solid 1 border rgb '#5f6f80'

plot data skip 1 index block \
        using ((column(x_lower) + column(x_upper)) / 2):((column(y_lower) + column(y_upper)) / 2): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad):z_column \
        with boxxyerror linewidth outline fillcolor palette
