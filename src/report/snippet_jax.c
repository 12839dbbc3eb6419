/* JAX: an initialiser takes a key and a shape, whose last axis but one is the fan-in. Its truncated
 * normal divides by 0.8796 itself. Dropout takes a key. */
#include "report/snippet_parts.h"

static void put_initialisers(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    const sn_literal scale = sn_literal_python(s->weight_variance);
    sn_draft_format(
        pen->out,
        "\n\n# Weights of standard deviation %s / sqrt(fan_in): init_weight(key, shape).\n"
        "init_weight = jax.nn.initializers.variance_scaling(\n"
        "    scale=%s, mode=\"fan_in\", distribution=\"normal\"\n)\n",
        sn_literal_python(sn_snippet_deviation(s)).text, scale.text);
    sn_draft_format(
        pen->out,
        "\n# The same, cut off at two deviations; that these leave 0.8796 of it is corrected\n"
        "# there: it starts from %s / sqrt(fan_in).\n"
        "init_weight_truncated = jax.nn.initializers.variance_scaling(\n"
        "    scale=%s, mode=\"fan_in\", distribution=\"truncated_normal\"\n)\n",
        sn_literal_python(sn_snippet_deviation_to_cut(s)).text, scale.text);
    if (s->bias_variance > 0)
        sn_draft_format(pen->out,
                        "\ninit_bias = jax.nn.initializers.normal(stddev=math.sqrt(%s))\n",
                        sn_literal_python(s->bias_variance).text);
    else
        sn_draft_put(pen->out, "\ninit_bias = jax.nn.initializers.zeros\n");
}

static void put_dropout(const sn_snippet_pen *pen)
{
    sn_draft_put(
        pen->out,
        "\n\ndef dropout(key, x, training=True):\n"
        "    \"\"\"Alpha dropout, after the activation; keeps its mean and variance.\"\"\"\n"
        "    if not training:\n"
        "        return x\n");
    sn_python_put_dropout_constants(pen, 4);
    sn_draft_format(pen->out,
                    "    dropped = jax.random.bernoulli(key, %s, x.shape)\n"
                    "    return a * jnp.where(dropped, saturation, x) + b\n",
                    sn_literal_python(pen->snippet->dropout_rate).text);
}

void sn_snippet_jax(sn_snippet_pen *pen)
{
    pen->reserved = sn_python_words;
    sn_snippet_name_function(pen);
    sn_snippet_put_head(pen, "# ");
    sn_draft_put(pen->out, "import math\n\nimport jax\nimport jax.numpy as jnp\n");
    if (sn_snippet_has_word(pen->snippet->formula, "scipy"))
        sn_draft_put(pen->out, "import jax.scipy.special\n");
    if (sn_snippet_unchecked(pen->snippet) == NULL)
        sn_draft_put(pen->out, "import numpy as np\n");
    sn_python_put_constants(pen);
    sn_python_put_function(pen, pen->snippet->formula);
    put_initialisers(pen);
    if (pen->snippet->has_dropout)
        put_dropout(pen);
    const sn_python_check words = {
        .module = "np",
        .before = "    jax.config.update(\"jax_enable_x64\", True)\n",
        .tolerance = 1e-6,
        .grid = "np.linspace(-12, 12, 2**20 + 1)",
        .left = "    value = np.asarray(",
        .right = "(jnp.asarray(z)))",
    };
    sn_python_put_check(pen, &words);
}
