/* Keras 3, whatever its backend: numbers come from its own operations alone. VarianceScaling divides
 * a truncated normal by 0.8796 itself. On JAX there are doubles only after asking for them. */
#include "report/snippet_parts.h"

static void put_initialisers(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    const sn_literal scale = sn_literal_python(s->weight_variance);
    sn_draft_format(
        pen->out,
        "\n\ndef init_weight(seed=None):\n"
        "    \"\"\"A kernel_initializer: standard deviation %s / sqrt(fan_in).\"\"\"\n"
        "    return keras.initializers.VarianceScaling(\n"
        "        scale=%s, mode=\"fan_in\", distribution=\"untruncated_normal\", seed=seed\n"
        "    )\n",
        sn_literal_python(sn_snippet_deviation(s)).text, scale.text);
    sn_draft_format(
        pen->out,
        "\n\ndef init_weight_truncated(seed=None):\n"
        "    \"\"\"The same, cut off at two deviations. Keras corrects for the 0.8796 that these\n"
        "    leave: it starts from %s / sqrt(fan_in).\"\"\"\n"
        "    return keras.initializers.VarianceScaling(\n"
        "        scale=%s, mode=\"fan_in\", distribution=\"truncated_normal\", seed=seed\n"
        "    )\n",
        sn_literal_python(sn_snippet_deviation_to_cut(s)).text, scale.text);
    if (s->bias_variance > 0)
        sn_draft_format(
            pen->out,
            "\n\ndef init_bias(seed=None):\n"
            "    return keras.initializers.RandomNormal(stddev=math.sqrt(%s), seed=seed)\n",
            sn_literal_python(s->bias_variance).text);
    else
        sn_draft_put(pen->out, "\n\ndef init_bias():\n    return keras.initializers.Zeros()\n");
}

static void put_dropout(const sn_snippet_pen *pen)
{
    sn_draft_put(
        pen->out,
        "\n\nclass AlphaDropout(keras.layers.Layer):\n"
        "    \"\"\"Alpha dropout, after the activation; keeps its mean and variance.\"\"\"\n\n"
        "    def __init__(self, seed=None, **kwargs):\n"
        "        super().__init__(**kwargs)\n"
        "        self.seed_generator = keras.random.SeedGenerator(seed)\n\n"
        "    def call(self, inputs, training=False):\n"
        "        if not training:\n"
        "            return inputs\n");
    sn_python_put_dropout_constants(pen, 8);
    sn_draft_format(pen->out,
                    "        shape = keras.ops.shape(inputs)\n"
                    "        dropped = keras.random.uniform(shape, seed=self.seed_generator) < %s\n"
                    "        return a * keras.ops.where(dropped, saturation, inputs) + b\n",
                    sn_literal_python(pen->snippet->dropout_rate).text);
}

void sn_snippet_keras(sn_snippet_pen *pen)
{
    pen->reserved = sn_python_words;
    sn_snippet_name_function(pen);
    sn_snippet_put_head(pen, "# ");
    sn_draft_put(pen->out, "import math\n\nimport keras\n");
    if (sn_snippet_unchecked(pen->snippet) == NULL)
        sn_draft_put(pen->out, "import numpy as np\n");
    sn_python_put_constants(pen);
    sn_python_put_function(pen, pen->snippet->formula);
    put_initialisers(pen);
    if (pen->snippet->has_dropout)
        put_dropout(pen);
    const sn_python_check words = {
        .module = "np",
        .before = "    if keras.backend.backend() == \"jax\":\n"
                  "        import jax\n\n"
                  "        jax.config.update(\"jax_enable_x64\", True)\n",
        .tolerance = 1e-6,
        .grid = "np.linspace(-12, 12, 2**20 + 1)",
        .left = "    doubles = keras.ops.convert_to_tensor(z, dtype=\"float64\")\n"
                "    value = keras.ops.convert_to_numpy(",
        .right = "(doubles))",
    };
    sn_python_put_check(pen, &words);
}
