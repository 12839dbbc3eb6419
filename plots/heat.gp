
# --- a heat map: colours diverging from the main level, level lines with their values -----------

right = 1 - 118.0 / width
set rmargin at screen right
unset key

if (x_log) {
    set logscale x
    set format x power_of_ten
}
if (y_log) {
    set logscale y
    set format y power_of_ten
}
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
if (!in_terminal) set cblabel z_label textcolor rgb ink offset 1
set xrange [x_min:x_max]
set yrange [y_min:y_max]
set x2range [from_x:from_x + across]
set y2range [from_y:from_y + up]
unset x2tics
unset y2tics

set format cb '% g'
set cbrange [centre - reach:centre + reach]
set palette defined (-4 '#053061', -3 '#2166ac', -2 '#4393c3', -1 '#a6cee3', 0 '#f7f7f7', \
    1 '#fdc98c', 2 '#e08214', 3 '#b35806', 4 '#6b3206')
set style textbox opaque noborder fillcolor rgb '#f7f7f7' margins 0.4, 0.4
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set tics front

plot data skip 1 every image_x:image_y:image_x0:image_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):z_column axes x2y2 with image, \
    for [i = 1:levels] $levels using 1:($3 > main_level ? $2 : NaN) axes x2y2 with lines linewidth 0.8 \
        linecolor rgb ink, \
    for [i = 1:levels] $levels using 1:($3 < main_level ? $2 : NaN) axes x2y2 with lines linewidth 0.8 dashtype 2 \
        linecolor rgb ink, \
    for [i = 1:main] $main using 1:2 axes x2y2 with lines linewidth 2.4 linecolor rgb '#000000', \
    for [i = 1:placed > 0] $numbers using 1:2:3 axes x2y2 with labels boxed \
        font font_name.',8' textcolor rgb ink, \
    for [i = 1:fixed_count > 0] $fixed using 1:2 with points pointtype 7 pointsize 1.7 \
        linecolor rgb '#ffffff', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 7 \
        pointsize 1.4 linecolor rgb '#000000', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? NaN : $2) with points pointtype 6 \
        pointsize 1.4 linewidth 2 linecolor rgb '#000000'
