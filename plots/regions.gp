# --- regions: for which weights a unique attracting fixed point is certified ----------------------

right = 1 - 130.0 / width
bottom = bottom + 30.0 / height
set rmargin at screen right
set bmargin at screen bottom
set datafile separator "\t"
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (y_log) eval log_ticks
set palette defined (0 '#08306b', 1 '#2f6db0', 2 '#92b5d9')
# One factor for all needs no scale.
flat = z_max - z_min < 1e-4
set cbrange [z_min - (flat ? 1 : 0):z_max + (flat ? 1 : 0)]
set format cb '% g'
if (!in_terminal) set cblabel 'distances shrink by this factor a layer' textcolor rgb ink offset 1
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
if (proved_count == 0 || flat) unset colorbox
proved_title = flat ? sprintf('proved: distances shrink by %.4g a layer', z_max) : 'proved'
set key at screen left - 0.01, 16.0 / height left center vertical maxrows 1 Left reverse \
    samplen 1.6 font font_name.',9'
set tics front

is(word) = strcol(verdict_column) eq word
middle_x(i) = (column(x_lower) + column(x_upper)) / 2
middle_y(i) = (column(y_lower) + column(y_upper)) / 2

plot data skip 1 index block using (is('undecided') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad) \
        with boxxyerror linewidth 0.3 fillstyle solid 1 border rgb '#ffffff' fillcolor rgb '#ebebeb' \
        notitle, \
    data skip 1 index block using (is('refuted') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad) \
        with boxxyerror fillstyle pattern 4 noborder linecolor rgb '#d55e00' notitle, \
    data skip 1 index block using (is('proved') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad):z_column \
        with boxxyerror linewidth 0.3 fillstyle solid 1 border rgb '#ffffff' fillcolor palette notitle, \
    for [i = 1:proved_count > 0] keyentry with boxes fillstyle solid 1 noborder \
        linecolor rgb '#2f6db0' title proved_title, \
    for [i = 1:refuted_count > 0] keyentry with boxes fillstyle pattern 4 border rgb '#d55e00' \
        fillcolor rgb '#d55e00' title 'refuted', \
    for [i = 1:undecided_count > 0] keyentry with boxes fillstyle solid 1 noborder \
        linecolor rgb '#ebebeb' title 'undecided'
