"""Small tokenizers of Hugging Face's tokenizers and of SentencePiece, learned from a text, and what they make of texts that are hard to cut.

Arguments: a text to learn from (botchan.txt of SentencePiece), its test models (one or several .model files), and a tokenizer.json with a map of characters. Written by tokenizers 0.23 and sentencepiece 0.2. The
trainers of tokenizers do not give the same twice, so all files are written anew together."""

import contextlib
import hashlib
import io
import json
import pathlib
import sys
import tempfile

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

resources = pathlib.Path(__file__).resolve().parent.parent / "resources/dev/cajal/data/text"
out = resources / "tokenizers"
book = pathlib.Path(sys.argv[1])
lines = book.read_text(encoding="utf-8").splitlines()[:1500]

texts = [case["text"] for case in json.loads((resources / "gpt2.json").read_text())] + [
    "",
    " ",
    "Hello, World!  Déjà-vu ﬁne Ａｂｃ １２３ ½ ㌔ ①",
    "  two  spaces\tand\u00a0others\u3000here \n",
    "İstanbul ΣΊΣΥΦΟΣ straße ẞ ǅ",
    "e\u0301 Å a\u0308\u0323 \u1e9b\u0323 \ufb03",
    "zero\u200bwidth\u200djoiner \ufeff \u00ad soft \x01 \x7f \x85 end",
    "日本語とEnglishの混ざった文。中文也可以！ 한국어도",
    "don't can't I'm you've they're we'll it's he'd 'tis do not",
    "<sep>before<sep> and <mark>in<mark>side <s> </s> <unk> [MASK] [CLS]x",
    "3.14 12345 x1y2z3 ٣٤ Ⅷ ²",
    "a+b=c $5 <tag> `code` ^ | ~ _under_ — “quoted” …",
    "😀👩‍👩‍👧‍👦🇪🇸 emoji 👍🏽",
    "\U0001d400\U00020000\U0002f800",
    "master master's the the the",
    "I said nothing to him. I went to the school at once, and asked for the principal, who was out.",
]


def cases(encode, decode, special=None):
    found = []
    for text in texts:
        tokens = encode(text)
        found.append({"text": text, "tokens": tokens, "decoded": decode(tokens)})
        if special:
            found[-1]["special"] = special(text)
    return found


def write(name, all_cases):
    (out / (name + ".cases.json")).write_text(
        "[\n" + ",\n".join(json.dumps(case) for case in all_cases) + "\n]\n")


def digest(all_tokens):
    all_tokens = list(all_tokens)
    joined = " ".join(str(token) for tokens in all_tokens for token in tokens)
    return {"tokens": sum(len(tokens) for tokens in all_tokens), "sha256": hashlib.sha256(joined.encode()).hexdigest()}


def hugging_face(name, tokenizer, trainer=None):
    if trainer:
        tokenizer.train_from_iterator(lines, trainer)
    tokenizer.save(str(out / (name + ".json")), pretty=False)
    tokenizer = Tokenizer.from_file(str(out / (name + ".json")))
    write(name, cases(lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
                      lambda tokens: tokenizer.decode(tokens), lambda text: tokenizer.encode(text).ids))


def without(model, unused):
    """A model in which some pieces are marked as unused: a field 3 of 5 behind the others of the piece."""
    changed = bytearray()
    at = number = 0
    while at < len(model) and model[at] == 0x0A:
        length = model[at + 1]
        piece = model[at + 2:at + 2 + length]
        if number in unused:
            piece += b"\x18\x05"
        changed += bytes([0x0A, len(piece)]) + piece
        at += 2 + length
        number += 1
    return bytes(changed + model[at:])


def sentence_piece(name, unused=(), **options):
    # To a writer, since a file would have its own name in it.
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_writer=written, num_threads=1, minloglevel=2,
                                             **options)
    proto = without(written.getvalue(), unused)
    (out / (name + ".model")).write_bytes(proto)
    model = sentencepiece.SentencePieceProcessor(model_proto=proto)
    write(name, cases(model.encode, model.decode))


def rules():
    """A few rules of a map of characters: from, to, as code points."""
    pairs = [("A", "a"), ("B", "b"), ("ﬁ", "fi"), ("ﬁx", "repair"), ("½", "1 2"), ("\t", " "), ("\u00ad", ""),
             ("é", "e"), ("e\u0301", "e"), ("日", "day")]
    return "".join(" ".join("%X" % ord(c) for c in a) + "\t" + " ".join("%X" % ord(c) for c in b) + "\n" for a, b in pairs)


out.mkdir(parents=True, exist_ok=True)

# BERT.
bert = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=20))
bert.normalizer = normalizers.BertNormalizer()
bert.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
bert.decoder = decoders.WordPiece()
bert.train_from_iterator(lines, trainers.WordPieceTrainer(
    vocab_size=300, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
bert.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
                                                    special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
bert.enable_padding(pad_id=0, pad_token="[PAD]")
hugging_face("bert", bert)

# The first Llama: byte pairs with marks for spaces and tokens of bytes, no words.
llama = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
llama.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
llama.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                   decoders.Strip(" ", 1, 0)])
llama.train_from_iterator([line[:60] for line in lines[:400]], trainers.BpeTrainer(
    vocab_size=500, special_tokens=["<unk>", "<s>", "</s>"] + ["<0x%02X>" % b for b in range(256)], show_progress=False))
saved = json.loads(llama.to_str())
saved["added_tokens"] = [token for token in saved["added_tokens"] if token["id"] < 3]
llama = Tokenizer.from_str(json.dumps(saved))
llama.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
hugging_face("llama", llama)

# Llama 3: bytes, words by a pattern of its own, added tokens of all kinds.
llama3 = Tokenizer(models.BPE(ignore_merges=True))
llama3.pre_tokenizer = pre_tokenizers.Sequence([
    pre_tokenizers.Split(Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
                               r"|\s*[\r\n]+|\s+(?!\S)|\s+"), "isolated"),
    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
llama3.decoder = decoders.ByteLevel()
llama3.train_from_iterator(lines, trainers.BpeTrainer(
    vocab_size=420, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
llama3.add_special_tokens(["<sep>", AddedToken("<mark>", lstrip=True, rstrip=True, normalized=False)])
llama3.add_tokens([AddedToken("master", single_word=True), AddedToken("日本", normalized=False)])
hugging_face("llama3", llama3)

# Words, with many normalizers and splitters.
words = Tokenizer(models.WordLevel(unk_token="<unk>"))
words.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(),
                                         normalizers.Replace(Regex(r"\s{2,}"), " $1 "), normalizers.Strip()])
words.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("merged_with_previous"),
                                               pre_tokenizers.Digits(individual_digits=True)])
words.add_tokens([AddedToken("École", normalized=True)])
hugging_face("words", words, trainers.WordLevelTrainer(vocab_size=300, special_tokens=["<unk>", "<pad>"], show_progress=False))

# Byte pairs with marks for the ends of words.
ends = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
ends.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
ends.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Digits(),
                                              pre_tokenizers.Punctuation("contiguous")])
ends.decoder = decoders.BPEDecoder("</w>")
hugging_face("ends", ends, trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>"], end_of_word_suffix="</w>",
                                               limit_alphabet=60, show_progress=False))

# Byte pairs with marks for what does not begin a word.
inside = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, continuing_subword_prefix="##"))
inside.normalizer = normalizers.NFD()
inside.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(" ", "merged_with_next"),
                                                pre_tokenizers.Split(Regex(r"[a-zA-Z]+"), "removed", invert=True)])
hugging_face("inside", inside, trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>"], continuing_subword_prefix="##",
                                                   limit_alphabet=60, show_progress=False))

# T5 and the like.
for name, scheme, split in [("unigram", "always", True), ("unigram-first", "first", False)]:
    unigram = Tokenizer(models.Unigram())
    unigram.normalizer = normalizers.Sequence([normalizers.NFKC()])
    unigram.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(prepend_scheme=scheme, split=split)])
    unigram.decoder = decoders.Metaspace(prepend_scheme=scheme, split=split)
    hugging_face(name, unigram, trainers.UnigramTrainer(vocab_size=300, special_tokens=["<unk>", "<s>", "</s>"],
                                                        unk_token="<unk>", show_progress=False))

# Roberta.
roberta = Tokenizer(models.BPE())
roberta.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
roberta.decoder = decoders.ByteLevel()
roberta.train_from_iterator(lines, trainers.BpeTrainer(
    vocab_size=400, special_tokens=["<s>", "<pad>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False))
roberta.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
hugging_face("roberta", roberta)

identity = {"normalization_rule_name": "identity"}
sentence_piece("sp-unigram", vocab_size=250, model_type="unigram", user_defined_symbols=["<sep>", "master"],
               control_symbols=["<mark>"], **identity)
sentence_piece("sp-bpe", vocab_size=250, model_type="bpe", user_defined_symbols=["<sep>", "master"], **identity)
# Pieces that are made on the way to others, and are not to be used.
for kind in ("unigram", "bpe"):
    sentence_piece("sp-unused-" + kind, unused=range(5, 60, 2), vocab_size=250, model_type=kind, **identity)
sentence_piece("sp-bytes", vocab_size=450, model_type="bpe", byte_fallback=True, remove_extra_whitespaces=False,
               unk_surface=" ?? ", **identity)
sentence_piece("sp-unigram-bytes", vocab_size=450, model_type="unigram", byte_fallback=True, add_dummy_prefix=False, **identity)
with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    pathlib.Path("rules.tsv").write_text(rules())
    sentence_piece("sp-rules", vocab_size=250, model_type="unigram", treat_whitespace_as_suffix=True,
                   user_defined_symbols=["AB"], normalization_rule_tsv="rules.tsv")

# The published models, of which only what they give is kept.
whole = {}
for argument in sys.argv[2:]:
    file = pathlib.Path(argument)
    if file.suffix == ".model":
        model = sentencepiece.SentencePieceProcessor(model_file=argument)
        whole[file.name] = digest(model.encode(line) for line in book.read_text(encoding="utf-8").splitlines())
        write(file.name, cases(model.encode, model.decode))
    else:
        model = Tokenizer.from_file(argument)
        model.no_padding()
        write(file.name, cases(lambda text: model.encode(text, add_special_tokens=False).ids,
                               lambda tokens: model.decode(tokens), lambda text: model.encode(text).ids))
(out / "book.json").write_text(json.dumps(whole, indent=1) + "\n")
