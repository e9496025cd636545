"""Tokens of GPT-2 by Hugging Face's tokenizers, of texts that are hard to cut. Arguments: the tokenizer.json, and a file of texts with a line between each two."""

import json
import pathlib
import sys

import tokenizers

tokenizer = tokenizers.Tokenizer.from_file(sys.argv[1])
texts = pathlib.Path(sys.argv[2]).read_text().split("\n__ggml_vocab_test__\n")
cases = [{"text": text, "tokens": tokenizer.encode(text).ids} for text in texts]
out = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/data/text/gpt2.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
