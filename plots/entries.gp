# --- entries: how many layers until every start is in the smaller box -----------------------------

right = 1 - 118.0 / width
bottom = bottom + 30.0 / height
set rmargin at screen right
set bmargin at screen bottom
set datafile separator "\t"
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (y_log) eval log_ticks
# A colour a number of layers.
steps = int(z_max - z_min + 1.5)
set palette maxcolors steps > 1 ? steps : 2
set palette defined (0 '#edf3f9', 1 '#c6d7e8', 2 '#7fa6cf', 3 '#2f6db0', 4 '#08306b')
set cbrange [z_min - 0.5:z_min - 0.5 + (steps > 1 ? steps : 2)]
set cbtics z_min, steps > 12 ? int(steps / 6) : 1, z_max
set format cb '%g'
if (!in_terminal) set cblabel 'layers until inside' textcolor rgb ink offset 1.5
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
if (proved_count == 0) unset colorbox
set key at screen left - 0.01, 16.0 / height left center vertical maxrows 1 Left reverse \
    samplen 1.6 font font_name.',9'
set tics front

is(word) = strcol(verdict_column) eq word
middle_x(i) = (column(x_lower) + column(x_upper)) / 2
middle_y(i) = (column(y_lower) + column(y_upper)) / 2
$target << END
END
set print $target
print sprintf("%.12g\t%.12g", target_x_min, target_y_min)
print sprintf("%.12g\t%.12g", target_x_max, target_y_min)
print sprintf("%.12g\t%.12g", target_x_max, target_y_max)
print sprintf("%.12g\t%.12g", target_x_min, target_y_max)
print sprintf("%.12g\t%.12g", target_x_min, target_y_min)
unset print

plot data skip 1 index block using (is('proved') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad):z_column \
        with boxxyerror linewidth 0.3 fillstyle solid 1 border rgb '#ffffff' fillcolor palette notitle, \
    data skip 1 index block using (is('undecided') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad) \
        with boxxyerror fillstyle pattern 5 noborder linecolor rgb '#595959' notitle, \
    data skip 1 index block using (is('refuted') ? middle_x(0) : NaN):(middle_y(0)): \
            (column(x_lower) - x_pad):(column(x_upper) + x_pad): \
            (column(y_lower) - y_pad):(column(y_upper) + y_pad) \
        with boxxyerror fillstyle pattern 4 noborder linecolor rgb '#d55e00' notitle, \
    for [i = 1:target_x_min == target_x_min] $target using 1:2 with lines linewidth 3.6 \
        linecolor rgb '#ffffff' notitle, \
    for [i = 1:target_x_min == target_x_min] $target using 1:2 with lines linewidth 2 \
        linecolor rgb '#000000' title 'the box to be entered', \
    for [i = 1:refuted_count > 0] keyentry with boxes fillstyle pattern 4 border rgb '#d55e00' \
        fillcolor rgb '#d55e00' title 'refuted', \
    for [i = 1:undecided_count > 0] keyentry with boxes fillstyle pattern 5 border rgb '#595959' \
        fillcolor rgb '#595959' title 'undecided'
