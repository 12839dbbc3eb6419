# --- designs: the solutions beside each other, each with the others behind it ----------------------

set datafile separator "\t" # text cells may hold spaces
panels = count > 9 ? 9 : count
columns = panels < 4 ? panels : panels == 4 ? 2 : 3
rows = ceil(panels / (columns + 0.0))
note = count > panels ? sprintf('%d of %d solutions shown', panels, count) : ''
if (note ne '') bottom = bottom + 20.0 / height
if (in_terminal) {
    set terminal dumb size 100, 10 + 13 * rows noenhanced
}
gap_x = 34.0 / width
gap_y = 34.0 / height
top = top - 14.0 / height
cell_x = (right - left + gap_x) / columns
cell_y = (top - bottom + gap_y) / rows
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
unset key
unset colorbox
if (in_terminal) {
    unset title # wider than a panel
    set multiplot title heading."\n".subheading noenhanced
} else {
    set multiplot
}
do for [k = 1:panels] {
    row = int((k - 1) / columns)
    place = (k - 1) % columns
    set lmargin at screen left + place * cell_x
    set rmargin at screen left + (place + 1) * cell_x - gap_x
    set tmargin at screen top - row * cell_y
    set bmargin at screen top - (row + 1) * cell_y + gap_y
    lowest = k + columns > panels
    set format x lowest ? '%g' : ''
    set format y place == 0 ? '%g' : ''
    set xlabel lowest ? 'pre-activation x' : '' textcolor rgb ink
    set ylabel place == 0 ? 'f(x)' : '' textcolor rgb ink
    if (in_terminal) {
        set label 3 labels[k] at graph 0.04, graph 0.93 left noenhanced front
    } else {
        set label 3 labels[k] at graph 0, graph 1 offset character 0, 0.6 left noenhanced \
            font font_name.' Bold,9' textcolor rgb ink
    }
    if (k == panels && note ne '' && !in_terminal) {
        set label 4 note at screen left, 14.0 / height left noenhanced \
            font font_name.',9' textcolor rgb '#595959'
    }
    plot 0 with lines linewidth 0.8 linecolor rgb '#7f7f7f', \
        for [i = 1:in_terminal ? 0 : panels] data skip 1 index i - 1 using x_column:value_column \
            with lines linewidth 1.2 linecolor rgb '#c9c9c9', \
        data skip 1 index k - 1 using x_column:value_column with lines linewidth 2.4 \
            linecolor rgb '#0072b2'
    unset label 1
    unset label 2
    unset label 3
}
unset multiplot
