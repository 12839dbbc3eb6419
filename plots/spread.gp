# --- spread: how much the replicas of a network differ ------------------------------------------

set logscale xy
set xrange [x_min / 1.25:x_max * 1.25]
set yrange [y_min / 1.6:y_max * 1.6]
set format y power_of_ten
unset mxtics
set xlabel x_label noenhanced textcolor rgb ink
set ylabel sprintf('standard deviation over replicas of the variance at layer %g', last_layer) \
    textcolor rgb ink
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
set key at graph 0.98, graph 0.97 right top Left reverse samplen 2.4 spacing 1.25 \
    font font_name.',9'

slope_text = slope == slope ? gprintf('fitted slope %.2f', slope) : ''
plot middle_y * (x / middle_x)**-0.5 with lines linewidth 1.1 dashtype (16, 10) \
        linecolor rgb '#595959' title '∝ 1/√'.x_label, \
    middle_y * middle_x / x with lines linewidth 1.1 dashtype (4, 6) \
        linecolor rgb '#595959' title '∝ 1/'.x_label, \
    for [i = 1:count] $points index i - 1 using 1:2:3:xticlabels(1) with yerrorlines linewidth 1.5 \
        pointtype marker(i) pointsize 0.9 linecolor rgb colour(i) title labels[i], \
    for [i = 1:slope == slope] keyentry with dots linecolor rgb '#ffffff' title slope_text
