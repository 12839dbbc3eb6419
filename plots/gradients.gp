# --- gradients: the squared norm of the gradient at each layer ----------------------------------

# The theory's line has the term by the finite width in it where that is known.
predicted(limit, drift) = column(limit) + (drift > 0 && valid(drift) ? column(drift) : 0)
theory_title = gradient_drift > 0 ? 'theory, with 1/width' : 'theory'

set datafile separator "\t" # text cells may hold spaces
left = 96.0 / width
set lmargin at screen left
if (!in_terminal) {
    set label 1 at screen left, 1 - 22.0 / height
    set label 2 at screen left, 1 - 22.0 / height - 1.35 * line * heading_lines
}
right = 1 - (70.0 + 7.3 * (label_characters > 20 ? label_characters : 20)) / width
set rmargin at screen right

# Marks at every so many layers, each network's at layers of its own.
mark_step = layer_max > 12 ? int(layer_max / 8) : 1
mark_at(layer, i) = int(layer) % mark_step == int((i - 1) * mark_step / (count + 0.0)) % mark_step

set xrange [0:layer_max > 0 ? layer_max : 1]
set yrange [gradient_min:gradient_max]
y_from = gradient_min
y_to = gradient_max
eval power_yticks
set xlabel 'layer' textcolor rgb ink
set ylabel 'squared norm of the gradient' textcolor rgb ink
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
set key at screen right + 0.02, top left top Left reverse samplen 2.4 spacing 1.25 \
    maxrows 40 font font_name.',9'

plot for [i = 1:bands * count] data skip 1 index i - 1 using layer_column: \
        (column(gradient_column) - 2 * column(gradient_se)): \
        (column(gradient_column) + 2 * column(gradient_se)) \
        with filledcurves linecolor rgb colour(i) fillstyle transparent solid 0.18 noborder \
        notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column:gradient_column \
        with lines linewidth 3 linecolor rgb pale(i) notitle, \
    for [i = 1:clipped * count] data skip 1 index i - 1 using layer_column: \
        (column(gradient_clipped) > 0 ? log10(column(gradient_clipped)) : NaN) \
        with lines linewidth 1.4 dashtype (2, 4) linecolor rgb colour(i) notitle, \
    for [i = 1:theory * count] data skip 1 index i - 1 using layer_column: \
        (predicted(gradient_theory, gradient_drift)) \
        with lines linewidth 1.1 dashtype (16, 10) linecolor rgb colour(i) notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column: \
        (mark_at(column(layer_column), i) ? column(gradient_column) : NaN) \
        with points pointtype marker(i) pointsize 0.8 linecolor rgb colour(i) notitle, \
    for [i = 1:count] keyentry with linespoints linewidth 2 pointtype marker(i) \
        pointsize 0.8 linecolor rgb colour(i) title labels[i], \
    for [i = 1:theory] keyentry with lines linewidth 1.1 dashtype (16, 10) \
        linecolor rgb '#595959' title theory_title, \
    for [i = 1:clipped] keyentry with lines linewidth 1.4 dashtype (2, 4) \
        linecolor rgb '#595959' title 'clipped', \
    for [i = 1:bands] keyentry with boxes fillstyle solid 0.25 noborder \
        linecolor rgb '#595959' title '± 2 standard errors'
