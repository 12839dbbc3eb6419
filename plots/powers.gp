# --- ticks of a linear axis of decimal logarithms, named as what they are the logarithms of ------

# m times ten to the k, for whole k of any size.
signed(k) = k < 0 ? sprintf('−%d', -k) : sprintf('%d', k)
ten_power(m, k) = m == 0 ? '0' : m == 1 && k == 0 ? '1' : \
    in_terminal ? sprintf('%ge%d', m, k) : (m == 1 ? '' : sprintf('%g·', m)).'10^{'.signed(k).'}'
plain_power(m, k) = k < -4 || k > 4 ? ten_power(m, k) : sprintf('%g', m * 10.0**k)
nice(size) = 10.0**floor(log10(size)) * (size / 10.0**floor(log10(size)) <= 1 ? 1 : \
    size / 10.0**floor(log10(size)) <= 2 ? 2 : size / 10.0**floor(log10(size)) <= 5 ? 5 : 10)

# Fills the arrays power_places and power_names, power_count of them, for logarithms between
# power_from and power_to: powers of ten; on less than three of them also 2 and 5 times; on less than
# one round numbers. power_minor counts the small steps to a power.
array power_places[40]
array power_names[40]
power_ticks = "power_count = 0; power_span = power_to - power_from; power_minor = 0; \
    if (power_span < 1) { \
        power_base = floor(power_from); \
        power_low = 10.0**(power_from - power_base); \
        power_high = 10.0**(power_to - power_base); \
        power_step = nice((power_high - power_low) / 7); \
        do for [power_i = ceil(power_low / power_step):floor(power_high / power_step)] { \
            power_count = power_count + 1; \
            power_places[power_count] = power_base + log10(power_i * power_step); \
            power_names[power_count] = plain_power(power_i * power_step, power_base) \
        } \
    } else { \
        power_step = power_span > 8 ? nice(power_span / 8) : 1; \
        power_minor = power_step == 1 && power_span > 3; \
        do for [power_i = floor(power_from / power_step):floor(power_to / power_step)] { \
            do for [power_m in power_span > 3 ? '1' : '1 2 5'] { \
                power_at = power_i * power_step + log10(power_m + 0); \
                if (power_at >= power_from && power_at <= power_to) { \
                    power_count = power_count + 1; \
                    power_places[power_count] = power_at; \
                    power_names[power_count] = power_span > 3 \
                        ? ten_power(1, int(power_i * power_step)) \
                        : plain_power(power_m + 0, int(power_i * power_step)) \
                } \
            } \
        } \
    }"
power_yticks = "power_from = y_from; power_to = y_to; eval power_ticks; set ytics format ''; \
    set ytics ('' y_from - 1); \
    do for [power_i = 1:power_count] { \
        set ytics add (power_names[power_i] power_places[power_i]) \
    }; \
    do for [power_i = (power_minor ? floor(y_from) : 1):(power_minor ? floor(y_to) : 0)] { \
        do for [power_k = 2:9] { \
            set ytics add ('' power_i + log10(power_k) 1) \
        } \
    }"
