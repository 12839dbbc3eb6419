# --- chi1: levels of the growth of the squared gradient, round on either side of 1 ---------------

# Levels and ticks of the colours are the same round values of chi1.
power_from = -reach_low
power_to = reach_high
eval power_ticks
main_level = 0
level_step = 0.1
z_levels = 'discrete'
do for [i = 1:power_count] {
    if (abs(power_places[i]) > 1e-9) {
        z_levels = z_levels.(z_levels eq 'discrete' ? ' ' : ', ').sprintf('%.12g', power_places[i])
    }
}
if (z_levels eq 'discrete') {
    levels = 0
    z_levels = 'discrete 1e9'
}
level_name(value) = plain_power(round_to(10.0**(value - floor(value + 1e-9))), \
    int(floor(value + 1e-9)))
round_to(m) = floor(m * 1e4 + 0.5) / 1e4
# What lies beyond the colours, 0 and infinity among it, is not far beyond.
lowest = -2 * reach_low - 1
highest = 2 * reach_high + 1
clamp(v) = v < lowest ? lowest : v > highest ? highest : v
z_at(i) = column(z_column) > 0 ? clamp(log10(column(z_column))) : \
    column(z_column) == 0 ? clamp(-400) : NaN
main = main && !critical_known

# Numbers keep away from the words.
is_near(a, b, x, y) = x == x && abs(a - (x - from_x) / across) < 0.13 \
    && abs(b - (y - from_y) / up) < 0.055
is_free(a, b) = !is_near(a, b, ordered_x, ordered_y) && !is_near(a, b, chaotic_x, chaotic_y)

