/* ONNX, as Python that builds the model from ONNX's own text and evaluates it node by node in NumPy:
 * no runtime is needed to see that it is the function, and has the moments, that are meant. The
 * model has floats, and so have the numbers in its text, while its named constants are doubles where
 * it is checked. Only the operators that occur are written out. Opset 13 and IR version 8 are old enough for all runtimes in use. */
#include <string.h>

#include "report/snippet_parts.h"

static const struct {
    const char *name, *numpy;
} operators[] = {
    {"Abs", "np.abs"},
    {"Acos", "np.arccos"},
    {"Acosh", "np.arccosh"},
    {"Add", "np.add"},
    {"And", "np.logical_and"},
    {"Asin", "np.arcsin"},
    {"Asinh", "np.arcsinh"},
    {"Atan", "np.arctan"},
    {"Atanh", "np.arctanh"},
    {"Cast", "np.float64"},
    {"Ceil", "np.ceil"},
    {"Cos", "np.cos"},
    {"Cosh", "np.cosh"},
    {"Div", "np.divide"},
    {"Equal", "np.equal"},
    {"Erf", "np.vectorize(math.erf)"},
    {"Exp", "np.exp"},
    {"Floor", "np.floor"},
    {"Greater", "np.greater"},
    {"GreaterOrEqual", "np.greater_equal"},
    {"Identity", "np.positive"},
    {"Less", "np.less"},
    {"LessOrEqual", "np.less_equal"},
    {"Log", "np.log"},
    {"Max", "np.maximum"},
    {"Min", "np.minimum"},
    {"Mul", "np.multiply"},
    {"Neg", "np.negative"},
    {"Not", "np.logical_not"},
    {"Or", "np.logical_or"},
    {"Pow", "np.power"},
    {"Reciprocal", "np.reciprocal"},
    {"Relu", "lambda a: np.maximum(a, 0.0)"},
    {"Sigmoid", "lambda a: 1 / (1 + np.exp(-a))"},
    {"Sign", "np.sign"},
    {"Sin", "np.sin"},
    {"Sinh", "np.sinh"},
    {"Softplus", "lambda a: np.logaddexp(a, 0.0)"},
    {"Softsign", "lambda a: a / (1 + np.abs(a))"},
    {"Sqrt", "np.sqrt"},
    {"Sub", "np.subtract"},
    {"Tan", "np.tan"},
    {"Tanh", "np.tanh"},
    {"Where", "np.where"},
};

/* The lines of the graph, indented. */
static void put_graph(const sn_snippet_pen *pen)
{
    sn_draft *out = pen->out;
    sn_draft_format(out, "\ngraph_text = \"\"\"\n%s (float[N] x) => (float[N] y)\n{\n", pen->name);
    for (const char *line = pen->snippet->formula; *line != '\0';) {
        line += strspn(line, " \n");
        const size_t length = strcspn(line, "\n");
        if (length > 0)
            sn_draft_format(out, "    %.*s\n", (int)length, line);
        line += length;
    }
    sn_draft_put(out, "}\n\"\"\"\n");
}

static void put_dictionaries(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    sn_draft_put(out, "constants = {");
    const char *between = "";
    for (size_t i = 0; i < s->n_constants; i++) {
        bool tailed;
        if (!sn_snippet_uses(s, s->formula, s->constants[i].name, &tailed))
            continue;
        sn_draft_format(out, "%s\"%s%s\": ", between, s->constants[i].name, tailed ? "_" : "");
        sn_snippet_put_name(pen, s->constants[i].name);
        between = ", ";
    }
    sn_draft_put(out, "}\n\n# What the graph uses, in NumPy.\noperators = {\n");
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (sn_snippet_has_word(s->formula, operators[i].name))
            sn_draft_format(out, "    \"%s\": %s,\n", operators[i].name, operators[i].numpy);
    sn_draft_put(out, "}\n");
}

static void put_build_and_run(const sn_snippet_pen *pen)
{
    sn_draft_put(pen->out,
                 "\n\ndef build():\n"
                 "    \"\"\"The activation as a model of its own.\"\"\"\n"
                 "    graph = onnx.parser.parse_graph(graph_text)\n"
                 "    for name, value in constants.items():\n"
                 "        tensor = helper.make_tensor(name, onnx.TensorProto.FLOAT, [], [value])\n"
                 "        graph.initializer.append(tensor)\n"
                 "    opset = helper.make_opsetid(\"\", 13)\n"
                 "    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)\n"
                 "    onnx.checker.check_model(model, full_check=True)\n"
                 "    return model\n");
    sn_draft_put(pen->out,
                 "\n\ndef run(model, x):\n"
                 "    \"\"\"The model of x, node by node, in double.\"\"\"\n"
                 "    values = {\"x\": x, **constants}\n"
                 "    for node in model.graph.node:\n"
                 "        if node.op_type == \"Constant\":\n"
                 "            value = helper.get_attribute_value(node.attribute[0])\n"
                 "            if isinstance(value, onnx.TensorProto):\n"
                 "                value = numpy_helper.to_array(value).astype(np.float64)\n"
                 "        else:\n"
                 "            value = operators[node.op_type](*(values[i] for i in node.input))\n"
                 "        values[node.output[0]] = value\n"
                 "    return values[\"y\"]\n");
}

static void put_deviations(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft_format(pen->out,
                    "\n\ndef weight_deviation(fan_in):\n    return %s / math.sqrt(fan_in)\n",
                    sn_literal_python(sn_snippet_deviation(s)).text);
    sn_draft_format(
        pen->out,
        "\n\ndef truncated_weight_deviation(fan_in):\n"
        "    \"\"\"Of a normal to be cut off at two deviations, which leave 0.8796 of it.\"\"\"\n"
        "    return %s / math.sqrt(fan_in)\n",
        sn_literal_python(sn_snippet_deviation_to_cut(s)).text);
    if (!s->has_dropout)
        return;
    sn_draft_format(
        pen->out,
        "\n\n# A model for inference has no dropout. While training, alpha dropout at rate %s is\n"
        "# a * (saturation where dropped, y elsewhere) + b with\n"
        "#\n"
        "#     a = %s\n#     b = %s\n#     saturation = %s\n",
        sn_literal_plain(s->dropout_rate).text, sn_literal_plain(s->dropout_a).text,
        sn_literal_plain(s->dropout_b).text, sn_literal_plain(s->saturation).text);
}

void sn_snippet_onnx(sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    pen->reserved = sn_python_words;
    sn_snippet_name_function(pen);
    sn_snippet_put_head(pen, "# ");
    sn_draft_put(pen->out,
                 "import math\nimport sys\n\nimport numpy as np\nimport onnx\nimport onnx.parser\n"
                 "from onnx import helper, numpy_helper\n");
    sn_python_put_constants(pen);
    put_graph(pen);
    put_dictionaries(pen);
    if (sn_snippet_has_word(s->numpy_formula, "np_erf"))
        sn_draft_put(pen->out, "\nnp_erf = np.vectorize(math.erf)\n");
    if (sn_snippet_has_word(s->numpy_formula, "np_erfc"))
        sn_draft_put(pen->out, "\nnp_erfc = np.vectorize(math.erfc)\n");
    put_build_and_run(pen);
    sn_python_put_function(pen, s->numpy_formula);
    put_deviations(pen);
    const sn_python_check words = {
        .module = "np",
        .tolerance = 1e-5,
        .grid = "np.linspace(-12, 12, 2**20 + 1)",
        .left = "    with np.errstate(all=\"ignore\"):  # of branches that are not taken\n"
                "        value = run(build(), z)\n"
                "        known = ",
        .right = "(z)\n"
                 "    scale = math.sqrt(float((p * known * known).sum()))\n"
                 "    assert np.allclose(value, known, rtol=1e-6, atol=1e-6 * scale)",
        .after = "    model = build()\n"
                 "    if len(sys.argv) > 1:\n"
                 "        onnx.save(model, sys.argv[1])\n",
    };
    sn_python_put_check(pen, &words);
}
