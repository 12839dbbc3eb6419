# --- solutions: how many activations of a family keep each target --------------------------------

if (in_terminal) {
    bottom = bottom + 30.0 / height
} else {
    top = top - 44.0 / height
}
set bmargin at screen bottom
set tmargin at screen top
on_x(v) = x_log ? log10(v) : v
on_y(v) = y_log ? log10(v) : v
if (x_log) {
    set logscale x
    set format x power_of_ten
}
set xlabel 'mean μ' textcolor rgb ink
set ylabel 'variance ν' textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (y_log) eval log_ticks
set x2range [on_x(x_min):on_x(x_max)]
set y2range [on_y(y_min):on_y(y_max)]
unset x2tics
unset y2tics
set tics front
unset colorbox

# Colours of unlike greys, darker where there are more; blue where one attracts.
array shades[6] = ['#ffffff', '#ececec', '#fdc98c', '#a8550a', '#6aaad4', '#08306b']
array meanings[6] = ['not known', 'no solution', '1 solution', '2 or more', '1, attracting', \
    '2 or more, attracting']
set palette maxcolors 6 defined (0 shades[1], 1 shades[2], 2 shades[3], 3 shades[4], 4 shades[5], \
    5 shades[6])
set cbrange [-0.5:5.5]
class(count, attracts) = !(count >= 0) ? 0 : count < 1 ? 1 : \
    (count < 2 ? 2 : 3) + (attracts > 0 ? 2 : 0)
key_y = in_terminal ? 16.0 / height : top + 22.0 / height
set key at screen left - 0.005, key_y left center vertical maxrows 2 Left reverse \
    samplen 1.4 font font_name.',9'
has_target = target_x == target_x && target_y == target_y

# Text has signs for colours.
array signs[6] = ['?', '.', '1', '2', '1*', '2*']
step_x = (nx - 1) / 28 + 1
step_y = (ny - 1) / 16 + 1

plot for [i = 1:!in_terminal] data skip 1 every image_x:image_y:image_x0:image_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))): \
            (class(column(solutions_column), column(attracting_column))) \
        axes x2y2 with image notitle, \
    for [i = 1:in_terminal] data skip 1 every step_x:step_y:(step_x / 2):(step_y / 2) \
        using x_column:y_column: \
            (signs[1 + class(column(solutions_column), column(attracting_column))]) \
        with labels notitle, \
    for [i = 1:has_target] '+' using (target_x):(target_y) every ::0::0 with points pointtype 7 \
        pointsize 2 linecolor rgb '#ffffff' notitle, \
    for [i = 1:has_target] '+' using (target_x):(target_y) every ::0::0 with points pointtype 7 \
        pointsize 1.5 linecolor rgb '#000000' notitle, \
    for [i = 1:6] keyentry with boxes fillstyle solid 1 border rgb '#7f7f7f' \
        fillcolor rgb shades[i] title counts[i] > 0 ? (in_terminal ? signs[i].' ' : '').meanings[i] : '', \
    for [i = 1:has_target] keyentry with points pointtype 7 pointsize 1.3 \
        linecolor rgb '#000000' title 'target'
