/* PyTorch: weights are (out, in, ...), so that a fan-in is what one output has of them. trunc_normal_
 * takes the deviation before the cut and the places of the cut, and corrects nothing. */
#include "report/snippet_parts.h"

static void put_initialisers(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft_format(pen->out,
                    "\n\ndef init_weight_(weight):\n"
                    "    \"\"\"Normal weights of variance %s / fan-in.\"\"\"\n"
                    "    fan_in = weight[0].numel()\n"
                    "    return torch.nn.init.normal_(weight, std=%s / math.sqrt(fan_in))\n",
                    sn_literal_python(s->weight_variance).text,
                    sn_literal_python(sn_snippet_deviation(s)).text);
    sn_draft_format(
        pen->out,
        "\n\ndef init_weight_truncated_(weight):\n"
        "    \"\"\"The same variance, cut off at two deviations, which leave 0.8796 of std.\"\"\"\n"
        "    std = %s / math.sqrt(weight[0].numel())\n"
        "    return torch.nn.init.trunc_normal_(weight, std=std, a=-2 * std, b=2 * std)\n",
        sn_literal_python(sn_snippet_deviation_to_cut(s)).text);
    if (s->bias_variance > 0)
        sn_draft_format(pen->out,
                        "\n\ndef init_bias_(bias):\n"
                        "    return torch.nn.init.normal_(bias, std=math.sqrt(%s))\n",
                        sn_literal_python(s->bias_variance).text);
    else
        sn_draft_put(pen->out,
                     "\n\ndef init_bias_(bias):\n    return torch.nn.init.zeros_(bias)\n");
}

static void put_dropout(const sn_snippet_pen *pen)
{
    sn_draft_put(
        pen->out,
        "\n\ndef dropout(x, training=True):\n"
        "    \"\"\"Alpha dropout, after the activation; keeps its mean and variance.\"\"\"\n"
        "    if not training:\n"
        "        return x\n");
    sn_python_put_dropout_constants(pen, 4);
    sn_draft_format(pen->out,
                    "    dropped = torch.rand_like(x) < %s\n"
                    "    return a * x.masked_fill(dropped, saturation) + b\n",
                    sn_literal_python(pen->snippet->dropout_rate).text);
}

void sn_snippet_pytorch(sn_snippet_pen *pen)
{
    pen->reserved = sn_python_words;
    sn_snippet_name_function(pen);
    sn_snippet_put_head(pen, "# ");
    sn_draft_put(pen->out, "import math\n\nimport torch\n");
    sn_python_put_constants(pen);
    sn_python_put_function(pen, pen->snippet->formula);
    put_initialisers(pen);
    if (pen->snippet->has_dropout)
        put_dropout(pen);
    const sn_python_check words = {
        .module = "torch",
        .tolerance = 1e-6,
        .grid = "torch.linspace(-12, 12, 2**20 + 1, dtype=torch.float64)",
        .left = "    value = ",
        .right = "(z)",
    };
    sn_python_put_check(pen, &words);
}
